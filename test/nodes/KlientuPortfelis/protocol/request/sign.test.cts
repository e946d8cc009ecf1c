import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { signingKey } from '../../../../../nodes/KlientuPortfelis/protocol/request/privateKey';
import {
	canonicalJson,
	sign,
	type Arguments,
} from '../../../../../nodes/KlientuPortfelis/protocol/request/sign';
import { Fault } from '../../../../../nodes/shared/fault';
import { forge } from '../../../../../dev/simulators/klientuPortfelis/forge.cts';
import { phpJson } from '../../../../../dev/simulators/klientuPortfelis/phpJson.cts';

interface Vector {
	parameters: Arguments;
	json: string;
}

const vectors = JSON.parse(
	readFileSync(join(__dirname, '../../../../vectors/php-json.json'), 'utf8'),
) as Vector[];

const { privateKey: privateKeyPem, publicKey: publicKeyPem } = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** Any text that JavaScript can hold without halves of surrogate pairs. */
const anyText = fc.string({ unit: 'binary' });
const anyParameters = fc.dictionary(
	fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/^\d+$|^__proto__$/.test(name)),
	fc.oneof(anyText, fc.integer(), fc.boolean(), fc.array(anyText)),
);

describe('canonicalJson', () => {
	test('there are 101 vectors', () => {
		expect(vectors).toHaveLength(101);
	});

	test.each(vectors.map((vector, index) => [index, vector] as const))(
		'equals PHP, vector %d',
		(_index, { parameters, json }) => {
			expect(canonicalJson(parameters)).toBe(json);
		},
	);

	test('is ASCII, one line, and holds the same values', () => {
		fc.assert(
			fc.property(anyParameters, (parameters) => {
				const json = canonicalJson(parameters);
				expect(json).toMatch(/^[\x20-\x7f]*$/);
				expect(JSON.parse(json)).toEqual({ ...parameters });
			}),
		);
	});

	test('agrees with an implementation of its own in the simulator', () => {
		fc.assert(
			fc.property(anyParameters, (parameters) => {
				expect(canonicalJson(parameters)).toBe(phpJson(parameters));
			}),
		);
	});
});

describe('sign', () => {
	test('agrees with node-forge byte for byte', () => {
		const key = signingKey(privateKeyPem);
		const forgeKey = forge.pki.privateKeyFromPem(privateKeyPem);
		fc.assert(
			fc.property(anyText, (text) => {
				const digest = forge.md.sha256.create().update(text, 'utf8');
				expect(sign(text, key)).toBe(forge.util.encode64(forgeKey.sign(digest)));
			}),
			{ numRuns: 20 },
		);
	});

	test('is verified by the public key', () => {
		const signature = Buffer.from(sign('{"a":1}', signingKey(privateKeyPem)), 'base64');
		expect(verify('sha256', Buffer.from('{"a":1}'), publicKeyPem, signature)).toBe(true);
	});
});

const PASSPHRASE = 'parole, "ķ" 1';
const key = createPrivateKey(privateKeyPem);
const legacyForge = (algorithm: 'aes256' | '3des') =>
	forge.pki.encryptRsaPrivateKey(forge.pki.privateKeyFromPem(privateKeyPem), 'ascii', {
		legacy: true,
		algorithm,
	});

/** The forms in which a key is handed out. */
const FORMS: Record<string, { pem: string; passphrase: string }> = {
	'PKCS#8': { pem: privateKeyPem, passphrase: '' },
	'PKCS#1': { pem: String(key.export({ type: 'pkcs1', format: 'pem' })), passphrase: '' },
	'PKCS#8, encrypted': {
		pem: String(
			key.export({
				type: 'pkcs8',
				format: 'pem',
				cipher: 'aes-256-cbc',
				passphrase: PASSPHRASE,
			}),
		),
		passphrase: PASSPHRASE,
	},
	'PKCS#1, encrypted': {
		pem: String(
			key.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: PASSPHRASE }),
		),
		passphrase: PASSPHRASE,
	},
	'PKCS#1, AES-256 by another tool': { pem: legacyForge('aes256'), passphrase: 'ascii' },
	'PKCS#1, Triple DES by another tool': { pem: legacyForge('3des'), passphrase: 'ascii' },
	'PKCS#8 with a passphrase that it does not need': { pem: privateKeyPem, passphrase: 'x' },
};

/** What happens to it on its way into the field. */
const PASTES: Record<string, (pem: string) => string> = {
	'as it is': (pem) => pem,
	CRLF: (pem) => pem.replace(/\r?\n/g, '\r\n'),
	CR: (pem) => pem.replace(/\r?\n/g, '\r'),
	'blanks for line breaks': (pem) => pem.replace(/\r?\n/g, ' '),
	'line breaks gone': (pem) => pem.replace(/\r?\n/g, ''),
	'all blanks gone': (pem) => pem.replace(/\s+/g, ''),
	'written-out \\n': (pem) => pem.replace(/\r?\n/g, '\\n'),
	'written-out \\r\\n': (pem) => pem.replace(/\r?\n/g, '\\r\\n'),
	indented: (pem) => pem.replace(/^/gm, '\t  '),
	'empty lines between': (pem) => pem.replace(/\n/g, '\n\n'),
	'as a JSON text': (pem) => JSON.stringify(pem),
	'other text around': (pem) => `Bag Attributes\n    friendlyName: x\n${pem}\n\n-- Sveicieni\n`,
	'a byte order mark': (pem) => `\ufeff${pem}`,
	'no-break spaces': (pem) => pem.replace(/ /g, '\u00a0'),
	'HTML line breaks': (pem) => pem.replace(/\n/g, '<br>'),
	'URL-encoded line breaks': (pem) => pem.replace(/\n/g, '%0A'),
	'line breaks as references': (pem) => pem.replace(/\n/g, '&#10;'),
	'written-out twice': (pem) => pem.replace(/\n/g, '\\\\n'),
	'a backslash at the end of each line': (pem) => pem.replace(/\n/g, '\\\n'),
	'quoted in a mail': (pem) => pem.replace(/^/gm, '> '),
	'soft hyphens inside': (pem) => pem.replace(/\n(.{10})/g, '\n$1\u00ad'),
	'in Base64 once more': (pem) => Buffer.from(pem).toString('base64'),
	'dashes made long': (pem) => pem.replace(/-----/g, '––—'),
};

