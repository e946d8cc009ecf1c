/** The picture at the top of the README: what a client owes, as soon as monitoring finds an insolvency. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

import type { EditorPage } from './browser/editorPage.cts';
import { readExample, withCredentials } from './lib/examples.cts';
import { MailServer } from './lib/mail.cts';
import { EXAMPLES } from './lib/places.cts';
import type { Stage } from './lib/stage.cts';

const FILE = 'insolvency-to-open-debt.json';

/**
 * Imports the example, executes it in the editor, and leaves it on the screen. The services have an
 * insolvency, and a client in Rivilė with the same code and unpaid documents.
 */
export async function tellStory({ n8n: { api }, credentialIds }: Stage, editor: EditorPage) {
	const file = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).find(
		(path) => basename(path) === FILE,
	);
	if (file === undefined) throw new Error(`There is no example ${FILE}`);
	const mail = await MailServer.start();
	try {
		const smtp = await api.saveCredential('smtp', 'SMTP account', mail.credentials);
		const workflow = withCredentials(readExample(file), { ...credentialIds, smtp });
		await editor.openWorkflow(await api.saveWorkflow(workflow));
		await editor.executeWorkflow();
		if (mail.messages.length !== 1) throw new Error('The workflow sent no email');
	} finally {
		await mail.stop();
	}
}
