import { Fault } from '../../shared/fault';
import type { AddressField } from '../../shared/urls';

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

/** The field that says where requests go. */
export const ENDPOINT: AddressField = {
	label: 'Endpoint',
	example: 'https://api.manorivile.lt/client/v2',
};
