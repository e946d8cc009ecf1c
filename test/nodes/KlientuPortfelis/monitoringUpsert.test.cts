/** Monitoring → Create or Update. */
import * as fc from 'fast-check';

import { hasSettings } from '../../../nodes/KlientuPortfelis/protocol/portfolio/monitoring';
import { byId, startTestRig, type TestRig } from './helpers.cts';

describe('on n8n', () => {
	let rig: TestRig;
	let listId: number;

	beforeAll(async () => {
		rig = await startTestRig();
	});
	afterAll(async () => await rig.stop());
	beforeEach(() => {
		listId = rig.simulator.seedList().id;
		rig.simulator.seedObjects(listId, 1);
	});

	const settings = (more: object = {}) => ({
		resource: 'monitoring',
		operation: 'upsert',
		listId: byId(listId),
		emails: 'anna@example.com, janis@example.com',
		emptyMail: false,
		period: 'D',
		startDate: '2026-01-01T00:00:00',
		services: ['SV_ADDRESS', 'SV_NAME'],
		...more,
	});
	async function upsert(more: object = {}) {
		const before = rig.simulator.calls.length;
		const result = await rig.run(settings(more));
		expect(result.nodeError('Node')?.message).toBeUndefined();
		const calls = rig.simulator.calls.slice(before).map((call) => call.function);
		return { item: result.json('Node')[0] ?? {}, calls: calls.filter((name) => name !== 'login') };
	}
	const available = () =>
		rig.run({ resource: 'monitoring', operation: 'getServices', listId: byId(listId) });

	test('creates, leaves alone, and changes what differs', async () => {
		const services = (await available()).json('Node').map(({ type }) => String(type));
		const [first = '', second = ''] = services;
		const chosen = { services: [first, second] };
		const created = await upsert(chosen);
		expect(created.item).toMatchObject({ action: 'created', list_id: listId, period: 'D' });
		expect(created.calls).toEqual(['get_list_monitoring', 'add_list_monitoring']);

		const same = { services: [second, first], emails: ['JANIS@example.com', 'anna@example.com'] };
		const unchanged = await upsert(same);
		expect(unchanged.item).toMatchObject({ action: 'unchanged', list_id: listId });
		expect(unchanged.calls).toEqual(['get_list_monitoring']);

		for (const change of [
			{ services: [first] },
			{ emails: 'anna@example.com' },
			{ emptyMail: true },
			{ period: 'W' },
			{ startDate: '2026-02-01T00:00:00' },
			{ additionalFields: { endDate: '2026-12-31T00:00:00' } },
		]) {
			await upsert(chosen);
			const updated = await upsert({ ...chosen, ...change });
			expect(updated.item).toMatchObject({ action: 'updated' });
			expect(updated.calls).toEqual(['get_list_monitoring', 'update_list_monitoring']);
			expect((await upsert({ ...chosen, ...change })).item).toMatchObject({ action: 'unchanged' });
		}
	});

	test('a setting that is missing is refused before anything is sent', async () => {
		const before = rig.simulator.calls.length;
		const result = await rig.run(settings({ emails: '={{ "" }}' }));
		expect(result.nodeError('Node')?.message).toBe("'Emails' is empty");
		expect(rig.simulator.calls).toHaveLength(before);
	});
});

describe('hasSettings', () => {
	const address = fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com');
	const service = fc.constantFrom('SV_A', 'SV_B', 'SV_C');
	const date = fc.constantFrom('2026-01-01', '2026-02-01');
	const wanted = fc.record({
		email: fc.uniqueArray(address, { minLength: 1 }),
		empty_mail: fc.boolean(),
		period: fc.constantFrom('D', 'W'),
		start_date: date,
		services: fc.uniqueArray(service, { minLength: 1 }),
		end_date: fc.option(date, { nil: undefined }),
	});
	type Wanted = typeof wanted extends fc.Arbitrary<infer Value> ? Value : never;

	/** As the service gives it, in any order. */
	const monitoring = (settings: Wanted, turned: boolean) => {
		const inOrder = (texts: readonly string[]) => (turned ? [...texts].reverse() : [...texts]);
		return {
			email: inOrder(settings.email).join(turned ? '; ' : ','),
			empty_email: settings.empty_mail,
			period: settings.period,
			start_date: settings.start_date,
			end_date: settings.end_date ?? null,
			services: inOrder(settings.services).map((type) => ({ type, name: `Pakalpojums ${type}` })),
		};
	};
	const parameters = ({ end_date, ...settings }: Wanted) =>
		end_date === undefined ? settings : { ...settings, end_date };

	test('holds exactly for the same settings, in any order', () => {
		fc.assert(
			fc.property(wanted, wanted, fc.boolean(), (a, b, turned) => {
				const sorted = (settings: Wanted) =>
					JSON.stringify({
						...settings,
						email: [...settings.email].sort(),
						services: [...settings.services].sort(),
					});
				const isSame = sorted(a) === sorted(b);
				expect(hasSettings(monitoring(a, turned), parameters(b))).toBe(isSame);
				expect(hasSettings(monitoring(a, turned), parameters(a))).toBe(true);
			}),
		);
	});
});
