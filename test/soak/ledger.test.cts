/** The accounts of a trigger find what is lost, doubled or invented. */
import fc from 'fast-check';

import type { Engine } from '../../dev/engine/harness.cts';
import { Ledger } from './ledger.cts';
import { Poller } from './pollers.cts';

function ledgerOf(...ids: number[]): Ledger {
	const ledger = new Ledger();
	for (const id of ids) ledger.expect(id, `event ${id}`);
	return ledger;
}

test('what came out once is accounted for', () => {
	const ledger = ledgerOf(1, 2);
	expect([ledger.emit(2), ledger.emit(1)]).toEqual([undefined, undefined]);
	expect(ledger.lost()).toEqual([]);
	expect(ledger.emitted).toBe(2);
});

test('an event that is lost is named, once', () => {
	const ledger = ledgerOf(1, 2, 3);
	ledger.emit(1);
	ledger.emit(3);
	expect(ledger.lost()).toEqual(['event 2 never came out']);
	expect(ledger.lost()).toEqual([]);
});

test('an event that is doubled is named', () => {
	const ledger = ledgerOf(1);
	ledger.emit(1);
	expect(ledger.emit(1)).toBe('event 1 came out twice');
});

test('an event that the service did not have is named, and so is an item without a number', () => {
	const ledger = ledgerOf(1);
	expect(ledger.emit(2)).toMatch(/^number 2 came out/);
	expect(ledger.emit(NaN)).toMatch(/^number NaN came out/);
});

test('what is gone may come out, but once', () => {
	const ledger = ledgerOf(1, 2);
	ledger.excuse(1);
	ledger.excuse(2);
	expect(ledger.emit(1)).toBeUndefined();
	expect(ledger.emit(1)).toBe('event 1 came out twice');
	expect(ledger.lost()).toEqual([]);
});

test('what was settled long ago is forgotten, and still may not come out again', () => {
	const ledger = ledgerOf(1, 2, 30_000);
	ledger.emit(1);
	ledger.forgetOld();
	expect(ledger.lost()).toEqual(['event 2 never came out', 'event 30000 never came out']);
	expect(ledger.emit(1)).toMatch(/^number 1 came out/);
});

test('any deviation from once each is found, and nothing else', () => {
	const deliveries = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 });
	fc.assert(
		fc.property(deliveries, (times) => {
			const ledger = ledgerOf(...times.keys());
			const doubled = times.flatMap((count, id) =>
				Array.from({ length: count }, () => ledger.emit(id)).filter((found) => found !== undefined),
			);
			expect(doubled).toHaveLength(times.reduce((sum, count) => sum + Math.max(count - 1, 0), 0));
			expect(ledger.lost()).toHaveLength(times.filter((count) => count === 0).length);
		}),
	);
});

describe('a poller', () => {
	/** An engine whose polls give these numbers, or fail, and leave this state. */
	const engineThat = (poll: (staticData: object) => number[]): Engine => {
		const fake = {
			poll: async (_type: string, { staticData }: { staticData: object }) => [
				poll(staticData).map((id) => ({ json: { id } })),
			],
		};
		return fake as unknown as Engine;
	};
	const pollerOf = (ledger: Ledger) =>
		new Poller({
			name: 'Trigger',
			type: 'rivileTrigger',
			parameters: {},
			ledger,
			idOf: ({ id }) => Number(id),
		});

	test('finds one event that a trigger drops, and one that it doubles', async () => {
		const poller = pollerOf(ledgerOf(1, 2, 3));
		const { findings, emitted } = await poller.poll(
			engineThat(() => [1, 3, 3]),
			{},
		);
		expect(emitted).toBe(3);
		expect(findings).toEqual(['Trigger: event 3 came out twice']);
		expect(poller.lost()).toEqual(['Trigger: event 2 never came out']);
	});

	test('finds an event that comes out again after a restart', async () => {
		const poller = pollerOf(ledgerOf(1));
		const engine = engineThat(() => [1]);
		await poller.poll(engine, {});
		poller.restart();
		expect((await poller.poll(engine, {})).findings).toEqual(['Trigger: event 1 came out twice']);
	});

	test('goes on after a restart with the state that was stored', async () => {
		const poller = pollerOf(ledgerOf());
		const seen: unknown[] = [];
		const engine = engineThat((staticData) => {
			seen.push({ ...staticData });
			Object.assign(staticData, { cursor: { polls: seen.length, gone: undefined } });
			return [];
		});
		await poller.poll(engine, {});
		poller.restart();
		await poller.poll(engine, {});
		expect(seen).toStrictEqual([{}, { cursor: { polls: 1 } }]);
	});

	test('finds a state that is too long, and one that a failed poll changed', async () => {
		const poller = pollerOf(ledgerOf());
		const long = await poller.poll(
			engineThat((staticData) => {
				Object.assign(staticData, { cursor: 'ā'.repeat(32_000) });
				return [];
			}),
			{},
		);
		expect(long.findings).toEqual(['Trigger: its state takes 64013 bytes']);
		const failed = await poller.poll(
			engineThat((staticData) => {
				Object.assign(staticData, { cursor: '' });
				throw new Error('No answer');
			}),
			{},
		);
		expect(failed.findings).toEqual(['Trigger: a failed poll changed the state']);
		expect(failed.failure).toContain('No answer');
	});
});
