/** Several items at a time, and how long a call may take: the options of every operation. */
import { setTimeout as sleep } from 'node:timers/promises';

import { delayed } from '../../dev/simulators/klientuPortfelis.cts';
import { KlientuPortfelis } from '../../nodes/KlientuPortfelis/KlientuPortfelis.node';
import { Rivile } from '../../nodes/Rivile/Rivile.node';
import { byId, startTestRig, type TestRig } from './KlientuPortfelis/helpers.cts';

let bench: TestRig;
let listId: number;
let ids: number[];

beforeAll(async () => {
	bench = await startTestRig();
	listId = bench.simulator.seedList().id;
	ids = bench.simulator.seedObjects(listId, 12).map(({ id }) => id);
	// Log in beforehand, so that only the calls under test are counted.
	await bench.run({ resource: 'list', operation: 'getMany' });
});
afterAll(async () => await bench.stop());
afterEach(() => bench.simulator.clearOrders());

const read = { resource: 'object', operation: 'get', objectId: '={{ $json.id }}' };
const add = () => ({
	resource: 'object',
	operation: 'create',
	listId: byId(listId),
	type: 'KEYWORD',
	code: '={{ $json.code }}',
});
const batching = (batchSize: unknown, batchInterval?: unknown) => ({
	options: { batching: { batch: { batchSize, batchInterval } } },
});
const calls = (name: string) => bench.simulator.calls.filter((call) => call.function === name);

/** How many calls of a function wait for their answer at most, before the first is answered. */
async function heldAtOnce(
	name: 'get_object' | 'add_object',
	parameters: Record<string, unknown>,
	items: ReadonlyArray<Record<string, unknown>>,
): Promise<number> {
	const before = calls(name).length;
	let open = () => {};
	const gate = new Promise<void>((resolve) => {
		open = resolve;
	});
	bench.simulator.answerNext({ function: name, times: items.length, ...delayed(gate) });
	const run = bench.run(parameters, items);
	let count = -1;
	// No more calls come when none came for a while.
	while (count < calls(name).length || count < 1) {
		count = calls(name).length - before;
		await sleep(150);
		if (count > 0 && count === calls(name).length - before) break;
	}
	open();
	const result = await run;
	expect(result.items('Node')).toHaveLength(items.length);
	return count;
}

