import { Fault } from '../../shared/fault';
import { isOwn, isSafe, tryUrl } from '../../shared/urls';

/** What a credential says about the gateway. */
export interface Access {
	/** As given. */
	readonly endpoint: string;
	readonly apiKey: string;
	readonly allowUnencrypted: boolean;
}

/** The fields of a credential. */
export function accessOf(credential: Readonly<Record<string, unknown>>): Access {
	return {
		endpoint: String(credential.endpoint ?? '').trim(),
		apiKey: String(credential.apiKey ?? '').trim(),
		allowUnencrypted: credential.allowUnencrypted === true,
	};
}

/**
 * Makes sure that the key goes to the gateway of the credential and nowhere else.
 *
 * @throws Fault (credential) when the URL is on another host than the Endpoint
 */
export function checkTarget(url: string, { endpoint, allowUnencrypted }: Access): void {
	if (isOwn(url, endpoint, allowUnencrypted)) return;
	throw new Fault(
		'credential',
		'The credential does not belong to the address that is called',
		'The API key is sent to the host of its Endpoint only.',
	);
}

/**
 * What cannot stand in a header would vanish or stop the request with strange words.
 *
 * @throws Fault (credential)
 */
export function checkApiKey(apiKey: string): void {
	if (/^[!-~]+$/.test(apiKey)) return;
	throw new Fault(
		'credential',
		apiKey === '' ? 'API Key is empty' : 'API Key holds characters that no key has',
		"Copy the key anew from Rivilė's message into the credential's API Key field, without blanks.",
	);
}

const EXAMPLE = 'https://api.manorivile.lt/client/v2';

/**
 * Where requests go. The key would be readable on the way to an address without encryption.
 *
 * @throws Fault (credential)
 */
export function safeUrl({ endpoint, allowUnencrypted }: Access): string {
	const url = tryUrl(endpoint);
	if (url === undefined) {
		throw new Fault(
			'credential',
			endpoint === '' ? 'Endpoint is empty' : 'Endpoint is not a web address',
			`Put the address of the gateway into the credential's Endpoint field: ${EXAMPLE}`,
		);
	}
	if (isSafe(url, allowUnencrypted)) return url.href;
	throw new Fault(
		'credential',
		'Endpoint is an address without encryption',
		"The API key would be readable on the way: put an address that begins with https:// into the credential's Endpoint field. Inside a network of your own, Allow Unencrypted Addresses in the credential lets it pass.",
	);
}
