import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

export interface KeyPair {
	readonly privateKeyPem: string;
	readonly publicKeyPem: string;
}

/** A fresh RSA-2048 pair, so that no private key ever lies in the repository. */
export async function generateKeys(): Promise<KeyPair> {
	const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});
	return { privateKeyPem: privateKey, publicKeyPem: publicKey };
}
