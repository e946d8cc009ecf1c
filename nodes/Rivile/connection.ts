import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { answerTo, checkGoingOn, rawRequest, TIMEOUT } from '../shared/http';
import { requestWithCredential } from '../shared/n8nVersions';
import type { CallSettings } from '../shared/operation';
import { once } from '../shared/retry';
import { accessOf } from './protocol/access';
import type { Connection } from './protocol/call';
import { paced } from './protocol/limiter';

export const CREDENTIAL = 'rivileApi';

/** The service's name at the beginning of messages. */
export const SERVICE = 'Rivilė';

/** Every place in n8n from which the gateway is called. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** In the editor, a person waits for the result and can try again: no retries. */
const IN_EDITOR: CallSettings = { timeout: () => TIMEOUT, repeat: once };

/** The connection of the credential that is chosen in the node. */
export async function connect(
	context: Context,
	{ timeout, repeat, signal }: CallSettings = IN_EDITOR,
): Promise<Connection> {
	const access = accessOf(await context.getCredentials(CREDENTIAL));
	const timezone = context.getTimezone();
	return {
		...access,
		timezone,
		repeat,
		send: paced(access, { timeout, signal, timezone }, async ({ url, headers, body }) => {
			checkGoingOn(SERVICE, signal);
			const seconds = timeout();
			const request: IHttpRequestOptions = {
				method: 'POST',
				url,
				headers: { ...headers },
				body,
				...rawRequest(seconds),
			};
			return await answerTo(
				async (abortSignal) =>
					await requestWithCredential(context, CREDENTIAL, { ...request, abortSignal }),
				SERVICE,
				seconds,
				signal,
			);
		}),
	};
}
