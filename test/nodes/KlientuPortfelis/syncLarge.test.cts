/** A long sync with a service that fails now and then. */
import { startTestRig, type TestRig } from './helpers.cts';
import { codeOf, expectTrue, SyncedList, verifyQuickly } from './syncedList.cts';

let rig: TestRig;

beforeAll(async () => {
	rig = await startTestRig({ verify: verifyQuickly });
});
afterAll(async () => await rig.stop());

/** One in twenty, of each kind in turn. */
const FAULTS = ['lost', 'lostButDone', 'crash', 'breakdown', 'unknown'];
const often = (writes: number) =>
	Array.from({ length: writes }, (_, n) =>
		n % 20 === 7 ? (FAULTS[(n / 20) % FAULTS.length | 0] ?? 'fine') : 'fine',
	);

test('the report of 2,000 rows with 5 % faults is what the service did, line by line', async () => {
	const old = Array.from({ length: 900 }, (_, n) => ({ code: codeOf(n), clientId: 'alt' }));
	const list = new SyncedList(rig, old);
	// 300 are as they should be, 500 differ, 1,200 are missing; 100 are not asked for any more.
	const items = Array.from({ length: 2000 }, (_, n) => ({
		code: codeOf(n + 100),
		clientId: n < 300 ? 'alt' : 'neu',
	}));
	const more = { absent: 'delete' };
	const settings = { onError: 'continueRegularOutput' };
	list.order({ add_object: often(1200), update_object: often(1700) });

	const rows = await list.rows(items, more, settings);
	const writes = list.takeWrites();
	expect(rows).toHaveLength(2100);
	expectTrue(rows, writes);
	const count = (action: string) => rows.filter((row) => row.action === action).length;
	expect(count('unchanged')).toBe(300);
	expect(count('refused')).toBeGreaterThan(100);
	// Where something failed nothing is deleted.
	expect(writes.filter((call) => call.function === 'delete_object')).toEqual([]);
	expect(list.list.objects.size).toBeGreaterThan(2000);

	rig.simulator.clearOrders();
	const rest = await list.rows(items, { ...more, options: { compareDetails: true } });
	expectTrue(rest, list.takeWrites());
	expect(Object.keys(list.content).sort()).toEqual(items.map(({ code }) => code).sort());
	const wrong = items.filter(({ code, clientId }) => list.content[code]?.clientId !== clientId);
	expect(wrong).toEqual([]);
}, 180_000);
