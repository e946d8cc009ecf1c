/** What holds for every plan: carried out, it gives the list that is asked for, and nothing else. */
import fc from 'fast-check';

import { compareWith } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/compare';
import {
	planSync,
	type ListedObject,
	type PlanOptions,
	type SyncItem,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/plan';
import { codeOf, company } from './companies.cts';

const LIST = 7;
const OPTIONS = { maxDeletions: 100, timezone: 'UTC' };

const number = fc.integer({ min: 1, max: 9 });
const clientId = fc.constantFrom('A', 'B');
const objects = fc.uniqueArray(
	fc.tuple(number, clientId).map(([id, client_id]) => company(id, { client_id })),
	{ selector: ({ id }) => id, maxLength: 9 },
);

/** A code as people write it. */
const written = number
	.map(codeOf)
	.chain((code) =>
		fc.constantFrom<unknown>(code, `LV${code}`, ` ${code.slice(0, 5)}-${code.slice(5)}`, +code),
	);
const items = fc
	.array(fc.record({ code: written, client_id: fc.option(clientId, { nil: undefined }) }))
	.map((all) =>
		all.map(
			({ code, client_id }, itemIndex): SyncItem => ({
				itemIndex,
				code,
				type: 'COMPANY',
				details: client_id === undefined ? {} : { client_id },
			}),
		),
	);
const modes = fc.constantFrom<PlanOptions['absent']>('report', 'keep', 'delete');

const digitsOf = (code: unknown) => String(code).replace(/\D/g, '');

type Content = Record<string, unknown>;

const contentOf = (list: readonly ListedObject[]): Content =>
	Object.fromEntries(list.map(({ code, client_id }) => [code, client_id]));

async function planFor(
	list: readonly ListedObject[],
	wanted: readonly SyncItem[],
	absent: PlanOptions['absent'],
) {
	const state = { listId: LIST, objects: list, items: wanted, compared: new Map() };
	return (await planSync([state], { ...OPTIONS, absent })).rows;
}

/** The list after the writes of a plan, done as the service does them. */
function carriedOut(list: readonly ListedObject[], rows: Awaited<ReturnType<typeof planFor>>) {
	let next = 100;
	const after = new Map(list.map((object) => [object.id, object]));
	for (const { step } of rows) {
		if (step?.kind === 'add') {
			const client_id = step.details.client_id ?? null;
			const { code } = step.parameters;
			after.set(next, { ...company(next++, { client_id }), code, virtual_id: null });
		}
		if (step?.kind === 'delete') expect(after.delete(step.id)).toBe(true);
		const known = step?.kind === 'update' ? after.get(step.id) : undefined;
		if (step?.kind === 'update') after.set(step.id, { ...known, ...step.changes } as ListedObject);
	}
	return [...after.values()];
}

/** What the list shall hold, found in another way than the plan finds it. */
function target(list: readonly ListedObject[], wanted: readonly SyncItem[], mode: string): Content {
	const before = contentOf(list);
	const last = new Map(wanted.map((item) => [digitsOf(item.code), item.details.client_id]));
	const asked = [...last].map(([code, client]) => [code, client ?? before[code] ?? null]);
	return { ...(mode === 'delete' ? {} : before), ...Object.fromEntries(asked) };
}

test('a plan leads to what is asked for, with the fewest writes, and a second one has none', async () => {
	await fc.assert(
		fc.asyncProperty(objects, items, modes, async (list, wanted, mode) => {
			const rows = await planFor(list, wanted, mode);
			const after = carriedOut(list, rows);
			expect(contentOf(after)).toEqual(target(list, wanted, mode));
			const again = await planFor(after, wanted, mode);
			expect(again.filter(({ step }) => step !== undefined)).toEqual([]);
			const [before, now] = [contentOf(list), contentOf(after)];
			const codes = new Set([...Object.keys(before), ...Object.keys(now)]);
			const differing = [...codes].filter((code) => before[code] !== now[code] || !(code in now));
			const isNew = [...codes].filter((code) => !(code in before) && now[code] === undefined);
			const writes = rows.filter(({ step }) => step !== undefined);
			expect(writes).toHaveLength(new Set([...differing, ...isNew]).size);
		}),
	);
});

test('each item has its row, in its order, and each object exactly one row that is not refused', async () => {
	await fc.assert(
		fc.asyncProperty(objects, items, modes, async (list, wanted, mode) => {
			const rows = await planFor(list, wanted, mode);
			const ofItems = rows.slice(0, wanted.length).map(({ item }) => item?.itemIndex);
			expect(ofItems).toEqual(wanted.map(({ itemIndex }) => itemIndex));
			const ids = rows
				.filter(({ action }) => action !== 'refused')
				.flatMap(({ object }) => object?.id ?? []);
			expect(ids.sort()).toEqual([...new Set(ids)]);
			const asked = new Set(wanted.map(({ code }) => digitsOf(code)));
			const expected = list.filter(({ code }) => mode !== 'keep' || asked.has(String(code)));
			expect(ids).toEqual(expected.map(({ id }) => id).sort());
		}),
	);
});

test('the rest is just the objects that no item means, also when a number fits several objects', async () => {
	const short = number.map((end) => codeOf(end).slice(2));
	const list = fc.uniqueArray(
		fc.tuple(number, fc.option(short)).map(([id, virtual_id]) => company(id, { virtual_id })),
		{ selector: ({ id }) => id, maxLength: 9 },
	);
	const codes = fc.array(fc.oneof(written, short), { maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(list, codes, fc.constantFrom('report', 'delete'), async (all, given, mode) => {
			const wanted = given.map((code, itemIndex) => ({
				itemIndex,
				code,
				type: 'COMPANY',
				details: {},
			}));
			const rows = await planFor(all, wanted, mode);
			const asked = new Set(given.map(digitsOf));
			const rest = all.filter((one) => !asked.has(String(one.code)));
			expect(rows.slice(given.length).map(({ object }) => object?.id)).toEqual(
				rest.filter((one) => !asked.has(String(one.virtual_id))).map(({ id }) => id),
			);
		}),
	);
});

test('a comparison has each code once, on the side where it is', async () => {
	await fc.assert(
		fc.asyncProperty(objects, fc.array(written), async (list, codes) => {
			const others = codes.map((code, at) => ({ code, at }));
			const compared = await compareWith(list, others);
			const listed = list.map(({ code }) => String(code));
			const given = [...new Set(codes.map(digitsOf))];
			expect(compared.map(({ code, side }) => [digitsOf(code), side])).toEqual([
				...given.map((code) => [code, listed.includes(code) ? 'both' : 'onlyOther']),
				...listed.filter((code) => !given.includes(code)).map((code) => [code, 'onlyList']),
			]);
			for (const { code, object, others: same } of compared) {
				expect(same).toEqual(others.filter((one) => digitsOf(one.code) === digitsOf(code)));
				expect(object).toBe(list.find((one) => one.code === digitsOf(code)));
			}
		}),
	);
});
