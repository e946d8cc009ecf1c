import { sign as rsaSign, type KeyObject } from 'node:crypto';

import { asciiJson } from '../../../shared/asciiJson';

/** A value of a call, of the service's types string, int, boolean or string[]. */
export type Value = string | number | boolean | readonly string[];

/** The parameters of a call in their documented order, without `signature`. */
export type Arguments = Readonly<Record<string, Value>>;

/**
 * The string that is signed: JSON as PHP's json_encode writes it (specification, "Pieprasījumu
 * parakstīšana").
 */
export function canonicalJson(parameters: Arguments): string {
	return asciiJson(parameters);
}

/**
 * Signs a text with RSASSA-PKCS1-v1_5 and SHA-256.
 *
 * @returns the signature in Base64
 */
export function sign(text: string, key: KeyObject): string {
	return rsaSign('sha256', Buffer.from(text, 'utf8'), key).toString('base64');
}
