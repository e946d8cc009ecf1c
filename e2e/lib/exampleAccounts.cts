/** The accounts at other services that the examples use. */
import type { N8nApi } from './api.cts';
import { ChatModel } from './chatModel.cts';
import { Mailbox } from './mailbox.cts';

export interface ExampleAccounts {
	readonly mailbox: Mailbox;
	readonly model: ChatModel;
	/** IDs of the saved credentials, by credential type. */
	readonly credentialIds: Readonly<Record<string, string>>;
	stop(): Promise<void>;
}

/** Starts a mail server and a chat model on loopback, and saves a credential of each type. */
export async function startExampleAccounts(api: N8nApi): Promise<ExampleAccounts> {
	const [mailbox, model] = await Promise.all([Mailbox.start(), ChatModel.start()]);
	const accounts = [
		['smtp', 'SMTP account', mailbox.credentials],
		['openAiApi', 'OpenAI account', { apiKey: 'none', url: model.url }],
		// Nothing listens to these two: tests pin what their nodes give.
		['slackApi', 'Slack account', { accessToken: 'none' }],
		['googleSheetsOAuth2Api', 'Google Sheets account', { clientId: 'none', clientSecret: 'none' }],
	] as const;
	const credentialIds: Record<string, string> = {};
	for (const [type, name, data] of accounts) {
		credentialIds[type] = await api.saveCredential(type, name, data);
	}
	const stop = async () => {
		await Promise.all([mailbox.stop(), model.stop()]);
	};
	return { mailbox, model, credentialIds, stop };
}
