/** Any text in any field of Klientu Portfelis: refused before sending, or carried as it is and nothing else. */
import { createPublicKey, verify } from 'node:crypto';

import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';

import { addressesOf } from '../../nodes/KlientuPortfelis/protocol/service/destination';
import { call, login, type Connection } from '../../nodes/KlientuPortfelis/protocol/call';
import {
	FUNCTIONS,
	functionNamed,
	type FunctionName,
	type Parameter,
} from '../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { sessions } from '../../nodes/KlientuPortfelis/protocol/memory';
import { signedEnvelope } from '../../nodes/KlientuPortfelis/protocol/request/signedEnvelope';
import { Fault } from '../../nodes/shared/fault';
import { once } from '../../nodes/shared/retry';
import { escapeText } from '../../nodes/shared/xml';
import { generateKeys } from '../../dev/simulators/keys.cts';
import { phpLikeJson } from '../../dev/simulators/klientuPortfelis/rawClient.cts';
import { requestReader, type ReadRequest } from '../../dev/simulators/klientuPortfelis/request.cts';
import { reply } from './reading.cts';

/** What ends a text, an element, a string or a line somewhere. */
const SIGNS = [
	'<',
	'>',
	'&',
	'"',
	"'",
	']]>',
	'<![CDATA[',
	'<!--',
	'-->',
	'</ns1:',
	'<signature>',
	'</name>',
	'&lt;',
	'&#0;',
	'&#13;',
	'&x;',
	'\\',
	'\\u0041',
	'\\"',
	'/',
	'","sid":"x',
	'{',
	'}',
	'\r',
	'\n',
	'\t',
	' ',
	'\u00a0',
	'\u0085',
	'\u2028',
	'\ufeff',
	'\u0000',
	'\u0008',
	'\u001f',
	'\u007f',
	'\ud800',
	'\udc00',
	'\ufffe',
	'\uffff',
	'😀',
	'ķ',
	'e\u0301',
	'\u202e',
	'__proto__',
	'a@b.lv',
	',',
	';',
];

const anyText = fc.oneof(
	fc.array(fc.constantFrom(...SIGNS), { maxLength: 6 }).map((signs) => signs.join('')),
	fc
		.array(fc.tuple(fc.constantFrom(...SIGNS), fc.string({ maxLength: 4 })), { maxLength: 4 })
		.map((pairs) => pairs.flat().join('')),
	fc.string({ unit: 'binary', maxLength: 30 }),
	fc.array(fc.nat(0xffff), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
);

/** Good values for what is not tried out. */
function valueFor({ name, type, values, format }: Parameter): unknown {
	if (name === 'type' && values?.ADDRESS !== undefined) return 'ADDRESS';
	if (values !== undefined) return Object.keys(values)[0];
	if (type === 'int') return 7;
	if (type === 'boolean') return true;
	const text = format === 'date' ? '2026-01-31' : format === 'email' ? 'a@example.com' : 'teksts';
	return type === 'string[]' ? [text] : text;
}

const TRIED = (Object.keys(FUNCTIONS) as FunctionName[]).flatMap((name) =>
	functionNamed(name)
		.parameters.filter(
			(parameter) => parameter.type.startsWith('string') && parameter.name !== 'sid',
		)
		.map((parameter) => [name, parameter.name, parameter] as const),
);

let privateKey: string;
let publicKey: ReturnType<typeof createPublicKey>;
let readRequest: ReadRequest;
beforeAll(async () => {
	const keys = await generateKeys();
	privateKey = keys.privateKeyPem;
	publicKey = createPublicKey(privateKey);
	readRequest = await requestReader();
});

/** Sends nothing anywhere; keeps the envelopes. */
function connectionOf(credential: Record<string, unknown>, sid = 'sesija') {
	const envelopes: string[] = [];
	const connection: Connection = {
		addresses: addressesOf({ endpoint: 'https://service.example/' }),
		fingerprint: 'test',
		secrets: [],
		timezone: 'Europe/Riga',
		transport: {
			repeat: once,
			fetch: async () => await Promise.reject(new Error('not asked for')),
			send: async (unsigned) => {
				const body = signedEnvelope(
					{ privateKey, roleId: 1, username: 'u', password: 'p', ...credential },
					unsigned,
				);
				if (unsigned.function !== 'login' || 'username' in credential) envelopes.push(body);
				const answer = unsigned.function === 'login' ? `<sid>${escapeText(sid)}</sid>` : '';
				return await Promise.resolve({ status: 200, body: reply(unsigned.function, answer) });
			},
		},
	};
	sessions.clear();
	return { connection, envelopes };
}

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: true,
	trimValues: false,
	parseTagValue: false,
});

