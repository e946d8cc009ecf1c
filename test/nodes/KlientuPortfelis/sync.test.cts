/** List → Sync, row by row of what it promises. */
import { setTimeout as sleep } from 'node:timers/promises';

import { delayed, droppedConnection } from '../../../dev/simulators/klientuPortfelis.cts';
import { byId, startTestRig, TYPE, type TestRig } from './helpers.cts';
import { actions, codeOf, SyncedList, type Company, type Given } from './syncedList.cts';

let rig: TestRig;
const lists: SyncedList[] = [];

beforeAll(async () => {
	rig = await startTestRig();
});
afterAll(async () => await rig.stop());
afterEach(() => {
	for (const list of lists.splice(0)) list.remove();
});

function seeded(...companies: Company[]): SyncedList {
	const list = new SyncedList(rig, companies);
	lists.push(list);
	return list;
}

const companies = (count: number, from = 0): Company[] =>
	Array.from({ length: count }, (_, n) => ({ code: codeOf(from + n) }));

describe('a run', () => {
	test('adds what is missing, changes what differs and leaves the rest', async () => {
		const list = seeded(
			{ code: codeOf(1), clientId: 'A' },
			{ code: codeOf(2), clientId: 'B' },
			{ code: codeOf(3) },
		);
		const items = [
			{ code: codeOf(1), clientId: 'A' },
			{ code: codeOf(2), clientId: 'C' },
			{ code: codeOf(4), clientId: 'D', phone: '67000000' },
		];
		expect(await list.rows(items)).toEqual([
			{
				code: codeOf(1),
				type: 'COMPANY',
				name: `SIA ${codeOf(1)}`,
				id: expect.any(Number),
				action: 'unchanged',
				dryRun: false,
			},
			expect.objectContaining({ code: codeOf(2), action: 'updated' }),
			{
				code: codeOf(4),
				type: 'COMPANY',
				name: expect.stringContaining('SIA'),
				id: expect.any(Number),
				action: 'created',
				dryRun: false,
			},
			{
				code: codeOf(3),
				type: null,
				name: `SIA ${codeOf(3)}`,
				id: expect.any(Number),
				action: 'absent',
				dryRun: false,
			},
		]);
		expect(list.content).toEqual({
			[codeOf(1)]: { clientId: 'A', phone: '' },
			[codeOf(2)]: { clientId: 'C', phone: '' },
			[codeOf(3)]: { clientId: '', phone: '' },
			[codeOf(4)]: { clientId: 'D', phone: '67000000' },
		});
		const written = list.takeWrites().map(({ function: name, parameters }) => [name, parameters]);
		expect(written).toEqual([
			['add_object', expect.objectContaining({ code: codeOf(4), type: 'COMPANY' })],
			['update_object', expect.objectContaining({ client_id: 'D', phone: '67000000' })],
			['update_object', expect.not.objectContaining({ phone: expect.anything() })],
		]);
		await list.rows(items);
		expect(list.takeWrites()).toEqual([]);
	});

	test('pairs each item with the input item of its code, and the others with the first', async () => {
		const list = seeded({ code: codeOf(1) }, { code: codeOf(9) });
		const items = [{ code: codeOf(2) }, { code: codeOf(1) }, {}];
		const result = await list.sync(items);
		const pairs = result.items('Node').map(({ json, pairedItem }) => [json.code, pairedItem]);
		expect(pairs).toEqual([
			[codeOf(2), { item: 0 }],
			[codeOf(1), { item: 1 }],
			['', { item: 2 }],
			[codeOf(9), { item: 0 }],
		]);
	});

	test('takes the codes of a CRM however they are written, the last item of a code counting', async () => {
		const list = seeded({ code: codeOf(1), clientId: 'A' });
		const rows = await list.rows([
			{ code: `LV${codeOf(1)}`, clientId: 'B' },
			{ code: codeOf(1).slice(2), clientId: 'C' },
			{ code: `${codeOf(2).slice(0, 4)} ${codeOf(2).slice(4)}` },
			{ code: Number(codeOf(1)), clientId: 'D' },
		]);
		expect(actions(rows)).toEqual([
			[codeOf(1), 'refused'],
			[codeOf(1), 'refused'],
			[codeOf(2), 'created'],
			[codeOf(1), 'updated'],
		]);
		expect(rows[0]?.reason).toContain('Item 3 means the same object');
		expect(list.content[codeOf(1)]).toMatchObject({ clientId: 'D' });
	});

	test('works on each list that the items name', async () => {
		const [first, second] = [seeded({ code: codeOf(1) }), seeded({ code: codeOf(2) })];
		const items = [
			{ code: codeOf(3), list: first.list.id },
			{ code: codeOf(3), list: second.list.id },
			{ code: codeOf(2), list: second.list.id },
		];
		const rows = await first.rows(items, { listId: byId('={{ $json.list }}'), absent: 'report' });
		expect(actions(rows)).toEqual([
			[codeOf(3), 'created'],
			[codeOf(3), 'created'],
			[codeOf(2), 'unchanged'],
			[codeOf(1), 'absent'],
		]);
		expect(Object.keys(second.content)).toEqual([codeOf(2), codeOf(3)]);
	});

	test('refuses what the service refuses, with its reason, and goes on', async () => {
		const list = seeded();
		const rows = await list.rows([{ code: '40000000014' }, { code: codeOf(1) }]);
		expect(actions(rows)).toEqual([
			['40000000014', 'refused'],
			[codeOf(1), 'created'],
		]);
		expect(rows[0]).toMatchObject({ reason: expect.stringContaining('liquidated') });
	});

	test('treats 2013 as an object that somebody else has just added', async () => {
		const list = seeded({ code: codeOf(1) });
		const items = [{ code: codeOf(2), clientId: 'B' }, { code: codeOf(1) }];
		const added = { code: codeOf(2), clientId: 'A' };
		const result = await list.seedAfterRead(added, async () => await list.sync(items));
		expect(actions(result.json('Node'))).toEqual([
			[codeOf(2), 'updated'],
			[codeOf(1), 'unchanged'],
		]);
		expect(list.content[codeOf(2)]).toMatchObject({ clientId: 'B' });
	});
});

