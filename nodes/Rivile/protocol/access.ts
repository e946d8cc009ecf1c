import { Fault } from '../../shared/fault';
import type { AddressField } from '../../shared/urls';

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

/** The field that says where requests go. */
export const ENDPOINT: AddressField = {
	label: 'Endpoint',
	example: 'https://api.manorivile.lt/client/v2',
};
