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

/** The address fields of a credential, as given. */
export interface Addresses {
	readonly wsdlUrl: string;
	/** Empty: the address that the WSDL names. */
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

/** What can stand between the quotes of the header SOAPAction. */
const SENDABLE = /^[ !#-~]*$/;

/**
 * Where to send a call: to the Endpoint if there is one, else to the address in the WSDL, which is
 * read once a process.
 *
 * @throws Fault (credential) for an address that is none or not safe; Fault (connection, answer)
 * when the WSDL cannot be had, is none or names what cannot be sent
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
			`The WSDL names an action or a namespace that no call can carry: ${excerpt(soapAction)}`,
			"Check the credential's WSDL URL, or put the address of the service into its Endpoint field.",
		);
	}
	return { url, soapAction, namespace };
}

/** The WSDL as it was read before, or read now by the first who asks. */
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

/** One that could not be had is asked for again the next time. */
async function keep(wsdlUrl: string, pending: Promise<Wsdl>): Promise<Wsdl> {
	wsdls.set(wsdlUrl, pending);
	pending.catch(() => {
		if (wsdls.get(wsdlUrl) === pending) wsdls.delete(wsdlUrl);
	});
	return await pending;
}

/**
 * Fetches and reads the WSDL again, and keeps what it says for all calls; when it cannot be had, what
 * was read before stays.
 *
 * @throws Fault when the URL is none, or the WSDL cannot be had or is none
 */
export async function loadWsdl(wsdlUrl: string, transport: Transport): Promise<Wsdl> {
	const wsdl = await transport.repeat(async () => await fetchWsdl(wsdlUrl, transport));
	return await keep(wsdlUrl, Promise.resolve(wsdl));
}

async function fetchWsdl(wsdlUrl: string, transport: Transport): Promise<Wsdl> {
	return await readWsdl(await transport.fetch(parseUrl(wsdlUrl, WSDL_URL).href));
}

/**
 * The address in a WSDL. It has to be on the WSDL's host, or whoever can change the WSDL could have
 * signed requests, with passwords, sent anywhere.
 *
 * @throws Fault (answer) when it is no address, on another host or not https
 */
export function addressIn({ address }: Wsdl, { wsdlUrl, allowUnencrypted }: Addresses): string {
	const wsdlHost = parseUrl(wsdlUrl, WSDL_URL).hostname;
	const url = tryUrl(address);
	const give = "put the right address into the credential's Endpoint field";
	if (url === undefined) {
		throw new Fault(
			'answer',
			`The WSDL names an address that is none: ${excerpt(address)}`,
			`Ask Lursoft for the address of the service, and ${give}.`,
		);
	}
	if (url.hostname !== wsdlHost) {
		throw new Fault(
			'answer',
			`The WSDL names another host, ${quote(url.hostname)}, than its own, ${quote(wsdlHost)}`,
			`If Lursoft confirms it, ${give}.`,
		);
	}
	if (!isSafe(url, allowUnencrypted)) {
		throw new Fault(
			'answer',
			`The WSDL names an address without encryption: ${excerpt(address)}`,
			`If the service takes https there, ${give}: ${excerpt(address.replace(/^http:/i, 'https:'))}. Inside a network of your own, Allow Unencrypted Addresses in the credential lets it pass.`,
		);
	}
	return url.href;
}

/** The address whose host signed calls go to. */
export function ownAddress({ wsdlUrl, endpoint }: Addresses): string {
	return endpoint === '' ? wsdlUrl : endpoint;
}
