import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IPollFunctions,
} from 'n8n-workflow';

import { answerTo, rawRequest } from '../shared/http';
import type { CallSettings } from '../shared/operation';
import type { Connection } from './protocol/call';

export const CREDENTIAL = 'rivileApi';

/** The service's name at the beginning of messages. */
export const SERVICE = 'Rivilė';

/** Every place in n8n from which the gateway is called. */
type Context = IExecuteFunctions | IPollFunctions;

/** The connection of the credential that is chosen in the node. */
export async function connect(
	context: Context,
	{ timeout, repeat }: CallSettings,
): Promise<Connection> {
	const credential = await context.getCredentials(CREDENTIAL);
	const { helpers } = context;
	return {
		...detailsOf(credential),
		timezone: context.getTimezone(),
		repeat,
		send: async ({ url, headers, body }) => {
			const request: IHttpRequestOptions = {
				method: 'POST',
				url,
				headers: { ...headers },
				body,
				...rawRequest(timeout),
			};
			return await answerTo(
				helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, request),
				SERVICE,
				timeout,
			);
		},
	};
}

/** The fields of a credential. */
export function detailsOf({ endpoint, apiKey, allowUnencrypted }: ICredentialDataDecryptedObject) {
	return {
		endpoint: String(endpoint ?? '').trim(),
		apiKey: String(apiKey ?? '').trim(),
		allowUnencrypted: allowUnencrypted === true,
	};
}
