import { excerpt, Fault } from '../../../shared/fault';
import { quote } from '../../../shared/quote';
import { patiently, share } from '../../../shared/sharing';
import { isSafe, parseUrl, safeUrl, tryUrl, type AddressField } from '../../../shared/urls';
import { forbiddenCharacter } from '../../../shared/xml';
import type { FunctionName } from '../catalogue/functions';
import { wsdls } from '../memory';
import type { Destination, Transport } from '../transport';
import { NAMESPACE } from '../request/envelope';
import { readWsdl, type Wsdl } from './wsdl';

/** The address fields of a credential. */
export interface Addresses {
	readonly wsdlUrl: string;
	/** Empty for the address in the WSDL. */
	readonly endpoint: string;
	readonly allowUnencrypted: boolean;
}

const WSDL_URL: AddressField = {
	label: 'WSDL URL',
	example: 'https://www.klientuportfelis.lv/api/wsdl',
};

const ENDPOINT: AddressField = {
	label: 'Endpoint',
	example: 'https://www.klientuportfelis.lv/api/service',
};

/** The address fields of a credential. */
export function addressesOf(credential: Readonly<Record<string, unknown>>): Addresses {
	return {
		wsdlUrl: String(credential.wsdlUrl ?? '').trim(),
		endpoint: String(credential.endpoint ?? '').trim(),
		allowUnencrypted: credential.allowUnencrypted === true,
	};
}

/** What the header SOAPAction can carry between its quotes. */
const SENDABLE = /^[ !#-~]*$/;

/**
 * Where to send a call: to the Endpoint if there is one, otherwise to the address in the WSDL, which
 * is read once per process.
 *
 * @throws Fault (credential) for an invalid or unsafe address; Fault (connection, answer) when the
 * WSDL cannot be read or contains what cannot be sent
 */
export async function destinationOf(
	name: FunctionName,
	addresses: Addresses,
	transport: Transport,
): Promise<Destination> {
	if (addresses.endpoint !== '') {
		const url = safeUrl(addresses.endpoint, ENDPOINT, addresses.allowUnencrypted).href;
		return { url, soapAction: `${NAMESPACE}#${name}`, namespace: NAMESPACE };
	}
	const wsdl = await wsdlOnce(addresses.wsdlUrl, transport);
	const url = addressIn(wsdl, addresses);
	const namespace = wsdl.namespace ?? NAMESPACE;
	const soapAction = wsdl.actions.get(name) ?? `${namespace}#${name}`;
	if (!SENDABLE.test(soapAction) || forbiddenCharacter(namespace) !== undefined) {
		throw new Fault(
			'answer',
			`The WSDL contains an action or a namespace that cannot be sent: ${excerpt(soapAction)}`,
			"Check 'WSDL URL' in the credential, or enter the address of the service in 'Endpoint'.",
		);
	}
	return { url, soapAction, namespace };
}

/** The WSDL, read once for all who need it. */
async function wsdlOnce(wsdlUrl: string, transport: Transport): Promise<Wsdl> {
	return await transport.repeat(
		async () =>
			await share(
				() => undefined,
				() => wsdls.get(wsdlUrl),
				async () => await keep(wsdlUrl, fetchWsdl(wsdlUrl, transport)),
				transport.patience?.() ?? patiently,
			),
	);
}

/** Keeps the WSDL, unless it could not be read: then the next call tries again. */
async function keep(wsdlUrl: string, pending: Promise<Wsdl>): Promise<Wsdl> {
	wsdls.set(wsdlUrl, pending);
	pending.catch(() => {
		if (wsdls.get(wsdlUrl) === pending) wsdls.delete(wsdlUrl);
	});
	return await pending;
}

/**
 * Reads the WSDL again and keeps it for all calls. When it cannot be read, the one that was read before
 * stays.
 *
 * @throws Fault when the URL is invalid or the WSDL cannot be read
 */
export async function loadWsdl(wsdlUrl: string, transport: Transport): Promise<Wsdl> {
	const wsdl = await transport.repeat(async () => await fetchWsdl(wsdlUrl, transport));
	return await keep(wsdlUrl, Promise.resolve(wsdl));
}

async function fetchWsdl(wsdlUrl: string, transport: Transport): Promise<Wsdl> {
	return await readWsdl(await transport.fetch(parseUrl(wsdlUrl, WSDL_URL).href));
}

/**
 * The address in a WSDL. It must be on the WSDL's host. Otherwise, whoever can change the WSDL could
 * have signed requests, with passwords, sent anywhere.
 *
 * @throws Fault (answer) when it is invalid, on another host or not https
 */
export function addressIn({ address }: Wsdl, { wsdlUrl, allowUnencrypted }: Addresses): string {
	const wsdlHost = parseUrl(wsdlUrl, WSDL_URL).hostname;
	const url = tryUrl(address);
	const enter = "enter the right address in 'Endpoint' in the credential";
	if (url === undefined) {
		throw new Fault(
			'answer',
			`The WSDL contains an invalid address: ${excerpt(address)}`,
			`Ask Lursoft for the address of the service, and ${enter}.`,
		);
	}
	if (url.hostname !== wsdlHost) {
		throw new Fault(
			'answer',
			`The WSDL of ${quote(wsdlHost)} sends requests to another host: ${quote(url.hostname)}`,
			`Ask Lursoft whether this is right. If so, ${enter}.`,
		);
	}
	if (!isSafe(url, allowUnencrypted)) {
		throw new Fault(
			'answer',
			`The WSDL contains an address without encryption: ${excerpt(address)}`,
			`If the service can be reached by HTTPS, ${enter}: ${excerpt(address.replace(/^http:/i, 'https:'))}. If it runs in your own network without HTTPS, turn on 'Allow Unencrypted Addresses' in the credential.`,
		);
	}
	return url.href;
}

/** The address whose host signed calls go to. */
export function ownAddress({ wsdlUrl, endpoint }: Addresses): string {
	return endpoint === '' ? wsdlUrl : endpoint;
}