describe('Objects Not in the Input', () => {
	test.each([
		[
			'report',
			[
				[codeOf(1), 'unchanged'],
				[codeOf(9), 'absent'],
			],
			2,
		],
		['keep', [[codeOf(1), 'unchanged']], 2],
		[
			'delete',
			[
				[codeOf(1), 'unchanged'],
				[codeOf(9), 'deleted'],
			],
			1,
		],
	])('%s', async (absent, expected, left) => {
		const list = seeded({ code: codeOf(1) }, { code: codeOf(9) });
		const options = { maxDeletions: 100 };
		expect(actions(await list.rows([{ code: codeOf(1) }], { absent, options }))).toEqual(expected);
		expect(list.list.objects.size).toBe(left);
	});

	test('deletes from this list only', async () => {
		const [list, other] = [seeded(), seeded()];
		const object = list.seed({ code: codeOf(9) });
		rig.simulator.portfolio.putIn(object, other.list);
		list.seed({ code: codeOf(1) });
		await list.rows([{ code: codeOf(1) }], { absent: 'delete', options: { maxDeletions: 50 } });
		expect(Object.keys(list.content)).toEqual([codeOf(1)]);
		expect(Object.keys(other.content)).toEqual([codeOf(9)]);
	});

	test.each([
		['without a code', {}],
		['with an empty code', { code: ' ' }],
		['with a code that is none', { code: '4000' }],
	])('an item %s is refused, and nothing is deleted in that run', async (_name, item) => {
		const list = seeded({ code: codeOf(1) }, { code: codeOf(9) });
		const options = { maxDeletions: 100 };
		const rows = await list.rows([item, { code: codeOf(2) }], { absent: 'delete', options });
		expect(rows.map(({ action }) => action)).toEqual(['refused', 'created', 'absent', 'absent']);
		expect(rows[0]?.reason).toContain('No object is deleted');
		expect(list.takeWrites().map((call) => call.function)).toEqual(['add_object']);
	});

	test('no input items, or empty ones, delete nothing', async () => {
		const list = seeded({ code: codeOf(1) });
		const options = { maxDeletions: 100 };
		expect(await list.rows([], { absent: 'delete', options })).toEqual([]);
		const rows = await list.rows([{}, {}], { absent: 'delete', options });
		expect(rows.map(({ action }) => action)).toEqual(['refused', 'refused', 'absent']);
		expect(list.takeWrites()).toEqual([]);
	});

	test('a refused item keeps the object that it means', async () => {
		const list = seeded({ code: codeOf(1) }, { code: codeOf(2) });
		const items = [{ code: codeOf(1), clientId: 'x'.repeat(256) }, { code: codeOf(2) }];
		const options = { maxDeletions: 100 };
		const rows = await list.rows(items, { absent: 'delete', options });
		expect(rows.map(({ action }) => action)).toEqual(['refused', 'unchanged']);
		expect(rows[0]?.reason).toContain("'Client ID' is too long");
		expect(list.list.objects.size).toBe(2);
	});
});

