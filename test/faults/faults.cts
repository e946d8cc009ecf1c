/** The faults, and what the nodes are to do about each. */
import { gzipSync } from 'node:zlib';

import { half, head, HTML, keepsFrom, page, send, spoils, write } from './answers.cts';
import { clientReads, type Spoil } from './faultServer.cts';
import type { Scenario } from './scenario.cts';

export interface FaultCase {
	readonly name: string;
	/** The row of the table, where it shares one with others that are to come out the same. */
	readonly row?: string;
	readonly spoil: Spoil;
	/**
	 * What becomes of a call that reads, logs in or asks for news:
	 * - `right`: the answer is as good as any
	 * - `again`: it is made again, up to three times, as the fault may pass
	 * - `stops`: it is made once, as it would be the same the next time
	 */
	readonly read: 'right' | 'again' | 'stops';
	/**
	 * What becomes of a write:
	 * - `again`: certainly not carried out, and made again as the fault may pass
	 * - `refused`: certainly not carried out, made once
	 * - `doubt`: made once; the user is told that it may have been carried out, and how to check
	 */
	readonly write: 'right' | 'again' | 'refused' | 'doubt';
	/** The seconds that the server asks to wait before each further try. */
	readonly retryAfter?: number;
	/** Whether it tells that too many requests come. */
	readonly isBlock?: boolean;
	/** Seconds that a request may take, where the fault is about that. */
	readonly timeout?: number;
	/** The scenarios that do not have the fault. */
	readonly isUnknownTo?: (scenario: Scenario) => boolean;
}

/**
 * Seconds that a request may take where the fault is about that. They pass on the run's own clock;
 * n8n's HTTP client, which counts in real time, does not come to the end of them.
 */
export const TIMEOUT = 20;

/** Nothing is spoiled: what each run is held against. */
export const NOTHING: FaultCase = {
	name: 'Nothing',
	spoil: { at: 'answer', reaches: true, answer: (call) => send(call, call.own) },
	read: 'right',
	write: 'right',
};

/** The credential test of Rivilė, whose answer has two characters. */
const isGatewayTest = ({ service, place }: Scenario) => service === 'Rivilė' && place === 'editor';

const CONNECTION: FaultCase[] = [
	{
		name: 'The name is not known (ENOTFOUND)',
		spoil: { at: 'lookup', code: 'ENOTFOUND' },
		read: 'stops',
		write: 'refused',
	},
	{
		name: 'The name service does not answer (EAI_AGAIN)',
		spoil: { at: 'lookup', code: 'EAI_AGAIN' },
		read: 'again',
		write: 'again',
	},
	{ name: 'Connection refused', spoil: { at: 'port' }, read: 'again', write: 'again' },
	{
		name: 'A certificate that is not trusted',
		spoil: { at: 'handshake' },
		read: 'stops',
		write: 'refused',
	},
	{
		name: 'Connection reset before the request is read',
		spoil: { at: 'connection' },
		read: 'again',
		write: 'doubt',
	},
	{
		name: 'Connection reset before the answer',
		spoil: spoils(({ socket }) => void socket.resetAndDestroy()),
		read: 'again',
		write: 'doubt',
	},
	{
		name: 'Connection reset during the answer',
		spoil: spoils(async (call) => {
			await write(call, head(call.own, {}), half(call.own.body));
			await clientReads();
			call.socket.resetAndDestroy();
		}),
		read: 'again',
		write: 'doubt',
	},
	{
		name: 'Connection reset after the answer',
		spoil: spoils(async (call) => {
			await write(call, head(call.own, {}), call.own.body);
			await clientReads();
			call.socket.resetAndDestroy();
		}),
		read: 'right',
		write: 'right',
	},
	{
		name: 'No answer in time',
		spoil: spoils(async ({ wait }) => await wait(TIMEOUT)),
		timeout: TIMEOUT,
		read: 'again',
		write: 'doubt',
	},
	{
		name: 'Half an answer, then nothing more in time',
		spoil: spoils(async (call) => {
			await write(call, head(call.own, {}), half(call.own.body));
			await call.wait(TIMEOUT);
		}),
		timeout: TIMEOUT,
		read: 'again',
		write: 'doubt',
	},
	{
		name: 'An answer that trickles in and is not complete in time',
		spoil: spoils(async (call) => {
			await write(call, head(call.own, {}));
			// The client has given up by the tenth byte.
			for (const byte of call.own.body.subarray(0, 10)) {
				await write(call, Buffer.of(byte));
				await call.wait(TIMEOUT / 10);
			}
		}),
		timeout: TIMEOUT,
		read: 'again',
		write: 'doubt',
		// Its answer, `{}`, is complete in time.
		isUnknownTo: isGatewayTest,
	},
];

