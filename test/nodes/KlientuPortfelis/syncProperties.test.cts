/** What holds for every sync: from any list, with any input, whatever fails on the way. */
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../dev/simulators/klientuPortfelis.cts';
import { startTestRig, type TestRig } from './helpers.cts';
import {
	codeOf,
	expectTrue,
	ORDERS,
	SyncedList,
	verifyQuickly,
	WRITES,
	type Company,
} from './syncedList.cts';

let rig: TestRig;

beforeAll(async () => {
	rig = await startTestRig({ verify: verifyQuickly });
});
afterAll(async () => await rig.stop());

type Item = { code?: string; clientId?: string; phone?: string };
type Content = Record<string, { clientId?: string; phone?: string }>;

interface Scenario {
	readonly before: readonly Company[];
	readonly items: readonly Item[];
	readonly absent: 'report' | 'keep' | 'delete';
	readonly compareDetails: boolean;
}

const number = fc.integer({ min: 0, max: 14 });
const detail = fc.constantFrom('', 'A', 'B');
const company: fc.Arbitrary<Company> = fc.record({
	code: number.map(codeOf),
	clientId: detail,
	phone: detail,
});
const written = number
	.map(codeOf)
	.chain((code) =>
		fc.constantFrom(code, code, `LV${code}`, `${code.slice(0, 4)}-${code.slice(4)}`, code.slice(2)),
	);
const item: fc.Arbitrary<Item> = fc.record(
	{ code: written, clientId: detail, phone: detail },
	{ requiredKeys: ['code'] },
);
const badItem: fc.Arbitrary<Item> = fc.constantFrom({}, { code: '' }, { code: '123' });
const scenario = fc.record({
	before: fc.uniqueArray(company, { selector: ({ code }) => code, maxLength: 10 }),
	items: fc.array(fc.oneof({ weight: 20, arbitrary: item }, { weight: 1, arbitrary: badItem }), {
		minLength: 1,
		maxLength: 12,
	}),
	absent: fc.constantFrom('report' as const, 'keep' as const, 'delete' as const),
	compareDetails: fc.boolean(),
});

/** The code with 11 digits that an item means, if it means one. */
function meaning({ code = '' }: Item, { before, items }: Scenario): string | undefined {
	const digits = code.replace(/\D/g, '');
	const codes = [...before, ...items].map((one) => (one.code ?? '').replace(/\D/g, ''));
	return codes.find((one) => one.length === 11 && (one === digits || one.slice(2) === digits));
}

const contentOf = (companies: readonly Company[]): Content =>
	Object.fromEntries(companies.map(({ code, ...details }) => [code, details]));

/** What the list shall hold in the end, found in another way than the node does. */
function target(given: Scenario): Content {
	const { before, items, absent, compareDetails } = given;
	const content = contentOf(before);
	const meant = new Map(items.map((one) => [meaning(one, given), one]));
	const isClear = !meant.has(undefined);
	meant.delete(undefined);
	for (const [code, { clientId, phone }] of meant) {
		if (code === undefined) continue;
		const known = content[code];
		const mayWrite = known === undefined || compareDetails;
		content[code] = {
			clientId: clientId ?? known?.clientId ?? '',
			phone: (mayWrite ? phone : undefined) ?? known?.phone ?? '',
		};
	}
	if (absent !== 'delete' || !isClear) return content;
	return Object.fromEntries(Object.entries(content).filter(([code]) => meant.has(code)));
}

const optionsOf = ({ absent, compareDetails }: Scenario, maxDeletions = 100) => ({
	absent,
	options: { compareDetails, maxDeletions },
});

const known = (rows: IDataObject[]) =>
	rows.map(({ code, type, action, reason }) => ({ code, type, action, reason }));

/** Runs a check on a list that nothing else shares. */
async function onList<Result>(
	before: readonly Company[],
	check: (list: SyncedList) => Promise<Result>,
): Promise<Result> {
	const list = new SyncedList(rig, before);
	try {
		return await check(list);
	} finally {
		list.remove();
	}
}

test('a sync ends in the target state as its dry run said, and the next one writes nothing', async () => {
	await fc.assert(
		fc.asyncProperty(scenario, async (given) => {
			await onList(given.before, async (list) => {
				const dry = await list.rows(given.items, { ...optionsOf(given), dryRun: true });
				expect(list.takeWrites()).toEqual([]);
				const real = await list.rows(given.items, optionsOf(given));
				expect(known(real)).toEqual(known(dry));
				expect(list.content).toEqual(target(given));
				expectTrue(real, list.takeWrites());
				const again = await list.rows(given.items, optionsOf(given));
				expect(list.takeWrites()).toEqual([]);
				const actions = new Set(again.map(({ action }) => action));
				expect(['created', 'updated', 'deleted'].some((action) => actions.has(action))).toBe(false);
			});
		}),
		{ numRuns: 40 },
	);
}, 300_000);