describe('Max Deletions', () => {
	const input = [...companies(7), { code: codeOf(50) }];
	const more = { absent: 'delete' };

	test.each([true, false])(
		'more than 20 %% of the list: nothing is written (Dry Run: %s)',
		async (dryRun) => {
			const list = seeded(...companies(10));
			const result = await list.sync(input, { ...more, dryRun });
			expect(result.nodeError('Node')).toMatchObject({
				message: `The sync would delete 3 of the 10 objects in list ${list.list.id}`,
				description: expect.stringContaining('at least 30'),
			});
			expect(list.takeWrites()).toEqual([]);
		},
	);

	test('with On Error set to continue, the rows say it', async () => {
		const list = seeded(...companies(10));
		const rows = await list.rows(input, more, { onError: 'continueRegularOutput' });
		const byAction = rows.map(({ action }) => action);
		expect(byAction.filter((action) => action === 'unchanged')).toHaveLength(7);
		expect(byAction.filter((action) => action === 'refused')).toHaveLength(4);
		expect(list.takeWrites()).toEqual([]);
	});

	test('so much, and no more, is deleted', async () => {
		const list = seeded(...companies(10));
		const rows = await list.rows(input, { ...more, options: { maxDeletions: 30 } });
		expect(rows.filter(({ action }) => action === 'deleted')).toHaveLength(3);
	});

	test.each([101, -1, 'many'])('%p is refused', async (maxDeletions) => {
		const list = seeded(...companies(1));
		const result = await list.sync(input, { ...more, options: { maxDeletions } });
		expect(result.nodeError('Node')?.message).toContain("'Max Deletions (%)'");
		expect(list.takeCalls()).toEqual([]);
	});
});

describe('Compare Details', () => {
	const items = [
		{ code: codeOf(1), phone: '2' },
		{ code: codeOf(2), clientId: 'B' },
	];

	test('off: details of objects that are there are neither read nor written', async () => {
		const list = seeded({ code: codeOf(1), phone: '1' }, { code: codeOf(2), clientId: 'B' });
		expect(actions(await list.rows(items))).toEqual([
			[codeOf(1), 'unchanged'],
			[codeOf(2), 'unchanged'],
		]);
		expect(list.takeCalls().map((call) => call.function)).not.toContain('get_object');
	});

	test('on: one read for each object whose details are asked for', async () => {
		const list = seeded({ code: codeOf(1), phone: '1' }, { code: codeOf(2), clientId: 'B' });
		const rows = await list.rows(items, { options: { compareDetails: true } });
		expect(actions(rows)).toEqual([
			[codeOf(1), 'updated'],
			[codeOf(2), 'unchanged'],
		]);
		const calls = list.takeCalls();
		expect(calls.filter((call) => call.function === 'get_object')).toHaveLength(1);
		expect(list.content[codeOf(1)]).toMatchObject({ phone: '2' });
	});
});

describe('Dry Run', () => {
	test('is on unless the person turned it off, and shows what a run would do', async () => {
		const list = seeded(...companies(10));
		const items = [...companies(8), { code: codeOf(20) }];
		const parameters = list.parameters({ absent: 'delete' });
		delete parameters.dryRun;
		const result = await rig.run(parameters, items);
		const dry = result.json('Node');
		expect(dry.every(({ dryRun }) => dryRun === true)).toBe(true);
		expect(list.takeWrites()).toEqual([]);
		expect(result.hints('Node')[0]?.message).toContain('1 created, 0 updated, 2 deleted');
		const real = await list.rows(items, { absent: 'delete' });
		expect(actions(real)).toEqual(actions(dry));
		expect(list.list.objects.size).toBe(9);
	});

	test('is offered neither as an expression nor to an agent', () => {
		const { properties } = rig.engine.nodeType(TYPE).description;
		const fields = properties.filter(({ name }) => name === 'dryRun');
		expect(fields).toEqual([expect.objectContaining({ noDataExpression: true, default: true })]);
	});

	test.each([
		'={{ false }}',
		'=false',
		'false',
		'={{ $json.dryRun }}',
		"={{ $fromAI('dryRun', '', 'boolean') }}",
	])('cannot be turned off by an expression: %s', async (dryRun) => {
		const list = seeded();
		const result = await list.sync([{ code: codeOf(1), dryRun: false }], { dryRun });
		expect(result.nodeError('Node')?.message).toContain("'Dry Run' holds an expression");
		expect(list.takeCalls()).toEqual([]);
	});
});

