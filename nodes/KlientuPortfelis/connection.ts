import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { answerTo, checkGoingOn, longAnswerTo, rawRequest, TIMEOUT } from '../shared/http';
import { requestWithCredential } from '../shared/n8nVersions';
import type { CallSettings } from '../shared/operation';
import { patience } from '../shared/patience';
import { once } from '../shared/retry';
import { addressesOf } from './protocol/service/destination';
import type { Connection } from './protocol/call';
import type { Transport } from './protocol/transport';
import { fingerprint } from './protocol/session';

export const CREDENTIAL = 'klientuPortfelisApi';

/** The name of the service in messages. */
export const SERVICE = 'Klientu Portfelis';

/** Where in n8n the service is called from. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** In the editor, a person waits for the result and can try again: no retries. */
const IN_EDITOR: CallSettings = { timeout: () => TIMEOUT, repeat: once };

/** The connection for the credential that is selected in the node. */
export async function connect(context: Context, settings = IN_EDITOR): Promise<Connection> {
	const credential = await context.getCredentials(CREDENTIAL);
	return {
		transport: transportOf(context, credential, settings),
		addresses: addressesOf(credential),
		fingerprint: fingerprint(credential),
		secrets: secretsOf(credential),
		timezone: context.getTimezone(),
	};
}

/** What no message may contain: the password and the passphrase. */
export function secretsOf({ password, passphrase }: ICredentialDataDecryptedObject): string[] {
	return [password, passphrase].filter((secret) => typeof secret === 'string');
}

/**
 * All calls of an execution are signed with the credential as it was when the execution began. n8n
 * would read it again for each call, and after an edit the session would belong to the old one.
 */
function transportOf(
	context: Context,
	data: ICredentialDataDecryptedObject,
	{ timeout, repeat, signal }: CallSettings,
): Transport {
	const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL, data };
	const { helpers } = context;
	return {
		repeat,
		timeout,
		patience: () => patience(SERVICE, timeout(), signal),
		fetch: async (url) => {
			checkGoingOn(SERVICE, signal);
			const seconds = timeout();
			const request: IHttpRequestOptions = { url, ...rawRequest(seconds) };
			return await answerTo(
				async (abortSignal) => await helpers.httpRequest({ ...request, abortSignal }),
				SERVICE,
				seconds,
				signal,
			);
		},
		send: async ({ function: name, parameters }, { url, soapAction, namespace }) => {
			checkGoingOn(SERVICE, signal);
			const seconds = timeout();
			const request: IHttpRequestOptions = {
				method: 'POST',
				url,
				headers: requestHeaders(soapAction),
				body: { function: name, parameters, namespace },
				...rawRequest(seconds),
			};
			return await longAnswerTo(
				async (abortSignal) =>
					await requestWithCredential(
						context,
						CREDENTIAL,
						{ ...request, abortSignal },
						{ credentialsDecrypted },
					),
				SERVICE,
				seconds,
				signal,
			);
		},
	};
}

/** The headers of a SOAP 1.1 call. */
export function requestHeaders(soapAction: string) {
	return {
		'Content-Type': 'text/xml; charset=utf-8',
		Accept: 'text/xml, application/xml',
		SOAPAction: `"${soapAction}"`,
	};
}
