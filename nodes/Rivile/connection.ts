import type { IExecuteFunctions, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';

import { answerTo, checkGoingOn, rawRequest } from '../shared/http';
import { requestWithCredential } from '../shared/n8nVersions';
import type { CallSettings } from '../shared/operation';
import { accessOf } from './protocol/access';
import type { Connection } from './protocol/call';
import { paced } from './protocol/limiter';

export const CREDENTIAL = 'rivileApi';

/** The service's name at the beginning of messages. */
export const SERVICE = 'Rivilė';

/** Every place in n8n from which the gateway is called. */
type Context = IExecuteFunctions | IPollFunctions;

/** The connection of the credential that is chosen in the node. */
export async function connect(
	context: Context,
	{ timeout, repeat, signal }: CallSettings,
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
				requestWithCredential(context, CREDENTIAL, request),
				SERVICE,
				seconds,
				signal,
			);
		}),
	};
}
