import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { answerTo, TIMEOUT } from '../shared/http';
import type { Connection } from './protocol/call';
import type { Port } from './protocol/port';
import { fingerprint } from './protocol/session';

export const CREDENTIAL = 'klientuPortfelisApi';

/** The service's name at the beginning of messages. */
export const SERVICE = 'Klientu Portfelis';

/** Every place in n8n from which the service is called. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** How every request is made: the whole answer as bytes, whatever its status, from this address only. */
const RAW: Partial<IHttpRequestOptions> = {
	encoding: 'arraybuffer',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
	timeout: TIMEOUT,
};

/** The connection of the credential that is chosen in the node. */
export async function connect(context: Context): Promise<Connection> {
	const credential = await context.getCredentials(CREDENTIAL);
	return {
		port: portOf(context),
		addresses: addressesOf(credential),
		fingerprint: fingerprint(credential),
		timezone: context.getTimezone(),
	};
}

/** The address fields of a credential. */
export function addressesOf(credential: IDataObject) {
	return {
		wsdlUrl: String(credential.wsdlUrl ?? '').trim(),
		endpoint: String(credential.endpoint ?? '').trim(),
	};
}

function portOf(context: Context): Port {
	const { helpers } = context;
	return {
		fetch: async (url) => await answerTo(helpers.httpRequest({ url, ...RAW }), SERVICE),
		send: async ({ function: name, parameters }, { url, soapAction, namespace }) => {
			const request: IHttpRequestOptions = {
				method: 'POST',
				url,
				headers: requestHeaders(soapAction),
				body: { function: name, parameters, namespace },
				...RAW,
			};
			return await answerTo(
				helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, request),
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