describe('Batching', () => {
	/** How many additions wait for their response at most, before the first has come. */
	async function heldAtOnce(options: object): Promise<number> {
		const list = seeded();
		let open = () => {};
		const gate = new Promise<void>((resolve) => {
			open = resolve;
		});
		rig.simulator.answerNext({ function: 'add_object', times: 12, ...delayed(gate) });
		const running = list.sync(companies(12), { options });
		const added = () =>
			rig.simulator.calls.filter(
				({ function: name, parameters }) =>
					name === 'add_object' && parameters.list_id === list.list.id,
			).length;
		let count = -1;
		while (count < 1 || count < added()) {
			count = added();
			await sleep(100);
		}
		open();
		expect((await running).json('Node')).toHaveLength(12);
		return count;
	}
	const batch = (batchSize: number, batchInterval = 0) => ({
		batching: { batch: { batchSize, batchInterval } },
	});

	test.each([
		['five writes at a time, unless told', {}, 5],
		['so many', batch(3), 3],
		['one after the other', batch(1), 1],
		['all with -1', batch(-1), 12],
		['with a pause between batches', batch(4, 1), 4],
	])('%s', async (_name, options, count) => {
		expect(await heldAtOnce(options)).toBe(count);
	});

	test('makes additions first, then changes, then deletions', async () => {
		const list = seeded({ code: codeOf(1) }, { code: codeOf(2) }, { code: codeOf(3) });
		const items = [{ code: codeOf(1), clientId: 'A' }, { code: codeOf(4) }, { code: codeOf(5) }];
		await list.rows(items, { absent: 'delete', options: { ...batch(-1), maxDeletions: 100 } });
		expect(list.takeWrites().map((call) => call.function)).toEqual([
			'add_object',
			'add_object',
			'update_object',
			'delete_object',
			'delete_object',
		]);
	});
});