describe('Items per Batch', () => {
	const wanted = () => ids.map((id) => ({ id }));
	const words = (start: string) => Array.from({ length: 3 }, (_, n) => ({ code: `${start}${n}` }));

	test.each([
		['five of what reads, unless told', {}, 5],
		['so many', batching(3), 3],
		['all with -1', batching(-1), 12],
		['one with 0', batching(0), 1],
		['an expression', batching('={{ 4 }}'), 4],
	])('%s', async (_name, options, count) => {
		expect(await heldAtOnce('get_object', { ...read, ...options }, wanted())).toBe(count);
	});

	test('one of what writes, unless told', async () => {
		bench.simulator.seedList();
		const keywords = bench.simulator.seedList({ type: 'KEYWORDS' }).id;
		const list = { listId: byId(keywords) };
		expect(await heldAtOnce('add_object', { ...add(), ...list }, words('a'))).toBe(1);
		expect(await heldAtOnce('add_object', { ...add(), ...list, ...batching(2) }, words('b'))).toBe(
			2,
		);
	});

	test('the output is in the order of the input, with the pairs', async () => {
		// The first answers come last.
		bench.simulator.answerNext({ function: 'get_object', times: 2, ...delayed(100) });
		const result = await bench.run({ ...read, ...batching(6) }, wanted());
		const items = result.items('Node');
		expect(items.map(({ json }) => json.id)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	test('an item that is refused leaves its batch alone', async () => {
		const items = [{ id: ids[0] }, { id: 999_999 }, { id: ids[2] }];
		const settings = { onError: 'continueRegularOutput' };
		const result = await bench.run({ ...read, ...batching(3) }, items, settings);
		const [first, second, third] = result.items('Node').map(({ json }) => json);
		expect(first).toMatchObject({ id: ids[0] });
		expect(second).toMatchObject({ error: 'The object was not found' });
		expect(third).toMatchObject({ id: ids[2] });
	});

	test('an item that stops the workflow lets its batch end, and no other begin', async () => {
		const before = calls('get_object').length;
		const items = [{ id: 999_999 }, ...wanted()];
		const result = await bench.run({ ...read, ...batching(4) }, items);
		expect(result.nodeError('Node')).toMatchObject({
			message: 'The object was not found',
			context: { itemIndex: 0 },
		});
		expect(calls('get_object')).toHaveLength(before + 4);
	});

	test.each([
		[batching('many'), "'Items per Batch' is not a whole number"],
		[batching(2, -5), "'Batch Interval' is not a whole number"],
		[batching(2, 9_999_999), "'Batch Interval' is too long"],
		[{ options: { timeout: 0 } }, "'Timeout' is out of range: 0"],
		[{ options: { timeout: 4000 } }, "'Timeout' is out of range: 4000"],
	])('%j is refused before anything is sent', async (options, message) => {
		const before = bench.simulator.calls.length;
		const result = await bench.run({ ...read, ...options }, [{ id: ids[0] }]);
		expect(result.nodeError('Node')?.message).toContain(message);
		expect(bench.simulator.calls).toHaveLength(before);
	});
});

describe('an execution that is stopped midway', () => {
	/** What the items say, and how many writes arrived, when a call of this function is held and stopped. */
	async function stoppedDuring(name: 'login' | 'add_object', batchSize: number, after: number) {
		const keywords = bench.simulator.seedList({ type: 'KEYWORDS' }).id;
		const before = calls('add_object').length;
		const heldBefore = calls(name).length;
		let open = () => {};
		const gate = new Promise<void>((resolve) => {
			open = resolve;
		});
		if (after > 0) bench.simulator.answerNext({ function: name, times: after, ...delayed(0) });
		bench.simulator.answerNext({ function: name, times: batchSize, ...delayed(gate) });
		const stop = new AbortController();
		const run = bench.run(
			{ ...add(), listId: byId(keywords), ...batching(batchSize) },
			Array.from({ length: 10 }, (_, n) => ({ code: `vārds ${n}` })),
			{ onError: 'continueRegularOutput', signal: stop.signal },
		);
		const wanted = heldBefore + (name === 'login' ? 1 : after + batchSize);
		while (calls(name).length < wanted) await sleep(5);
		stop.abort();
		const items = (await run).json('Node').map((json) => JSON.stringify(json));
		open();
		return {
			// What is refused for want of a session does not count: it is sent again after the login.
			sent: calls('add_object')
				.slice(before)
				.filter(({ code }) => code === null).length,
			inDoubt: items.flatMap((text, n) => (text.includes('may have been made') ? [n] : [])),
			notSent: items.flatMap((text, n) => (text.includes('was not sent') ? [n] : [])),
			count: items.length,
		};
	}

	test.each([
		[1, 4, { sent: 5, inDoubt: [4], notSent: [5, 6, 7, 8, 9] }],
		[3, 3, { sent: 6, inDoubt: [3, 4, 5], notSent: [6, 7, 8, 9] }],
		[10, 0, { sent: 10, inDoubt: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], notSent: [] }],
	])('%d at a time: in doubt is what was sent', async (batchSize, after, expected) => {
		const outcome = await stoppedDuring('add_object', batchSize, after);
		expect(outcome).toEqual({ ...expected, count: 10 });
	});

	test('during the login that all share: nothing is in doubt', async () => {
		bench.simulator.forgetSessions();
		expect(await stoppedDuring('login', 10, 0)).toMatchObject({ sent: 0, inDoubt: [], count: 10 });
	});
});

test('Timeout ends the wait for an answer, and says how long it was', async () => {
	bench.simulator.answerNext({ function: 'add_list', ...delayed(3000) });
	const create = { resource: 'list', operation: 'create', name: 'Lēns', type: 'PERSONS' };
	const result = await bench.run({ ...create, options: { timeout: 1 } });
	expect(result.nodeError('Node')).toMatchObject({
		message: 'Klientu Portfelis did not respond within 1 second',
		description: expect.stringContaining('may have been made'),
	});
});

describe.each([new KlientuPortfelis(), new Rivile()])(
	'$description.displayName',
	({ description }) => {
		const operations = description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) =>
				options.map((option) => [
					String(displayOptions?.show?.resource?.[0]),
					'value' in option ? String(option.value) : '',
				]),
			);

		test.each(operations)(
			'%s %s has one collection of options, with both',
			(resource, operation) => {
				const collections = description.properties.filter(
					({ name, displayOptions }) =>
						name === 'options' &&
						displayOptions?.show?.resource?.includes(resource) === true &&
						displayOptions.show.operation?.includes(operation) === true,
				);
				const names = collections.map(({ options = [] }) => options.map(({ name }) => name));
				expect(names).toEqual([expect.arrayContaining(['batching', 'timeout'])]);
			},
		);
	},
);