describe('signingKey takes a key', () => {
	const cases = Object.entries(FORMS).flatMap(([form, given]) =>
		Object.entries(PASTES).map(([paste, change]) => ({ form, paste, ...given, change })),
	);

	test.each(cases)('$form, $paste', ({ pem, passphrase, change }) => {
		const read = signingKey(change(pem), passphrase);
		expect(createPublicKey(read).export({ type: 'spki', format: 'pem' })).toBe(publicKeyPem);
	});

	test.each(['PKCS#8', 'PKCS#1'])('%s without its BEGIN and END lines', (form) => {
		const bare = FORMS[form]?.pem.replace(/-----.*-----/g, '') ?? '';
		expect(signingKey(bare).asymmetricKeyType).toBe('rsa');
	});

	test.each(['PKCS#8', 'PKCS#1', 'PKCS#8, encrypted'])('%s with one of the lines lost', (form) => {
		const { pem = '', passphrase = '' } = FORMS[form] ?? {};
		for (const line of [/-----BEGIN.*-----/, /-----END.*-----/]) {
			expect(signingKey(pem.replace(line, ''), passphrase).asymmetricKeyType).toBe('rsa');
		}
	});

	test('under the label of another form, or in lower case', () => {
		const pkcs1 = FORMS['PKCS#1']?.pem ?? '';
		expect(signingKey(pkcs1.replace(/RSA /g, '')).asymmetricKeyType).toBe('rsa');
		const lower = privateKeyPem.replace(/-----.*-----/g, (line) => line.toLowerCase());
		expect(signingKey(lower).asymmetricKeyType).toBe('rsa');
	});

	test('and keeps it parsed', () => {
		expect(signingKey(privateKeyPem)).toBe(signingKey(privateKeyPem));
	});
});

const ec = generateKeyPairSync('ec', {
	namedCurve: 'P-256',
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;
const encryptedPem = FORMS['PKCS#8, encrypted']?.pem ?? '';
const legacyPem = FORMS['PKCS#1, encrypted']?.pem ?? '';

describe('signingKey refuses', () => {
	test.each([
		['nothing', '', '', "'Private Key' is empty"],
		['blanks', ' \n ', '', "'Private Key' is empty"],
		['some text', 'my key', '', 'The private key could not be read'],
		['a public key', publicKeyPem, '', "'Private Key' contains a public key"],
		[
			'a certificate',
			'-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
			'',
			"'Private Key' contains a certificate",
		],
		[
			'an OpenSSH key',
			'-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----',
			'',
			"'Private Key' contains an OpenSSH key",
		],
		['half a key', privateKeyPem.slice(0, 600), '', 'The private key is incomplete'],
		[
			'a key with a piece missing',
			privateKeyPem.replace(/\n.{64}\n/, '\n'),
			'',
			'The private key could not be read',
		],
		[
			'a key with strange characters',
			privateKeyPem.replace(/\n(.)/, '\n*'),
			'',
			'The private key could not be read',
		],
		['a key of another kind', ec, '', 'The private key is of type ec, not RSA'],
		['an encrypted key as Base64', encryptedPem.replace(/-----.*-----/g, ''), '', 'protected by a'],
		['an encrypted key alone', encryptedPem, '', 'protected by a passphrase'],
		['an encrypted PKCS#1 key alone', legacyPem, '', 'protected by a passphrase'],
		['a wrong passphrase', encryptedPem, 'wrong', 'could not be opened with the passphrase'],
		['a wrong passphrase, PKCS#1', legacyPem, 'wrong', 'could not be opened with the passphrase'],
	])('%s', (_name, text, passphrase, message) => {
		expect(() => signingKey(text, passphrase)).toThrow(
			expect.objectContaining({
				name: 'Fault',
				kind: 'credential',
				message: expect.stringContaining(message),
				description: expect.stringMatching(/\w/),
			}),
		);
	});

	test('without showing the key', () => {
		const secret = privateKeyPem.slice(100, 130);
		for (const text of [privateKeyPem.slice(0, 600), privateKeyPem.replace('MII', '*')]) {
			const fault = thrownBy(() => signingKey(text));
			expect(`${fault.message} ${fault.description}`).not.toContain(secret);
		}
	});
});

function thrownBy(run: () => unknown): Fault {
	try {
		run();
	} catch (error) {
		if (error instanceof Fault) return error;
	}
	throw new Error('No fault was thrown.');
}