describe('a run that stops midway', () => {
	const items = companies(20);
	const continues = { onError: 'continueRegularOutput' };

	test('stops at a full portfolio and names what is left', async () => {
		const list = seeded();
		rig.simulator.answerNext({ function: 'add_object', times: 10, ...delayed(0) });
		rig.simulator.failNext({ function: 'add_object', code: 1004 });
		const result = await list.sync(items);
		const error = result.nodeError('Node');
		expect(error?.message).toContain('The sync stopped midway: The portfolio');
		expect(error?.description).toMatch(/Done: 1\d created, 0 updated, 0 deleted\./);
		const added = list.takeWrites().filter(({ performed }) => performed);
		expect(error?.description).toContain(`Done: ${added.length} created`);
		expect(error?.description).toContain(`Not done (${20 - added.length})`);
		expect(
			actions(await list.rows(items)).filter(([, action]) => action === 'created'),
		).toHaveLength(20 - added.length);
		expect(list.list.objects.size).toBe(20);
	});

	test('names the changes that may have been made', async () => {
		const list = seeded();
		rig.simulator.answerNext({ function: 'add_object', ...droppedConnection(), performed: true });
		const error = (await list.sync(items)).nodeError('Node');
		expect(error?.description).toContain(`May have been done (1): ${codeOf(0)}`);
		await list.rows(items);
		const added = list.takeWrites().filter(({ performed }) => performed);
		expect(added.map(({ parameters }) => parameters.code).sort()).toEqual(
			items.map(({ code }) => code),
		);
	});

	test('names objects that were added without their details', async () => {
		const list = seeded();
		const order = { function: 'update_object', ...droppedConnection() } as const;
		rig.simulator.answerNext(order);
		const item = { code: codeOf(1), phone: '1' };
		const error = (await list.sync([item])).nodeError('Node');
		expect(error?.description).toContain('Done: 1 created');
		expect(error?.description).toContain(`in the next run (1): ${codeOf(1)}`);
		expect(error?.description).not.toContain('Not done');
		list.remove();
		rig.simulator.answerNext(order);
		const other = seeded();
		expect(await other.rows([item], {}, continues)).toEqual([
			expect.objectContaining({
				action: 'created',
				reason: expect.stringContaining("Turn on 'Compare Details'"),
			}),
		]);
		await other.rows([item], { options: { compareDetails: true } });
		expect(other.content[codeOf(1)]).toMatchObject({ phone: '1' });
	});

	test('with On Error set to continue, passes over single faults but deletes nothing', async () => {
		const list = seeded({ code: codeOf(99) });
		rig.simulator.answerNext({ function: 'add_object', ...droppedConnection() });
		const options = { maxDeletions: 100 };
		const rows = await list.rows(items, { absent: 'delete', options }, continues);
		const refused = rows.filter(({ action }) => action === 'refused');
		expect(refused).toEqual([
			expect.objectContaining({ reason: expect.stringContaining('may have been made') }),
			expect.objectContaining({ code: codeOf(99), reason: expect.stringContaining('Not deleted') }),
		]);
		expect(list.list.objects.size).toBe(20);
	});

	test('with On Error set to the error output, that is where failures go', async () => {
		const list = seeded();
		rig.simulator.answerNext({ function: 'add_object', ...droppedConnection() });
		const result = await list.sync(items, {}, { onError: 'continueErrorOutput' });
		expect(result.json('Node', 0)).toHaveLength(19);
		expect(result.json('Node', 1)).toEqual([
			{ code: codeOf(0), error: expect.any(String), message: expect.stringContaining('may have') },
		]);
	});

	test('gives up when the service fails ten times in a row', async () => {
		const list = seeded();
		const many = companies(60);
		rig.simulator.answerNext({ function: 'add_object', times: 60, ...droppedConnection() });
		const rows = await list.rows(many, {}, continues);
		expect(rows.filter(({ action }) => action === 'refused')).toHaveLength(60);
		const sent = list.takeWrites().length;
		expect(sent).toBeGreaterThanOrEqual(10);
		expect(sent).toBeLessThanOrEqual(14);
	});

	test('a cancelled execution leaves a true report', async () => {
		const list = seeded();
		const gate = new Promise<void>(() => {});
		rig.simulator.answerNext({ function: 'add_object', times: 5, ...delayed(0) });
		rig.simulator.answerNext({
			function: 'add_object',
			times: 5,
			...delayed(gate),
			performed: true,
		});
		const stop = new AbortController();
		const running = list.sync(items, {}, { ...continues, signal: stop.signal });
		const sent = () =>
			rig.simulator.calls.filter(
				({ function: name, parameters }) =>
					name === 'add_object' && parameters.list_id === list.list.id,
			).length;
		while (sent() < 10) await sleep(2);
		stop.abort();
		const rows = (await running).json('Node');
		const reasons = rows.map(({ reason }) => String(reason ?? ''));
		expect(rows.filter(({ action }) => action === 'created')).toHaveLength(5);
		expect(reasons.filter((text) => text.includes('may have been made'))).toHaveLength(5);
		expect(reasons.filter((text) => text.startsWith('Not done'))).toHaveLength(10);
	});

	test.each([2008, 1002] as const)('%d while the list is read fails for all', async (code) => {
		const list = seeded();
		rig.simulator.failNext({ function: 'get_objects', code });
		const result = await list.sync(items, {}, continues);
		expect(result.json('Node')).toHaveLength(20);
		expect(list.takeWrites()).toEqual([]);
	});
});

test.each([
	['absent', 'remove'],
	['options', { compareDetails: 'perhaps' }],
	['listId', byId('')],
] as Array<[string, unknown]>)(
	'%s of %p is refused before anything is sent',
	async (name, value) => {
		const list = seeded();
		const more: Given = { [name]: value };
		const result = await list.sync([{ code: codeOf(1) }], more);
		expect(result.status).toBe('error');
		expect(list.takeCalls()).toEqual([]);
	},
);
