/** Reads answers as the nodes do, from bytes on, and says what came of it. */
import { I04 } from '../../nodes/Rivile/protocol/catalogue';
import {
	FUNCTIONS,
	isFunctionName,
	type FunctionName,
} from '../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { readReply } from '../../nodes/KlientuPortfelis/protocol/answer/reply';
import { differences, readWsdl } from '../../nodes/KlientuPortfelis/protocol/service/wsdl';
import { readRows } from '../../nodes/Rivile/protocol/answer/answer';
import { Fault } from '../../nodes/shared/fault';
import { answerTo, type HttpAnswer } from '../../nodes/shared/http';
import { serviceFault } from '../../nodes/KlientuPortfelis/protocol/answer/codes';

/** Whose answer it is: one of the 17 functions, the WSDL, or Rivilė's list. */
export type Reader = FunctionName | 'wsdl' | 'rivile';

export const READERS: readonly Reader[] = [
	...(Object.keys(FUNCTIONS) as FunctionName[]),
	'wsdl',
	'rivile',
];

/** What the reading came to. */
export type Outcome = { readonly value: unknown } | { readonly fault: Fault };

interface Http {
	readonly status?: number;
	readonly contentType?: string;
}

/** Everything a node would do with the bytes of an answer. */
async function readAll(reader: Reader, answer: HttpAnswer): Promise<unknown> {
	if (reader === 'rivile') return await readRows(I04, answer);
	if (isFunctionName(reader)) {
		const reply = await readReply(reader, answer);
		if (!reply.success) throw serviceFault(reply);
		return reply.fields;
	}
	const description = await readWsdl(answer);
	return { ...description, ...differences(description) };
}

/** Longer ones are no messages. */
const LONGEST_MESSAGE = 2000;

function checkFault(fault: unknown): asserts fault is Fault {
	if (!(fault instanceof Fault)) throw fault;
	for (const words of [fault.message, fault.description]) {
		expect(words.trim()).not.toBe('');
		expect(words.length).toBeLessThan(LONGEST_MESSAGE);
		expect(words).not.toMatch(/\bundefined\b|\[object|\[native code/);
	}
}

/** The outcome of reading an answer; anything but a value or a fault in words ends the test. */
export async function outcomeOf(
	reader: Reader,
	body: Uint8Array | string,
	{ status = 200, contentType = '' }: Http = {},
): Promise<Outcome> {
	const send = async () => ({
		statusCode: status,
		headers: { 'content-type': contentType },
		body: Buffer.from(body),
	});
	const [outcome] = await Promise.allSettled([
		answerTo(send, 'The service').then(async (answer) => await readAll(reader, answer)),
	]);
	if (outcome.status === 'fulfilled') return { value: outcome.value };
	checkFault(outcome.reason);
	return { fault: outcome.reason };
}

/** The value of an answer that is read; its fault ends the test. */
export async function valueOf(
	reader: Reader,
	body: Uint8Array | string,
	http?: Http,
): Promise<unknown> {
	const outcome = await outcomeOf(reader, body, http);
	if ('fault' in outcome) throw outcome.fault;
	return outcome.value;
}

/** The message of an answer that is refused. */
export async function messageOf(
	reader: Reader,
	body: Uint8Array | string,
	http?: Http,
): Promise<string> {
	const outcome = await outcomeOf(reader, body, http);
	if ('value' in outcome) throw new Error(`Read: ${JSON.stringify(outcome.value).slice(0, 200)}`);
	return outcome.fault.message;
}

const BUILT_IN = [Object, Array, Function, String, Number, Map, Set, Error, Promise, RegExp];

/** What a document that reaches a prototype would change. */
export function prototypes(): unknown {
	const inherited: string[] = [];
	for (const name in {}) inherited.push(name);
	return [
		inherited,
		...BUILT_IN.map(({ prototype }) => Reflect.ownKeys(prototype).map(String)),
		...BUILT_IN.map((constructor) => Reflect.ownKeys(constructor).map(String)),
	];
}

/** Each test of the file leaves every prototype as it found it. */
export function guardPrototypes(): void {
	let before: unknown;
	beforeEach(() => {
		before = prototypes();
	});
	afterEach(() => {
		expect(prototypes()).toEqual(before);
	});
}

/** An envelope around a body. */
export const envelope = (body: string) =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body>${body}</E:Body></E:Envelope>`;

/** A successful answer to a call. */
export const reply = (name: FunctionName, fields: string) =>
	envelope(
		`<n:${name}Response xmlns:n="urn:ApiControllerwsdl"><return>${fields}<success>true</success><message>Labi</message></return></n:${name}Response>`,
	);

/** A successful answer to get_object. */
export const object = (fields: string) => reply('get_object', `<object>${fields}</object>`);
