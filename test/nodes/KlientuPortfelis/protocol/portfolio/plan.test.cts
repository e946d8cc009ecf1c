/** What a sync is going to do with each code, and when it does nothing at all. */
import {
	objectsMeant,
	planSync,
	reasonOf,
	reportOf,
	type ListedObject,
	type ListState,
	type PlanOptions,
	type Row,
	type SyncItem,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/plan';
import { Fault } from '../../../../../nodes/shared/fault';
import { codeOf, companies, company } from './companies.cts';

const LIST = 7;

const item = (itemIndex: number, code: unknown, more: Partial<SyncItem> = {}): SyncItem => ({
	itemIndex,
	type: 'COMPANY',
	code,
	details: {},
	...more,
});

const state = (
	objects: readonly ListedObject[],
	items: readonly SyncItem[],
	more: Partial<ListState> = {},
): ListState => ({ listId: LIST, objects, items, compared: new Map(), ...more });

const planOf = (states: readonly ListState[], options: Partial<PlanOptions> = {}) =>
	planSync(states, { absent: 'report', maxDeletions: 100, timezone: 'UTC', ...options });

/** The plan for one list. */
const plan = (
	objects: readonly ListedObject[],
	items: readonly SyncItem[],
	options: Partial<PlanOptions> = {},
) => planOf([state(objects, items)], options);

const actionsOf = ({ rows }: { rows: readonly Row[] }) =>
	rows.map(({ action, item: of, object }) => [of?.itemIndex ?? '-', object?.id ?? '-', action]);

describe('a code that no object of the list has', () => {
	test('is added, with all that the item says', async () => {
		const details = { client_id: 'A', phone: '67000000' };
		const wanted = item(0, codeOf(1), { name: 'SIA', checkUr: true, details });
		const parameters = {
			list_id: LIST,
			code: codeOf(1),
			type: 'COMPANY',
			name: 'SIA',
			check_ur: true,
		};
		expect(await plan([], [wanted])).toStrictEqual({
			rows: [
				{
					listId: LIST,
					item: wanted,
					action: 'created',
					step: { kind: 'add', parameters, details },
				},
			],
		});
	});

	test.each([
		['as it is written', 'PERSON', ' 010190-12345 ', '010190-12345'],
		['without what the service does not take', 'COMPANY', `LV ${codeOf(1)}`, codeOf(1)],
		['as a text', 'COMPANY', Number(codeOf(1)), codeOf(1)],
		['as a keyword', 'KEYWORD', ' Alfa - 2 ', 'Alfa - 2'],
	])('is sent %s', async (_name, type, code, sent) => {
		const {
			rows: [row],
		} = await plan([], [item(0, code, { type })]);
		expect(row?.step).toMatchObject({ kind: 'add', parameters: { code: sent } });
	});

	test.each<[string, Partial<SyncItem>, string]>([
		['no code', { code: undefined }, "'Code' is empty"],
		['no type', { type: undefined }, "'Type' is empty"],
		['a code of another type', { type: 'EST_COMPANY' }, 'registration number of 8 digits'],
		['details that the service does not take', { details: { phone: 'x'.repeat(300) } }, "'Phone'"],
		['a switch that is none', { checkUr: 'maybe' }, 'must be true or false'],
	])('is refused with %s', async (_name, more, reason) => {
		const wanted = item(0, codeOf(1), more);
		const { rows } = await plan([], [wanted]);
		expect(rows).toEqual([
			{
				listId: LIST,
				item: wanted,
				action: 'refused',
				reason: expect.stringContaining(reason),
				isUnclear: expect.any(Boolean),
			},
		]);
	});
});

describe('a code that an object of the list has', () => {
	test('is left as it is when nothing differs', async () => {
		const object = company(1, { client_id: ' A ' });
		const wanted = item(0, codeOf(1), { details: { client_id: 'A' } });
		expect(await plan([object], [wanted])).toStrictEqual({
			rows: [{ listId: LIST, item: wanted, object, action: 'unchanged' }],
		});
	});

	test('is changed in what differs, of the details that the list knows', async () => {
		const object = company(1, { client_id: 'A' });
		const wanted = item(0, codeOf(1), { details: { client_id: 'B', phone: '1' } });
		expect(await plan([object], [wanted])).toStrictEqual({
			rows: [
				{
					listId: LIST,
					item: wanted,
					object,
					action: 'updated',
					step: { kind: 'update', id: 1, changes: { client_id: 'B' } },
				},
			],
		});
	});

	test('is changed in every detail that differs from the whole object, if that was read', async () => {
		const details = { client_id: 'B', phone: '1', email: 'a@example.com' };
		const whole = { client_id: 'B', phone: '2', email: 'a@example.com', user_address: null };
		const compared = new Map([[1, whole]]);
		const { rows } = await planOf([
			state([company(1)], [item(0, codeOf(1), { details })], { compared }),
		]);
		expect(rows[0]?.step).toEqual({ kind: 'update', id: 1, changes: { phone: '1' } });
	});

	test('is refused, and its object kept, when the service would not take the change', async () => {
		const wanted = item(0, codeOf(1), { details: { client_id: 'x'.repeat(300) } });
		const { rows } = await plan([company(1)], [wanted], { absent: 'delete' });
		expect(rows).toStrictEqual([
			{
				listId: LIST,
				item: wanted,
				object: company(1),
				action: 'refused',
				reason: expect.stringContaining("'Client ID' is too long"),
			},
		]);
	});

	test('is refused, and all its objects kept, when several have it', async () => {
		const twins = [company(1), company(2, { virtual_id: codeOf(1).slice(2) }), company(3)];
		const result = await plan(twins, [item(0, codeOf(1).slice(2))], { absent: 'delete' });
		expect(actionsOf(result)).toEqual([
			[0, 1, 'refused'],
			['-', 3, 'deleted'],
		]);
		expect(result.rows[0]?.reason).toBe(
			"'Code' fits 2 objects of the list. Change the object by its ID (Object → Update). The IDs are: 1, 2.",
		);
	});

	test('is refused, and all its objects kept, also when other items are clear', async () => {
		const short = codeOf(1).slice(2);
		const objects = [company(1), company(2, { virtual_id: short }), company(3), company(4)];
		const items = [item(0, short), item(1, codeOf(3))];
		expect(actionsOf(await plan(objects, items, { absent: 'delete' }))).toEqual([
			[0, 1, 'refused'],
			[1, 3, 'unchanged'],
			['-', 4, 'deleted'],
		]);
	});
});

describe('items that mean the same', () => {
	const ways: Array<[string, unknown]> = [
		['with spaces', `${codeOf(1).slice(0, 4)} ${codeOf(1).slice(4)}`],
		['as a VAT number', `LV${codeOf(1)}`],
		['as a number', Number(codeOf(1))],
		['with nine digits', codeOf(1).slice(2)],
	];

	describe.each([
		['an object', [company(1)], 'unchanged'],
		['no object yet', [], 'created'],
	])('%s', (_name, objects, action) => {
		test.each(ways)('%s: the last one counts', async (_way, code) => {
			const items = [item(3, codeOf(1)), item(4, codeOf(2)), item(5, code)];
			const { rows } = await plan(objects, items, { absent: 'delete' });
			expect(rows.map((row) => row.action)).toEqual(['refused', 'created', action]);
			expect(rows[0]).toStrictEqual({
				listId: LIST,
				item: items[0],
				action: 'refused',
				reason:
					'Item 5 means the same object. Remove one of the two: the last one counts. n8n counts items from 0.',
				...(objects[0] && { object: objects[0] }),
			});
			const reversed = await plan(objects, [item(3, code), item(5, codeOf(1))]);
			expect(reversed.rows.map((row) => row.action)).toEqual(['refused', action]);
		});
	});

	test('a number with nine digits is sent in full when another item has it', async () => {
		const { rows } = await plan([], [item(0, codeOf(1)), item(1, codeOf(1).slice(2))]);
		expect(rows[1]?.step).toMatchObject({ parameters: { code: codeOf(1) } });
		expect(rows[1]?.item).toMatchObject({ code: codeOf(1), itemIndex: 1 });
	});

	test('a number with nine digits means the object of the list that has it, not another item', async () => {
		const short = company(9, { code: codeOf(1).slice(2), virtual_id: null });
		const items = [item(0, codeOf(1)), item(1, codeOf(1).slice(2))];
		expect(actionsOf(await plan([short], items))).toEqual([
			[0, '-', 'created'],
			[1, 9, 'unchanged'],
		]);
	});

	test('items without a code do not mean an object that has none, or no number', async () => {
		const objects = [company(1, { virtual_id: null }), company(2, { code: null })];
		const items = [item(0, '', { details: { client_id: 'B' } }), item(1, codeOf(1))];
		expect(actionsOf(await plan(objects, items, { absent: 'delete' }))).toEqual([
			[0, '-', 'refused'],
			[1, 1, 'unchanged'],
			['-', 2, 'absent'],
		]);
	});

	test('items without a code are each refused for that', async () => {
		const { rows } = await plan([], [item(0, ''), item(1, undefined), item(2, '-')]);
		expect(rows.map(({ reason }) => reason)).toEqual([
			expect.stringContaining("'Code' is empty"),
			expect.stringContaining("'Code' is empty"),
			expect.not.stringContaining('means the same object'),
		]);
		expect(rows.map(({ isUnclear }) => isUnclear)).toEqual([true, true, true]);
	});
});

describe('objects that no item asks for', () => {
	const [objects, items] = [companies(3), [item(0, codeOf(2))]];

	test.each<[PlanOptions['absent'], ReadonlyArray<readonly unknown[]>]>([
		['keep', []],
		[
			'report',
			[
				['-', 1, 'absent'],
				['-', 3, 'absent'],
			],
		],
		[
			'delete',
			[
				['-', 1, 'deleted'],
				['-', 3, 'deleted'],
			],
		],
	])('%s', async (absent, rest) => {
		expect(actionsOf(await plan(objects, items, { absent }))).toEqual([
			[0, 2, 'unchanged'],
			...rest,
		]);
	});

	test('are deleted from the list by their ID', async () => {
		const { rows } = await plan([company(5)], [], { absent: 'delete' });
		expect(rows).toStrictEqual([
			{ listId: LIST, object: company(5), action: 'deleted', step: { kind: 'delete', id: 5 } },
		]);
		expect((await plan([company(5)], [])).rows).toStrictEqual([
			{ listId: LIST, object: company(5), action: 'absent' },
		]);
	});

	test.each<[string, Partial<SyncItem>]>([
		['no code', { code: '' }],
		['a code that is none', { code: '4000' }],
		['a type that is none', { type: 'FIRM' }],
		['a number that has lost digits', { type: 'KEYWORD', code: 2 ** 60 }],
	])('are all kept when an item has %s: it may mean any of them', async (_name, more) => {
		const wanted = [item(0, codeOf(1)), item(1, codeOf(9), more)];
		const result = await plan(objects, wanted, { absent: 'delete' });
		expect(actionsOf(result)).toEqual([
			[0, 1, 'unchanged'],
			[1, '-', 'refused'],
			['-', 2, 'absent'],
			['-', 3, 'absent'],
		]);
		expect(result.rows[0]?.reason).toBeUndefined();
		expect(result.rows[1]?.reason).toMatch(
			/\. No object is deleted as long as this item is refused\.$/,
		);
		const reported = await plan(objects, wanted, { absent: 'report' });
		expect(reported.rows[1]?.reason).not.toContain('No object is deleted');
	});

	test('of another list are kept too', async () => {
		const states = [state([company(1)], []), state([], [item(0, '')], { listId: 8 })];
		const result = await planOf(states, { absent: 'delete' });
		expect(result.rows.map(({ action }) => action)).toEqual(['refused', 'absent']);
	});

	test('are deleted although a new object is refused whose code is clear', async () => {
		const wanted = item(0, codeOf(9), { details: { phone: 'x'.repeat(300) } });
		const result = await plan(objects, [wanted], { absent: 'delete' });
		expect(result.rows.map(({ action }) => action)).toEqual([
			'refused',
			'deleted',
			'deleted',
			'deleted',
		]);
		expect(result.rows[0]?.isUnclear).toBe(false);
	});
});

test('rows of several lists are in the order of their items, then list by list', async () => {
	const states = [
		state([company(1), company(8)], [item(0, codeOf(1)), item(3, codeOf(3))]),
		state([company(9)], [item(1, codeOf(1)), item(2, codeOf(2))], { listId: 8 }),
	];
	const { rows } = await planOf(states);
	expect(rows.map(({ listId, item: of, object }) => [listId, of?.itemIndex ?? object?.id])).toEqual(
		[
			[7, 0],
			[8, 1],
			[8, 2],
			[7, 3],
			[7, 8],
			[8, 9],
		],
	);
});

describe('too many deletions', () => {
	const refusalOf = async (count: number, kept: number, maxDeletions: number) => {
		const wanted = Array.from({ length: kept }, (_, index) => item(index, codeOf(index + 1)));
		return (await plan(companies(count), wanted, { absent: 'delete', maxDeletions })).refusal;
	};

	test.each([
		[10, 8, 20, false],
		[10, 7, 20, true],
		[10, 7, 30, false],
		[3, 2, 33, true],
		[3, 2, 34, false],
		[10, 10, 0, false],
		[10, 9, 0, true],
		[0, 0, 0, false],
		[2, 0, 100, false],
	])(
		'%d objects of which %d are asked for, with %d %%: %p',
		async (count, kept, most, isRefused) => {
			expect((await refusalOf(count, kept, most)) !== undefined).toBe(isRefused);
		},
	);

	test('are refused with what would be deleted', async () => {
		expect(await refusalOf(9, 7, 20)).toMatchObject({
			name: 'Fault',
			kind: 'input',
			message: 'The sync would delete 2 of the 9 objects in list 7',
			description: `Check that the input is complete. To delete them anyway, set 'Max Deletions (%)' under Options to at least 23 (it is 20). Nothing was changed. To be deleted: SIA 8 (${codeOf(8)}), SIA 9 (${codeOf(9)}).`,
		});
		expect((await refusalOf(5, 0, 20))?.description).toMatch(/SIA 5 \(\d+\)\.$/);
		expect((await refusalOf(7, 0, 20))?.description).toMatch(/SIA 5 \(\d+\) and 2 more\.$/);
	});

	test('in the second list are refused as well', async () => {
		const states = [state([company(1)], [item(0, codeOf(1))]), state(companies(2), [])];
		const { refusal } = await planOf(states, { absent: 'delete', maxDeletions: 20 });
		expect(refusal?.message).toContain('2 of the 2 objects');
	});

	test('are none when they are only reported', async () => {
		expect(await plan(companies(5), [], { maxDeletions: 0 })).not.toHaveProperty('refusal');
	});
});

test('objectsMeant: each item with each object that its code fits', async () => {
	const objects = [company(1), company(2, { virtual_id: codeOf(1).slice(2) })];
	const items = [item(0, codeOf(1).slice(2)), item(1, codeOf(2)), item(2, codeOf(3))];
	expect(await objectsMeant({ objects, items })).toEqual([
		{ item: items[0], object: objects[0] },
		{ item: items[0], object: objects[1] },
		{ item: items[1], object: objects[1] },
	]);
});

test('reasonOf: a fault on one line; anything else is no reason', () => {
	expect(reasonOf(new Fault('input', 'It is empty', 'Fill it in.'))).toBe(
		'It is empty. Fill it in.',
	);
	const error = new TypeError('x is not a function');
	expect(() => reasonOf(error)).toThrow(error);
});

describe('reportOf', () => {
	const row = { listId: LIST, action: 'unchanged' as const };

	test('takes code and name from the object of the list', () => {
		const wanted = item(0, 'LV1', { name: 'Cits' });
		expect(reportOf({ ...row, item: wanted, object: company(1) })).toStrictEqual({
			code: codeOf(1),
			type: 'COMPANY',
			name: 'SIA 1',
			id: 1,
			action: 'unchanged',
		});
	});

	test('takes them from what is sent, and from the new object, when there is none', () => {
		const wanted = item(0, `LV${codeOf(1)}`, { name: 'Alfa' });
		const parameters = { code: codeOf(1) };
		const step = { kind: 'add' as const, parameters, details: {} };
		const created = { ...row, action: 'created' as const, item: wanted, step };
		const report = { code: codeOf(1), type: 'COMPANY', action: 'created' };
		expect(reportOf(created)).toStrictEqual({ ...report, name: 'Alfa' });
		expect(reportOf({ ...created, id: 5, name: 'SIA Alfa' })).toStrictEqual({
			...report,
			id: 5,
			name: 'SIA Alfa',
		});
	});

	test.each<[unknown, string]>([
		[`LV ${codeOf(1)}`, codeOf(1)],
		[null, ''],
		[undefined, ''],
		[12, '12'],
	])('reads the code %j of a refused item as %j', (code, shown) => {
		const refused = { ...row, action: 'refused' as const, item: item(0, code), reason: 'Tāpēc' };
		expect(reportOf(refused)).toStrictEqual({
			code: shown,
			type: 'COMPANY',
			name: null,
			action: 'refused',
			reason: 'Tāpēc',
		});
	});

	test.each([undefined, null])('has no type for %p', (type) => {
		expect(reportOf({ ...row, item: item(0, '1', { type }) }).type).toBeNull();
		expect(reportOf({ ...row, object: company(1) }).type).toBeNull();
	});

	test.each([undefined, null, ''])('has no name for %p', (name) => {
		expect(reportOf({ ...row, item: item(0, '1', { name }) }).name).toBeNull();
		expect(reportOf({ ...row, object: company(1, { name }) }).name).toBeNull();
	});

	test('shows a code that is no text as a text', () => {
		expect(reportOf({ ...row, object: company(1, { code: 5 }) }).code).toBe('5');
		expect(reportOf({ ...row, object: company(1, { code: null }) }).code).toBe('');
	});
});
