import { Fault } from '../../shared/fault';
import { isOwn, isSafe, tryUrl } from '../../shared/urls';

/** The gateway and the key of a credential. */
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
		'The request does not go to the Endpoint of the credential',
		'Use this credential for requests to its Endpoint only. The API key is not sent to any other host.',
	);
}

/**
 * A character that a header cannot carry would be lost, or stop the request with an unclear message.
 *
 * @throws Fault (credential)
 */
export function checkApiKey(apiKey: string): void {
	if (/^[!-~]+$/.test(apiKey)) return;
	throw new Fault(
		'credential',
		apiKey === '' ? "'API Key' is empty" : "'API Key' contains characters that a key cannot have",
		"Copy the key that you received from Rivilė into the credential's 'API Key' field again, without spaces or line breaks.",
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
			endpoint === '' ? "'Endpoint' is empty" : "'Endpoint' is not a web address",
			`Enter the address of the gateway in the credential's 'Endpoint' field: ${EXAMPLE}`,
		);
	}
	if (isSafe(url, allowUnencrypted)) return url.href;
	throw new Fault(
		'credential',
		"'Endpoint' is an address without encryption",
		"Enter an address that begins with https:// in the credential's 'Endpoint' field. Without encryption, others could read the API key on the way. If the service runs in your own network without HTTPS, turn on 'Allow Unencrypted Addresses' in the credential.",
	);
}
