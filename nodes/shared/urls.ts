import { Fault } from './fault';

/** A field of a credential that holds an address, for messages. */
export interface AddressField {
	readonly label: string;
	readonly example: string;
}

/** The web address in a text; undefined if it is not one. */
export function tryUrl(text: string): URL | undefined {
	try {
		const url = new URL(text.trim());
		return /^https?:$/.test(url.protocol) ? url : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The address in a field of a credential.
 *
 * @throws Fault (credential) when it is empty or not a web address
 */
export function parseUrl(text: string, { label, example }: AddressField): URL {
	const url = tryUrl(text);
	if (url !== undefined) return url;
	throw new Fault(
		'credential',
		text === '' ? `'${label}' is empty` : `'${label}' is not a web address`,
		`Enter an address such as ${example} in the credential's '${label}' field.`,
	);
}

/**
 * The address in a field of a credential, if secrets may be sent there.
 *
 * @param allowUnencrypted whether the user accepted the risk that they can be read on the way
 * @throws Fault (credential) when it is empty, not a web address or not encrypted
 */
export function safeUrl(text: string, field: AddressField, allowUnencrypted: boolean): URL {
	const url = parseUrl(text, field);
	if (isSafe(url, allowUnencrypted)) return url;
	throw new Fault(
		'credential',
		`'${field.label}' is an address without encryption`,
		`Enter an address that starts with https:// in the credential's '${field.label}' field; otherwise the credential's secrets can be read on the way. Inside your own network, you can turn on 'Allow Unencrypted Addresses' in the credential instead.`,
	);
}

/**
 * Whether secrets may be sent there: with encryption, or to the same machine.
 *
 * @param allowUnencrypted whether the user accepted the risk that they can be read on the way
 */
export function isSafe({ protocol, hostname }: URL, allowUnencrypted = false): boolean {
	if (allowUnencrypted) return true;
	return protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/**
 * Makes sure that a request goes to the host of a credential's own address, and safely. Anyone who
 * may use a credential in n8n could otherwise have its secrets sent to an address of their own.
 *
 * @param own the address in the credential
 * @throws Fault (credential) when it goes anywhere else
 */
export function checkTarget(url: string, own: string, allowUnencrypted: boolean): void {
	const target = tryUrl(url);
	const isOwnHost = target !== undefined && target.hostname === tryUrl(own)?.hostname;
	if (isOwnHost && isSafe(target, allowUnencrypted)) return;
	throw new Fault(
		'credential',
		'The credential cannot be used for this address',
		'Use the host that is entered in the credential, with https. The secrets of the credential are not sent anywhere else.',
	);
}
