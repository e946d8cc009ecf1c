/** A representative dozen of hostile answers on their way through n8n's engine. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { createEngine, type Engine, type RunResult } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import { guardPrototypes, object } from './reading.cts';
import { credentialsFor, startRawServer, type RawAnswer, type RawServer } from './rawServer.cts';

const MB = 1024 * 1024;

let engine: Engine;
let server: RawServer;
let credentials: Awaited<ReturnType<typeof credentialsFor>>;

beforeAll(async () => {
	engine = await createEngine({ packageDir: join(__dirname, '../..') });
	server = await startRawServer();
	credentials = await credentialsFor(server);
});
afterAll(async () => {
	await engine.close();
	await server.stop();
});
guardPrototypes();

const NODES = {
	klientuPortfelis: { resource: 'object', operation: 'get', objectId: 1, simplify: false },
	rivile: { resource: 'cashOperation', operation: 'getMany', simplify: false },
} as const;

async function run(node: keyof typeof NODES, answer: RawAnswer): Promise<RunResult> {
	server.answer = answer;
	const type = `n8n-nodes-klientu-portfelis-rivile.${node}`;
	const credential = { [`${node}Api`]: { id: node, name: node } };
	const workflow = chain({ name: 'Node', type, parameters: NODES[node], credentials: credential });
	return await engine.run(workflow, { credentials });
}

const XML = ['Content-Type: text/xml; charset=utf-8'];
const whole = (fields: string) => object(`<id>1</id>${fields}`);
const rows = (columns: string) =>
	`<RET_DOK><I04><I04_KODAS_CH>1</I04_KODAS_CH>${columns}</I04></RET_DOK>`;

/** An object that only JSON.parse makes: with `__proto__` as a name of its own. */
const NAMES = '"__proto__":{"polluted":"1"},"constructor":{"prototype":{"polluted":"1"}}';
const DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>';
const REPEATED = `<x>${'<i href="#a"/>'.repeat(50_000)}</x><y id="a">${'<b>1</b>'.repeat(10_000)}</y>`;

describe('Klientu Portfelis', () => {
	test.each<[string, RawAnswer, string]>([
		['an entity bomb', { body: DOCTYPE + whole('<a>&b;</a>') }, 'not well-formed'],
		['10,000 elements deep', { body: whole('<a>'.repeat(10_000)) }, 'not well-formed'],
		['references that unfold', { body: whole(REPEATED) }, 'too many references to itself'],
		[
			'bytes that are no text',
			{ headers: XML, body: Buffer.from([0x3c, 0xff, 0x3e]) },
			'not valid utf-8',
		],
		[
			'a gzip of nothing',
			{ headers: ['Content-Encoding: gzip'], body: 'no gzip' },
			'cannot be decompressed',
		],
		['100 MB', { body: Buffer.alloc(100 * MB, '<a/>') }, 'longer than 64 MB'],
		[
			'100 MB in 100 kB',
			{ headers: ['Content-Encoding: gzip'], body: gzipSync(Buffer.alloc(100 * MB)) },
			'longer than 64 MB',
		],
		['60 MB of elements', { body: whole('<a/>'.repeat(15 * MB)) }, 'is too large to read'],
		[
			'a code that is a name',
			{ body: whole('').replace('<success>true', '<code>constructor</code><success>false') },
			'The service refused the request',
		],
	])(
		'%s: a message',
		async (_name, answer, message) => {
			const { status, error } = await run('klientuPortfelis', answer);
			expect(status).toBe('error');
			expect(error?.message).toContain(message);
			expect(error?.description).toBeTruthy();
		},
		120_000,
	);

	test.each<[string, RawAnswer, object]>([
		[
			'gzip',
			{ headers: [...XML, 'Content-Encoding: gzip'], body: gzipSync(whole('<a>ķ</a>')) },
			{ a: 'ķ' },
		],
		[
			'UTF-16',
			{ headers: XML, body: Buffer.from(`\ufeff${whole('<a>ķ</a>')}`, 'utf16le') },
			{ a: 'ķ' },
		],
		[
			'names of prototypes',
			{ body: whole('<__proto__><polluted>1</polluted></__proto__><constructor>1</constructor>') },
			{ constructor: '1' },
		],
	])('%s: the right item', async (_name, answer, fields) => {
		const result = await run('klientuPortfelis', answer);
		expect(result.error).toBeUndefined();
		expect(result.json('Node')).toEqual([{ id: 1, ...fields }]);
	});
});

describe('Rivilė', () => {
	test.each<[string, RawAnswer, string]>([
		['an entity bomb', { body: DOCTYPE + rows('<a>&b;</a>') }, 'not valid XML'],
		['10,000 lists deep', { body: '['.repeat(10_000) }, 'not valid JSON'],
		[
			'words 50 records deep',
			{ body: `{"errors":[{"text":"Blogai"},${'{"message":'.repeat(50)}{}${'}'.repeat(50)}]}` },
			'Rivilė refused the request: Blogai',
		],
		['100 MB', { body: Buffer.alloc(100 * MB, '[') }, 'longer than 64 MB'],
		['60 MB of objects', { body: `[${'{},'.repeat(20 * MB)}{}]` }, 'is too large'],
		['a number that is none', { body: '{"I04":{"I04_SUMA":NaN}}' }, 'not valid JSON'],
	])(
		'%s: a message',
		async (_name, answer, message) => {
			const { status, error } = await run('rivile', answer);
			expect(status).toBe('error');
			expect(error?.message).toContain(message);
			expect(error?.description).toBeTruthy();
		},
		120_000,
	);

	test.each<[string, RawAnswer, object]>([
		[
			'windows-1257',
			{
				headers: ['Content-Type: application/xml; charset=windows-1257'],
				body: Buffer.from(rows('<I04_PAV>\u00e0</I04_PAV>'), 'latin1'),
			},
			{ I04_PAV: 'ą' },
		],
		[
			'names of prototypes',
			{ body: `{"I04":{"I04_KODAS_CH":"1",${NAMES}}}` },
			{ constructor: { prototype: { polluted: '1' } } },
		],
		[
			'a number beyond all',
			{ body: '{"I04":{"I04_KODAS_CH":"1","I04_SUMA":1e400}}' },
			{ I04_SUMA: '1e400' },
		],
	])('%s: the right item', async (_name, answer, columns) => {
		const result = await run('rivile', answer);
		expect(result.error).toBeUndefined();
		expect(result.json('Node')).toEqual([{ I04_KODAS_CH: '1', ...columns }]);
	});
});
