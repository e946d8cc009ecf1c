import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IPollFunctions,
} from 'n8n-workflow';

import { answerTo, RAW_REQUEST } from '../shared/http';
import { waitUnlessStopped } from '../shared/retry';
import type { Connection } from './protocol/call';

export const CREDENTIAL = 'rivileApi';

/** The service's name at the beginning of messages. */
export const SERVICE = 'Rivilė';

/** Every place in n8n from which the gateway is called. */
type Context = IExecuteFunctions | IPollFunctions;

/** The connection of the credential that is chosen in the node. */
export async function connect(context: Context): Promise<Connection> {
	const credential = await context.getCredentials(CREDENTIAL);
	const { helpers } = context;
	return {
		...detailsOf(credential),
		timezone: context.getTimezone(),
		wait: waitUnlessStopped(
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		),
		send: async ({ url, headers, body }) => {
			const request: IHttpRequestOptions = {
				method: 'POST',
				url,
				headers: { ...headers },
				body,
				...RAW_REQUEST,
			};
			return await answerTo(
				helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, request),
				SERVICE,
			);
		},
	};
}

/** The fields of a credential. */
export function detailsOf({ endpoint, apiKey }: ICredentialDataDecryptedObject) {
	return { endpoint: String(endpoint ?? '').trim(), apiKey: String(apiKey ?? '').trim() };
}
