/**
 * 100 executions of 100 items at once, against services that spoil one call in twenty. Every item
 * has to be accounted for.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { IDataObject } from 'n8n-workflow';

import type * as Memory from '../../nodes/KlientuPortfelis/protocol/memory';
import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import { DOUBT } from './expected.cts';
import { pretendToSleep } from './runContext.cts';
import type { Ready, Report } from './services.cts';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await pretendToSleep(milliseconds),
}));

const ROOT = join(__dirname, '../..');
const ITEMS = 100;

let engine: Engine;
let services: ChildProcess;
let ready: Ready;

beforeAll(async () => {
	engine = await createEngine({ packageDir: ROOT });
	const tsx = pathToFileURL(require.resolve('tsx')).href;
	services = fork(join(__dirname, 'services.cts'), { execArgv: ['--import', tsx] });
	ready = await message<Ready>();
}, 60_000);

afterAll(async () => {
	services.disconnect();
	await engine.close();
});

const message = async <Message,>() =>
	await new Promise<Message>((resolve, reject) => {
		services.once('message', (value) => resolve(value as Message));
		services.once('exit', (code) => reject(new Error(`The services ended with ${code}`)));
	});

async function report(): Promise<Report> {
	const reported = message<Report>();
	services.send('report');
	return await reported;
}

/** What an item asks for, and what came of it. */
interface Account {
	readonly asked: string;
	readonly given: IDataObject;
}

/** One execution of one node over many items, which goes on where one of them fails. */
async function run(type: string, parameters: object, asked: readonly string[]): Promise<Account[]> {
	const node = {
		name: 'Node',
		type,
		parameters,
		onError: 'continueRegularOutput',
		credentials: {
			klientuPortfelisApi: { id: 'portfolio', name: 'Portfolio' },
			rivileApi: { id: 'gateway', name: 'Gateway' },
		},
	};
	const result = await engine.run(chain(node), {
		credentials: { portfolio: ready.portfolio, gateway: ready.gateway },
		pinData: { Start: asked.map((value) => ({ json: { asked: value } })) },
	});
	const items = result.items('Node');
	// One item in, one item out.
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(asked.map((_, item) => ({ item })));
	return items.map(({ json }, index) => ({ asked: asked[index] ?? '', given: json }));
}

const ASKED = '={{ $json.asked }}';

const create = async (codes: readonly string[]) =>
	await run(
		'klientuPortfelis',
		{
			resource: 'object',
			operation: 'create',
			listId: { __rl: true, mode: 'id', value: ready.listId },
			type: 'KEYWORD',
			code: ASKED,
		},
		codes,
	);

const get = async (ids: readonly string[]) =>
	await run(
		'klientuPortfelis',
		{ resource: 'object', operation: 'get', objectId: ASKED, simplify: false },
		ids,
	);

const getOperations = async (keys: readonly string[]) =>
	await run(
		'rivile',
		{
			resource: 'cashOperation',
			operation: 'getMany',
			simplify: false,
			filterMode: 'fields',
			filters: { conditions: [{ field: 'I04_KODAS_CH', operator: 'equal', value: ASKED }] },
		},
		keys,
	);

/** So many of them, from the beginning again at the end. */
const take = (values: ReadonlyArray<string | number>, count: number) =>
	Array.from({ length: count }, (_, index) => String(values[index % values.length]));

const codes = (name: string, count: number) =>
	Array.from({ length: count }, (_, index) => `${name} ${index}`);

/** So many executions at once. */
const atOnce = async (count: number, execute: (number: number) => Promise<Account[]>) =>
	(await Promise.all(Array.from({ length: count }, (_, number) => execute(number)))).flat();

const hasFailed = ({ given }: Account) => given.error !== undefined;

const descriptionOf = ({ given }: Account) => String(given.message);

test('every item of 100 executions is accounted for', async () => {
	const [written, read, operations] = await Promise.all([
		atOnce(40, async (number) => await create(codes(`vārds ${number}`, ITEMS))),
		atOnce(30, async () => await get(take(ready.objectIds, ITEMS))),
		atOnce(30, async () => await getOperations(take(ready.keys, ITEMS))),
	]);
	const { adding, added, logins, spoiled } = await report();
	expect(spoiled).toBeGreaterThan(300);

	// Reads are right or say why not; being tried four times, almost all are right.
	for (const { asked, given } of [...read, ...operations]) {
		if (given.error === undefined) expect(String(given.I04_KODAS_CH ?? given.id)).toBe(asked);
		else expect(given.error).toEqual(expect.any(String));
	}
	expect([...read, ...operations].filter(hasFailed).length).toBeLessThan(10);

	// Nothing is asked for twice.
	expect(Object.values(adding).filter((times) => times > 1)).toEqual([]);
	const inList = new Set(added);
	expect(inList.size).toBe(added.length);
	const failed = written.filter(hasFailed);
	const succeeded = written.filter((account) => !hasFailed(account));
	expect(failed.length).toBeGreaterThan(0);
	for (const { asked, given } of succeeded) expect(given.code).toBe(asked);
	expect(succeeded.filter(({ asked }) => !inList.has(asked))).toEqual([]);
	// Where nobody can tell, the message says so; there is no other way to add unseen.
	const doubtful = failed.filter((account) => descriptionOf(account).startsWith(DOUBT));
	const refused = failed.filter((account) => !doubtful.includes(account));
	expect(refused.filter(({ asked }) => inList.has(asked))).toEqual([]);
	const unseen = doubtful.filter(({ asked }) => inList.has(asked));
	expect(unseen.length).toBeGreaterThan(0);
	expect(added).toHaveLength(succeeded.length + unseen.length);

	expect(logins).toBeLessThanOrEqual(4);
}, 180_000);

test('ten rounds leave nothing behind in memory', async () => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const used: number[] = [];
	for (let round = 0; round < 10; round++) {
		await Promise.all([
			atOnce(3, async (number) => await create(codes(`round ${round} ${number}`, 20))),
			atOnce(3, async () => await get(take(ready.objectIds, 20))),
			atOnce(3, async () => await getOperations(take(ready.keys, 20))),
		]);
		// What has just ended is let go first.
		await new Promise((resolve) => setImmediate(resolve));
		collect();
		used.push(process.memoryUsage().heapUsed);
	}
	// The first rounds fill caches; a kilobyte a call would be more than this.
	expect((used[9] ?? 0) - (used[2] ?? 0)).toBeLessThan(1_000_000);
	const common = (await import(join(ROOT, 'dist/nodes/KlientuPortfelis/common.js'))) as Record<
		string,
		typeof Memory
	>;
	const memory = common['nodes/KlientuPortfelis/protocol/memory'];
	if (memory === undefined) throw new Error('The memory is not a common module');
	const { sessions, wsdls: descriptions } = memory;
	expect([...sessions.values()].map(({ login }) => login)).toEqual([undefined]);
	expect(descriptions.size).toBe(0);
}, 120_000);