const CUT: FaultCase[] = [
	{
		name: 'Half an answer, then the end (with its length announced)',
		spoil: spoils(async (call) => {
			await write(call, head(call.own, { connection: 'close' }), half(call.own.body));
			call.socket.end();
		}),
		read: 'again',
		write: 'doubt',
	},
	{
		name: 'Half an answer, then the end (in chunks)',
		spoil: spoils(async (call) => {
			const part = half(call.own.body);
			const chunked = { 'content-length': '', 'transfer-encoding': 'chunked' };
			await write(call, head(call.own, chunked), `${part.length.toString(16)}\r\n`, part, '\r\n');
			call.socket.end();
		}),
		read: 'again',
		write: 'doubt',
	},
	{
		name: 'Half a document, sent as if it were whole',
		spoil: spoils((call) => send(call, { ...call.own, body: half(call.own.body) })),
		read: 'again',
		write: 'doubt',
	},
	{
		name: 'Compressed (gzip)',
		spoil: spoils((call) =>
			send(call, {
				...call.own,
				headers: { ...call.own.headers, 'content-encoding': 'gzip' },
				body: gzipSync(call.own.body),
			}),
		),
		read: 'right',
		write: 'right',
	},
	{
		name: 'Compressed, cut off',
		spoil: spoils((call) =>
			send(call, {
				...call.own,
				headers: { ...call.own.headers, 'content-encoding': 'gzip' },
				body: half(gzipSync(call.own.body)),
			}),
		),
		read: 'again',
		write: 'doubt',
		// Half of its answer unpacks to nothing, which may mean there that there are no rows.
		isUnknownTo: isGatewayTest,
	},
	{
		name: 'Said to be compressed, and is not',
		spoil: spoils((call) =>
			send(call, {
				...call.own,
				headers: { ...call.own.headers, 'content-encoding': 'gzip' },
			}),
		),
		read: 'again',
		write: 'doubt',
	},
];

const CONTENT: FaultCase[] = [
	...['text/plain', 'application/octet-stream', ''].map(
		(type): FaultCase => ({
			name: `The right answer as ${type === '' ? 'nothing' : type}`,
			row: 'The right answer under a wrong content type',
			spoil: spoils((call) =>
				send(call, { ...call.own, headers: type === '' ? {} : { 'content-type': type } }),
			),
			read: 'right',
			write: 'right',
		}),
	),
	{
		name: 'A web page with HTTP 200',
		spoil: keepsFrom((call) => send(call, { status: 200, headers: HTML, body: page('Sample') })),
		read: 'stops',
		write: 'doubt',
	},
	{
		name: 'Nothing with HTTP 200',
		spoil: keepsFrom((call) => send(call, { ...call.own, headers: {} })),
		read: 'again',
		write: 'doubt',
		// There it may mean that there are no rows: test/nodes/Rivile/call.test.cts.
		isUnknownTo: ({ service }) => service === 'Rivilė',
	},
	{
		name: 'An answer that is not HTTP',
		spoil: keepsFrom(async (call) => {
			await write(call, '220 Sample mail server\r\n');
			call.socket.end();
		}),
		read: 'again',
		write: 'doubt',
	},
];

const BUSY = [408, 429, 500, 502, 503, 504];

/** Rivilė's gateway means something of its own by each of the others. */
const rowOf = (status: number) => ([408, 500].includes(status) ? '408, 500' : String(status));

const busy = (status: number, retryAfter?: number): FaultCase => ({
	name: `HTTP ${status}${retryAfter === undefined ? '' : ` with Retry-After: ${retryAfter}`}`,
	row: `HTTP ${rowOf(status)}, with or without Retry-After`,
	spoil: keepsFrom((call) =>
		send(call, {
			status,
			headers: {
				...HTML,
				...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
			},
			body: page(String(status)),
		}),
	),
	read: 'again',
	write: 'doubt',
	...(retryAfter !== undefined && { retryAfter }),
	...(status === 429 && { isBlock: true }),
});

/** @param other gives an address on another host */
export const faults = (other: () => string): FaultCase[] => [
	...CONNECTION,
	...CUT,
	...CONTENT,
	...BUSY.map((status) => busy(status)),
	...BUSY.map((status) => busy(status, 7)),
	...[301, 302, 303, 307, 308].map(
		(status): FaultCase => ({
			name: `HTTP ${status} to another host`,
			row: 'A redirect to another host',
			spoil: keepsFrom((call) =>
				send(call, { status, headers: { location: other() }, body: Buffer.alloc(0) }),
			),
			read: 'stops',
			write: 'refused',
		}),
	),
	{
		name: 'The execution is stopped while it waits for the answer',
		spoil: spoils(({ stop }) => stop()),
		read: 'stops',
		write: 'doubt',
		// A poll is no execution yet, and in the editor there is none.
		isUnknownTo: ({ name, place }) => name === 'poll' || place === 'editor',
	},
];
