import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { answerTo, RAW_REQUEST } from '../shared/http';
import type { Connection } from './protocol/call';
import type { Port } from './protocol/port';
import { fingerprint } from './protocol/session';

export const CREDENTIAL = 'klientuPortfelisApi';

/** The service's name at the beginning of messages. */
export const SERVICE = 'Klientu Portfelis';

/** Every place in n8n from which the service is called. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The connection of the credential that is chosen in the node. */
export async function connect(context: Context): Promise<Connection> {
	const credential = await context.getCredentials(CREDENTIAL);
	return {
		port: portOf(context, credential),
		addresses: addressesOf(credential),
		fingerprint: fingerprint(credential),
		secrets: secretsOf(credential),
		timezone: context.getTimezone(),
	};
}

/** What no message may show: the password and the passphrase, also as documents write them. */
export function secretsOf({ password, passphrase }: ICredentialDataDecryptedObject): string[] {
	return [password, passphrase].flatMap((secret) => {
		const text = typeof secret === 'string' ? secret : '';
		if (text === '') return [];
		const inXml = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
		return [text, inXml, inXml.replace(/"/g, '&quot;'), JSON.stringify(text).slice(1, -1)];
	});
}

/** The address fields of a credential. */
export function addressesOf(credential: IDataObject) {
	return {
		wsdlUrl: String(credential.wsdlUrl ?? '').trim(),
		endpoint: String(credential.endpoint ?? '').trim(),
	};
}

/**
 * All calls of an execution are signed with the credential as it was when the execution began:
 * n8n would read it anew for each, and an edit meanwhile would meet the session of the old one.
 */
function portOf(context: Context, data: ICredentialDataDecryptedObject): Port {
	const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL, data };
	const { helpers } = context;
	return {
		fetch: async (url) => await answerTo(helpers.httpRequest({ url, ...RAW_REQUEST }), SERVICE),
		send: async ({ function: name, parameters }, { url, soapAction, namespace }) => {
			const request: IHttpRequestOptions = {
				method: 'POST',
				url,
				headers: requestHeaders(soapAction),
				body: { function: name, parameters, namespace },
				...RAW_REQUEST,
			};
			return await answerTo(
				helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, request, {
					credentialsDecrypted,
				}),
				SERVICE,
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
