import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { answerTo, checkGoingOn, patience, rawRequest, TIMEOUT } from '../shared/http';
import { requestWithCredential } from '../shared/n8nVersions';
import type { CallSettings } from '../shared/operation';
import { once } from '../shared/retry';
import { addressesOf } from './protocol/service/destination';
import type { Connection } from './protocol/call';
import type { Transport } from './protocol/transport';
import { fingerprint } from './protocol/session';

export const CREDENTIAL = 'klientuPortfelisApi';

/** The service's name at the beginning of messages. */
export const SERVICE = 'Klientu Portfelis';

/** Every place in n8n from which the service is called. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** In the editor a person waits, and can try again. */
const IN_EDITOR: CallSettings = { timeout: () => TIMEOUT, repeat: once };

/** The connection of the credential that is chosen in the node. */
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

/** What no message may show: the password and the passphrase. */
export function secretsOf({ password, passphrase }: ICredentialDataDecryptedObject): string[] {
	return [password, passphrase].filter((secret) => typeof secret === 'string');
}

/**
 * All calls of an execution are signed with the credential as it was when the execution began:
 * n8n would read it anew for each, and an edit meanwhile would meet the session of the old one.
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
			// This helper, unlike the one below, is not told of a stop by n8n.
			const request: IHttpRequestOptions = { url, ...rawRequest(seconds), abortSignal: signal };
			return await answerTo(helpers.httpRequest(request), SERVICE, seconds, signal);
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
			return await answerTo(
				requestWithCredential(context, CREDENTIAL, request, { credentialsDecrypted }),
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