const kind = fc.oneof(
	{ weight: 6, arbitrary: fc.constant('fine') },
	{ weight: 3, arbitrary: fc.constantFrom(...Object.keys(ORDERS)) },
);
const faults = fc.record({
	add_object: fc.array(kind, { maxLength: 8 }),
	update_object: fc.array(kind, { maxLength: 8 }),
	delete_object: fc.array(kind, { maxLength: 8 }),
});

/** Nothing but the old and the new is in the list. */
function expectBetween(now: Content, given: Scenario): void {
	const [before, after] = [contentOf(given.before), target(given)];
	for (const [code, { clientId }] of Object.entries(now)) {
		expect([before, after].some((content) => code in content)).toBe(true);
		expect([before[code]?.clientId, after[code]?.clientId, '']).toContain(clientId);
	}
	for (const code of Object.keys(before)) if (code in after) expect(now).toHaveProperty(code);
}

test('whatever fails, the report is what the service did, and the next run does the rest once', async () => {
	await fc.assert(
		fc.asyncProperty(scenario, faults, async (given, ordered) => {
			await onList(given.before, async (list) => {
				list.order(ordered);
				const settings = { onError: 'continueRegularOutput' };
				const rows = await list.rows(given.items, optionsOf(given), settings);
				const first = list.takeWrites();
				expectTrue(rows, first);
				expectBetween(list.content, given);
				rig.simulator.clearOrders();
				// Objects that were added without their details need Compare Details to get them.
				const whole = { ...given, compareDetails: true };
				await list.rows(given.items, optionsOf(whole));
				expect(list.content).toEqual(target(whole));
				expectOnce([...first, ...list.takeWrites()]);
			});
		}),
		{ numRuns: 40 },
	);
}, 300_000);

/** Nothing was added or deleted twice. */
function expectOnce(writes: readonly Call[]): void {
	const done = writes
		.filter((call) => call.performed && call.function !== 'update_object')
		.map(({ function: name, parameters }) => `${name} ${String(parameters.code ?? parameters.id)}`);
	expect(done).toEqual([...new Set(done)]);
}

test('a run that stops with an error counts what the service did, and names what is open', async () => {
	await fc.assert(
		fc.asyncProperty(scenario, faults, async (given, ordered) => {
			await onList(given.before, async (list) => {
				list.order(ordered);
				const result = await list.sync(given.items, optionsOf(given));
				const writes = list.takeWrites();
				const error = result.nodeError('Node');
				if (error === undefined) return expectTrue(result.json('Node'), writes);
				const text = String(error.description);
				const [, created, , deleted] = (
					/Done: (\d+) created, (\d+) updated, (\d+) deleted/.exec(text) ?? []
				).map(Number);
				const uncertain = Number(/May have been done \((\d+)\)/.exec(text)?.[1] ?? 0);
				const done = (name: string) =>
					writes.filter((call) => call.function === name && call.performed).length;
				expect(created).toBeLessThanOrEqual(done('add_object'));
				expect(deleted).toBeLessThanOrEqual(done('delete_object'));
				const counted = Number(created) + Number(deleted) + uncertain;
				expect(counted).toBeGreaterThanOrEqual(done('add_object') + done('delete_object'));
				expectBetween(list.content, given);
			});
		}),
		{ numRuns: 30 },
	);
}, 300_000);

test('a cancelled execution leaves a true report', async () => {
	const stoppedAt = fc.integer({ min: 0, max: 12 });
	await fc.assert(
		fc.asyncProperty(scenario, stoppedAt, async (given, at) => {
			await onList(given.before, async (list) => {
				const stop = new AbortController();
				const seen = rig.simulator.calls.length;
				const watch = setInterval(() => {
					const writes = rig.simulator.calls
						.slice(seen)
						.filter(({ function: name }) => WRITES.has(name));
					if (writes.length >= at) stop.abort();
				}, 1);
				const settings = { onError: 'continueRegularOutput', signal: stop.signal };
				const result = await list.sync(given.items, optionsOf(given), settings);
				clearInterval(watch);
				// What was under way may still arrive at the service.
				await new Promise((resolve) => setTimeout(resolve, 30));
				const rows = result.json('Node');
				if (rows.every(({ action }) => action !== undefined)) expectTrue(rows, list.takeWrites());
				expectBetween(list.content, given);
			});
		}),
		{ numRuns: 20 },
	);
}, 300_000);