/** The names of the elements in an envelope, each with those in it, as fast-xml-parser sees them. */
function outline(nodes: ReadonlyArray<Record<string, unknown>>): string {
	const names = nodes.flatMap((node) =>
		Object.entries(node)
			.filter(([name]) => !/^[#:?]/.test(name))
			.map(([name, inner]) => `${name}(${Array.isArray(inner) ? outline(inner) : ''})`),
	);
	return names.join(' ');
}

/** Holds an envelope against what it should say: structure, order, texts, and what was signed. */
function check(envelope: string, name: FunctionName, expected: Record<string, unknown>): void {
	const inner = ['signature', ...Object.keys(expected)].map((key) => {
		const value = key === 'signature' ? '' : expected[key];
		return `${key}(${Array.isArray(value) ? value.map(() => 'item()').join(' ') : ''})`;
	});
	expect(outline(parser.parse(envelope))).toBe(
		`SOAP-ENV:Envelope(SOAP-ENV:Body(ns1:${name}(${inner.join(' ')})))`,
	);
	const request = readRequest(Buffer.from(envelope));
	expect(request.function).toBe(name);
	expect(Object.entries(request.parameters)).toEqual(Object.entries(expected));
	const signed = Buffer.from(phpLikeJson(expected));
	const signature = Buffer.from(request.signature ?? '', 'base64');
	expect(verify('sha256', signed, publicKey, signature)).toBe(true);
}

/** Runs a call; gives the envelope, or undefined when an input was refused and nothing was sent. */
async function sent(
	envelopes: readonly string[],
	action: Promise<unknown>,
): Promise<string | undefined> {
	const [outcome] = await Promise.allSettled([action]);
	if (outcome.status === 'fulfilled') {
		expect(envelopes).toHaveLength(1);
		return envelopes[0];
	}
	const fault: unknown = outcome.reason;
	if (!(fault instanceof Fault)) throw fault;
	expect(fault.kind).toBe('input');
	expect(envelopes).toHaveLength(0);
	return undefined;
}

test.each(TRIED)('any text in %s %s', async (name, tried, parameter) => {
	let carried = 0;
	await fc.assert(
		fc.asyncProperty(anyText, async (text) => {
			const given = Object.fromEntries(
				functionNamed(name).parameters.map((other) => [other.name, valueFor(other)]),
			);
			const value = parameter.type === 'string[]' ? [text, 'a@example.com'] : text;
			const all: Record<string, unknown> = { ...given, sid: 'sesija', [tried]: value };
			const { connection, envelopes } = connectionOf(
				name === 'login'
					? { username: given.username, password: given.password, roleId: 7, [tried]: text }
					: {},
			);
			const action = name === 'login' ? login(connection) : call(connection, name, all);
			const envelope = await sent(envelopes, action);
			if (envelope === undefined) return;
			carried++;
			const isLeftOut = text === '' && !parameter.required && parameter.emptyClears !== true;
			const expected = Object.entries(all)
				.filter(([key]) => key !== tried || !isLeftOut)
				.map(([key, present]) => [
					key,
					Array.isArray(present)
						? present.map((element) => String(element).trim()).filter(Boolean)
						: present,
				]);
			const order = functionNamed(name).parameters.map((each) => each.name);
			expected.sort(([a], [b]) => order.indexOf(String(a)) - order.indexOf(String(b)));
			check(
				envelope,
				name,
				Object.fromEntries(expected.filter(([key]) => key !== 'sid' || name !== 'login')),
			);
		}),
		{ numRuns: 150 },
	);
	const isOpen = parameter.values === undefined && parameter.format === undefined;
	if (isOpen) expect(carried).toBeGreaterThan(20);
});

test('any session key that the service may give', async () => {
	await fc.assert(
		fc.asyncProperty(anyText, async (text) => {
			const { connection, envelopes } = connectionOf({}, text);
			const [outcome] = await Promise.allSettled([call(connection, 'get_lists')]);
			if (outcome.status === 'rejected') {
				expect(outcome.reason).toBeInstanceOf(Fault);
				expect(envelopes).toHaveLength(0);
				return;
			}
			expect(outline(parser.parse(envelopes[0] ?? ''))).toBe(
				'SOAP-ENV:Envelope(SOAP-ENV:Body(ns1:get_lists(signature() sid())))',
			);
		}),
		{ numRuns: 300 },
	);
});
