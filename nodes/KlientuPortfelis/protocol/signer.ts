import { createPrivateKey, sign as rsaSign, type KeyObject } from 'node:crypto';

import { Fault } from '../../shared/errors';

/** A value of a call: what the service's types string, int, boolean and string[] hold. */
export type Value = string | number | boolean | readonly string[];

/** The parameters of a call in their documented order, without `signature`. */
export type Parameters = Readonly<Record<string, Value>>;

/**
 * The string that is signed: JSON as PHP's json_encode writes it with default flags, on one line,
 * `/` escaped and everything above ASCII as \uXXXX in lower-case hex (specification,
 * "Pieprasījumu parakstīšana").
 */
export function canonicalJson(parameters: Parameters): string {
	return JSON.stringify(parameters).replace(/[/\u0080-\uffff]/g, (character) =>
		character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/**
 * Signs a text with RSASSA-PKCS1-v1_5 and SHA-256.
 *
 * @returns the signature in Base64
 */
export function sign(text: string, key: KeyObject): string {
	return rsaSign('sha256', Buffer.from(text, 'utf8'), key).toString('base64');
}

/** Parsed keys by their text: parsing costs more than signing. */
const keys = new Map<string, KeyObject>();
const MAX_KEYS = 20;

/**
 * The private key of a credential, kept once it is parsed.
 *
 * @param text the key as pasted: PEM in PKCS#8 or PKCS#1, encrypted or not, with its line breaks in
 * any form or none
 * @param passphrase used when the key is encrypted
 * @throws Fault (credential) that says what to paste
 */
export function signingKey(text: string, passphrase = ''): KeyObject {
	const name = JSON.stringify([text, passphrase]);
	const kept = keys.get(name);
	if (kept !== undefined) return kept;
	const key = readPrivateKey(text, passphrase);
	if (keys.size >= MAX_KEYS) keys.clear();
	keys.set(name, key);
	return key;
}

const WHAT_TO_PASTE =
	"Open the key file that Lursoft gave you in a text editor and paste all of it, from '-----BEGIN PRIVATE KEY-----' or '-----BEGIN RSA PRIVATE KEY-----' to the matching END line, into the credential's Private Key field.";

function keyFault(message: string, description = WHAT_TO_PASTE): Fault {
	return new Fault('credential', message, description);
}

function readPrivateKey(text: string, passphrase: string): KeyObject {
	const pem = normalisePem(text);
	const encrypted = /ENCRYPTED/.test(pem);
	if (encrypted && passphrase === '') {
		throw keyFault(
			'The private key is protected by a passphrase',
			"Fill in the credential's Passphrase field.",
		);
	}
	const key = parsePem(pem, passphrase);
	if (key === undefined && encrypted) {
		throw keyFault(
			'The private key could not be opened with the passphrase',
			"Check the credential's Passphrase field, and that the whole key is in its Private Key field.",
		);
	}
	if (key === undefined) throw keyFault('The private key could not be read');
	if (key.asymmetricKeyType !== 'rsa') {
		throw keyFault(
			`The private key is of type ${key.asymmetricKeyType ?? 'unknown'}, not RSA`,
			'Paste the RSA key that Lursoft gave you for the API.',
		);
	}
	return key;
}

function parsePem(pem: string, passphrase: string): KeyObject | undefined {
	try {
		return createPrivateKey({ key: pem, format: 'pem', passphrase });
	} catch {
		return undefined;
	}
}

const PRIVATE_KEY =
	/-+\s*BEGIN\s*((?:RSA\s*|ENCRYPTED\s*|EC\s*)?PRIVATE\s*KEY)\s*-+(.*?)-+\s*END\s*(?:RSA\s*|ENCRYPTED\s*|EC\s*)?PRIVATE\s*KEY/s;

// The headers of an encrypted PKCS#1 key. Without line breaks the cipher's initialisation vector
// runs into the Base64 that follows, so its length is taken from the cipher's name.
const ENCRYPTION_HEADERS = /Proc-Type:\s*4\s*,\s*ENCRYPTED\s*DEK-Info:\s*([A-Z0-9-]+)\s*,\s*/;

/** Puts a pasted key back into the form PEM has in a file. */
function normalisePem(text: string): string {
	const clean = text
		.replace(/\\r|\\n|\\t/g, '\n')
		.replace(/[\u00a0\u200b\ufeff]/g, ' ')
		.replace(/[\u2010-\u2015\u2212]/g, '--');
	const match = PRIVATE_KEY.exec(clean);
	if (match === null) return bareKey(clean);
	const label = (match[1] ?? '').replace(/\s+/g, '').replace(/^(RSA|ENCRYPTED|EC)|PRIVATE/g, '$& ');
	const content = match[2] ?? '';
	const headers = ENCRYPTION_HEADERS.exec(content);
	if (headers === null) return pemOf(label, base64Of(content));
	const cipher = headers[1] ?? '';
	const rest = content.slice(headers.index + headers[0].length).replace(/\s+/g, '');
	const vectorLength = cipher.startsWith('DES') ? 16 : 32;
	const preamble = `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher},${rest.slice(0, vectorLength)}\n\n`;
	return pemOf(label, base64Of(rest.slice(vectorLength)), preamble);
}

function base64Of(content: string): string {
	const base64 = content.replace(/["'\s]+/g, '');
	if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) {
		throw keyFault('The private key holds characters that do not belong to a key');
	}
	return base64;
}

function pemOf(label: string, base64: string, preamble = ''): string {
	const lines = base64.match(/.{1,64}/g) ?? [];
	return `-----BEGIN ${label}-----\n${preamble}${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Text without the BEGIN and END lines: the Base64 alone still works, other things get a name. */
function bareKey(text: string): string {
	const kind = otherKind(text);
	if (kind !== undefined) throw keyFault(`The Private Key field holds ${kind}`);
	if (/-+\s*BEGIN/.test(text)) throw keyFault('The private key has no END line');
	const base64 = text.replace(/["'\s]+/g, '');
	if (base64 === '') throw keyFault('The private key is missing');
	if (!/^[A-Za-z0-9+/]{100,}=*$/.test(base64)) throw keyFault('The private key could not be read');
	const pkcs8 = pemOf('PRIVATE KEY', base64);
	return parsePem(pkcs8, '') === undefined ? pemOf('RSA PRIVATE KEY', base64) : pkcs8;
}

function otherKind(text: string): string | undefined {
	if (/BEGIN\s*OPENSSH\s*PRIVATE/.test(text)) {
		return "an OpenSSH key; 'ssh-keygen -p -m PEM -f FILE' turns it into one that can be used";
	}
	if (/PuTTY-User-Key-File/.test(text)) return 'a PuTTY key; export it in the OpenSSL format';
	if (/BEGIN\s*CERTIFICATE/.test(text)) return 'a certificate, not a private key';
	if (/BEGIN\s*(?:RSA\s*)?PUBLIC\s*KEY/.test(text)) return 'a public key, not a private key';
	return undefined;
}
