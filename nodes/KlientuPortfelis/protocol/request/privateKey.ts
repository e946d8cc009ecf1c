import { createHash, createPrivateKey, type KeyObject, type PrivateKeyInput } from 'node:crypto';

import { Fault } from '../../../shared/fault';

/** Parsed keys by a hash of their text and passphrase, because parsing takes longer than signing. */
const keys = new Map<string, KeyObject>();
const MAX_KEYS = 20;

/**
 * The private key of a credential. A parsed key is kept for later calls.
 *
 * @param text the key as pasted: PEM in PKCS#8 or PKCS#1, encrypted or not, with line breaks in any
 * form or none
 * @param passphrase used when the key is encrypted
 * @throws Fault (credential) that tells what to paste
 */
export function signingKey(text: string, passphrase = ''): KeyObject {
	const name = createHash('sha256')
		.update(JSON.stringify([text, passphrase]))
		.digest('base64');
	const kept = keys.get(name);
	if (kept !== undefined) return kept;
	const key = readPrivateKey(text, passphrase);
	if (keys.size >= MAX_KEYS) keys.clear();
	keys.set(name, key);
	return key;
}

const WHAT_TO_PASTE =
	"Open the key file that Lursoft gave you in a text editor and paste all of it, from '-----BEGIN PRIVATE KEY-----' or '-----BEGIN RSA PRIVATE KEY-----' to the matching END line, into 'Private Key' in the credential.";

function keyFault(message: string, description = WHAT_TO_PASTE): Fault {
	return new Fault('credential', message, description);
}

function readPrivateKey(pasted: string, passphrase: string): KeyObject {
	const text = cleaned(pasted);
	const kind = otherKind(text);
	if (kind !== undefined) throw keyFault(`'Private Key' contains ${kind}`);
	if (text.trim() === '') throw keyFault("'Private Key' is empty");
	const key = parse(text, passphrase);
	if (key === 'encrypted') throw passphraseFault(passphrase);
	if (key === undefined) {
		const isHalf = /BEGIN/i.test(text) !== /\bEND\b|END[A-Z ]*KEY/i.test(text);
		throw keyFault(`The private key ${isHalf ? 'is incomplete' : 'could not be read'}`);
	}
	if (key.asymmetricKeyType !== 'rsa') {
		throw keyFault(
			`The private key is of type ${key.asymmetricKeyType ?? 'unknown'}, not RSA`,
			'Paste the RSA key that Lursoft gave you for the API.',
		);
	}
	return key;
}

function passphraseFault(passphrase: string): Fault {
	return passphrase === ''
		? keyFault(
				'The private key is protected by a passphrase',
				"Fill in 'Passphrase' in the credential.",
			)
		: keyFault(
				'The private key could not be opened with the passphrase',
				"Check 'Passphrase' in the credential, and that 'Private Key' contains the whole key.",
			);
}

/** Undoes what editors, forms and chat programs do to a pasted text. */
function cleaned(text: string): string {
	return text
		.replace(/\\+[rnt]|%0[AD]|&#(?:10|13|xA|xD);|<br\s*\/?>|\\$/gim, '\n')
		.replace(/^\s*>+/gm, '')
		.replace(/[\u00a0\u00ad\u200b-\u200f\u2060\ufeff]/g, ' ')
		.replace(/[\u2010-\u2015\u2212]/g, '--');
}

const MARKER = /-*\s*(?:BEGIN|END)\s*(?:RSA|ENCRYPTED|EC)?\s*PRIVATE\s*KEY\s*-*/gi;
const ENCLOSED =
	/BEGIN\s*(?:RSA|ENCRYPTED|EC)?\s*PRIVATE\s*KEY\s*-*(.*?)-*\s*END\s*(?:RSA|ENCRYPTED|EC)?\s*PRIVATE\s*KEY/is;

// The headers of an encrypted PKCS#1 key. Without line breaks the cipher's initialisation vector
// runs into the Base64 that follows, so the cipher's name decides where it ends.
const ENCRYPTION_HEADERS = /Proc-Type:\s*4\s*,\s*ENCRYPTED\s*DEK-Info:\s*([A-Z0-9-]+)\s*,\s*/;

type Parsed = KeyObject | 'encrypted' | undefined;

/** Reads a key with or without its BEGIN and END lines. */
function parse(text: string, passphrase: string): Parsed {
	const content = ENCLOSED.exec(text)?.[1] ?? text.replace(MARKER, '');
	const headers = ENCRYPTION_HEADERS.exec(content);
	if (headers !== null) {
		const rest = content.slice(headers.index + headers[0].length).replace(/\s+/g, '');
		return parseEncryptedPem(headers[1] ?? '', rest, passphrase);
	}
	const bytes = Buffer.from(content.replace(/[^A-Za-z0-9+/]/g, ''), 'base64');
	if (bytes.toString('latin1').includes('PRIVATE KEY')) {
		return parse(cleaned(bytes.toString('latin1')), passphrase);
	}
	const key = create({ key: bytes, format: 'der', type: 'pkcs8', passphrase });
	return key ?? create({ key: bytes, format: 'der', type: 'pkcs1' });
}

function parseEncryptedPem(cipher: string, rest: string, passphrase: string): Parsed {
	const vectorLength = cipher.startsWith('DES') ? 16 : 32;
	const lines = rest.slice(vectorLength).match(/.{1,64}/g) ?? [];
	const pem = [
		'-----BEGIN RSA PRIVATE KEY-----',
		'Proc-Type: 4,ENCRYPTED',
		`DEK-Info: ${cipher},${rest.slice(0, vectorLength)}`,
		'',
		...lines,
		'-----END RSA PRIVATE KEY-----',
	].join('\n');
	return create({ key: pem, format: 'pem', passphrase }) ?? 'encrypted';
}

/** The object identifiers of password-based encryption at the start of an encrypted PKCS#8 key. */
const ENCRYPTION = ['2a864886f70d0105', '2a864886f70d010c'].map((id) => Buffer.from(id, 'hex'));

function create(input: PrivateKeyInput): Parsed {
	try {
		return createPrivateKey(input);
	} catch {
		const { key } = input;
		const start = Buffer.isBuffer(key) ? key.subarray(0, 40) : undefined;
		const isEncrypted = ENCRYPTION.some((id) => start?.includes(id) === true);
		return isEncrypted ? 'encrypted' : undefined;
	}
}

function otherKind(text: string): string | undefined {
	if (/BEGIN\s*OPENSSH\s*PRIVATE/i.test(text)) {
		return "an OpenSSH key. Convert it with 'ssh-keygen -p -m PEM -f FILE'";
	}
	if (/PuTTY-User-Key-File/i.test(text)) return 'a PuTTY key. Export it in the OpenSSL format';
	if (/PRIVATE\s*KEY/i.test(text)) return undefined;
	if (/BEGIN\s*CERTIFICATE/i.test(text)) return 'a certificate, not a private key';
	if (/BEGIN\s*(?:RSA\s*)?PUBLIC\s*KEY/i.test(text)) return 'a public key, not a private key';
	return undefined;
}
