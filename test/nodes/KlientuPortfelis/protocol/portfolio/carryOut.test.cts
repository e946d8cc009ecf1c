/** What is sent of a plan, in which order, and what the report says when some of it fails. */
import fc from 'fast-check';

import {
	carryOut,
	type DoneRow,
	type WriteSettings,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/carryOut';
import type { Row, SyncItem } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/plan';
import { Fault } from '../../../../../nodes/shared/fault';
import { codeOf, company } from './companies.cts';
import { lost, writesTo, type Fate, type Write } from './writes.cts';

const LIST = 7;

const item = (itemIndex: number): SyncItem => ({
	itemIndex,
	type: 'COMPANY',
	code: codeOf(itemIndex),
	details: {},
});

const toAdd = (number: number, details = {}): Row => ({
	listId: LIST,
	item: item(number),
	action: 'created',
	step: {
		kind: 'add',
		parameters: { list_id: LIST, code: codeOf(number), type: 'COMPANY' },
		details,
	},
});
const toUpdate = (number: number): Row => ({
	listId: LIST,
	item: item(number),
	object: company(number),
	action: 'updated',
	step: { kind: 'update', id: number, changes: { client_id: 'B' } },
});
const toDelete = (number: number): Row => ({
	listId: LIST,
	object: company(number),
	action: 'deleted',
	step: { kind: 'delete', id: number },
});
const unchanged = (number: number): Row => ({
	listId: LIST,
	item: item(number),
	object: company(number),
	action: 'unchanged',
});

const noPlan: WriteSettings['planAgain'] = async () =>
	await Promise.reject(new Error('No plan was expected'));

const run = async (
	rows: readonly Row[],
	answer: (write: Write, number: number) => Fate | Promise<Fate>,
	more: Partial<WriteSettings> = {},
) => {
	const { connection, sent } = writesTo(answer);
	const settings = { atOnce: 1, continues: false, planAgain: noPlan, ...more };
	return { ...(await carryOut(connection, rows, settings)), sent };
};

const done = () => ({});
const newObject = ({ function: name }: Write, number: number): Fate =>
	name === 'add_object' ? { id: 100 + number, name: `SIA ${number}` } : {};
const actionsOf = (rows: readonly DoneRow[]) => rows.map(({ action }) => action);
const functionsOf = (sent: readonly Write[]) => sent.map(({ function: name }) => name);

describe('a plan that succeeds', () => {
	test('adds first, then changes, then deletes, and reports in the order of the plan', async () => {
		const rows = [toDelete(1), toUpdate(2), unchanged(3), toAdd(4)];
		const outcome = await run(rows, newObject);
		expect(outcome.sent).toEqual([
			{
				function: 'add_object',
				parameters: { list_id: LIST, code: codeOf(4), type: 'COMPANY' },
			},
			{ function: 'update_object', parameters: { id: 2, client_id: 'B' } },
			{ function: 'delete_object', parameters: { id: 1, list_id: LIST } },
		]);
		expect(outcome.rows).toStrictEqual([
			...rows.slice(0, 3),
			{ ...rows[3], id: 100, name: 'SIA 0' },
		]);
		expect(outcome).not.toHaveProperty('stop');
	});

	test('with nothing to write sends nothing', async () => {
		const outcome = await run([unchanged(1)], done);
		expect(outcome).toStrictEqual({ rows: [unchanged(1)], sent: [] });
		expect((await run([], done)).rows).toEqual([]);
	});

	test('writes the details of a new object at once, but those that it brings along', async () => {
		const details = { client_id: 'A', phone: '1' };
		const given = (write: Write): Fate =>
			write.function === 'add_object' ? { id: 5, name: 'SIA', phone: '1' } : {};
		const { sent, rows } = await run([toAdd(1, details), toAdd(2)], given);
		expect(functionsOf(sent)).toEqual(['add_object', 'update_object', 'add_object']);
		expect(sent[1]?.parameters).toEqual({ id: 5, client_id: 'A' });
		expect(actionsOf(rows)).toEqual(['created', 'created']);
		expect(rows[0]).not.toHaveProperty('reason');
	});

	test('knows no ID and no name that the service does not give', async () => {
		const row = toAdd(1);
		expect((await run([row], done)).rows).toStrictEqual([row]);
	});
});

describe('writes at the same time', () => {
	/** Runs, and notes after each turn how many writes are under way. */
	async function underWay(rows: readonly Row[], more: Partial<WriteSettings>) {
		let open = 0;
		const counts: number[] = [];
		await run(
			rows,
			async () => {
				counts.push(++open);
				await new Promise((resolve) => setImmediate(resolve));
				open--;
				return {};
			},
			more,
		);
		return Math.max(...counts);
	}
	const updates = Array.from({ length: 12 }, (_, index) => toUpdate(index + 1));

	test.each([1, 3, 5, Infinity])('are %d at most', async (atOnce) => {
		expect(await underWay(updates, { atOnce })).toBe(Math.min(atOnce, 12));
	});

	test('go on one by one: a slow one holds no other up', async () => {
		const log: number[] = [];
		let finish = () => {};
		const slow = new Promise<void>((resolve) => (finish = resolve));
		await run(
			updates.slice(0, 5),
			async (_write, number) => {
				if (number === 0) await slow;
				if (number === 4) finish();
				log.push(number);
				return {};
			},
			{ atOnce: 2 },
		);
		expect(log.slice(0, 3)).toEqual([1, 2, 3]);
	});

	test('are never of two kinds', async () => {
		const open: string[] = [];
		const mixed: string[][] = [];
		const rows = [toAdd(1), toUpdate(2), toDelete(3), toAdd(4), toUpdate(5), toDelete(6)];
		await run(
			rows,
			async ({ function: name }) => {
				open.push(name);
				if (new Set(open).size > 1) mixed.push([...open]);
				await new Promise((resolve) => setImmediate(resolve));
				open.splice(open.indexOf(name), 1);
				return {};
			},
			{ atOnce: 2 },
		);
		expect(mixed).toEqual([]);
	});

	test.each([
		[1, 5],
		[2, 5],
		[2, 4],
		[5, 5],
		[9, 5],
	])('in batches of %d, of %d, with a pause between two', async (atOnce, count) => {
		const log: string[] = [];
		const pause = async () => void log.push('pause');
		const note = () => {
			log.push('write');
			return {};
		};
		await run(updates.slice(0, count), note, { atOnce, pause });
		const expected = Array.from({ length: count }, (_, index) =>
			index > 0 && index % atOnce === 0 ? ['pause', 'write'] : ['write'],
		);
		expect(log).toEqual(expected.flat());
	});
});

const OF_ONE_OBJECT = [1003, 2001, 2010, 2011, 2012, 2014, 2015, 2016, 2019, 2020];

describe('a refusal of one object', () => {
	test.each(OF_ONE_OBJECT)('(%d) concerns that object only', async (code) => {
		const answer = (_write: Write, number: number): Fate => (number === 0 ? code : {});
		const rows = [toUpdate(1), toUpdate(2), toDelete(3)];
		const outcome = await run(rows, answer);
		expect(actionsOf(outcome.rows)).toEqual(['refused', 'updated', 'deleted']);
		expect(outcome.rows[0]).toStrictEqual({
			...rows[0],
			action: 'refused',
			reason: expect.stringContaining(`code ${code}`),
		});
		expect(outcome).not.toHaveProperty('stop');
	});

	test('before anything is sent concerns that object only', async () => {
		const row = toUpdate(1);
		const bad: Row = { ...row, step: { kind: 'update', id: 1, changes: { client_id: {} } } };
		const outcome = await run([bad, toUpdate(2), toDelete(3)], done);
		expect(actionsOf(outcome.rows)).toEqual(['refused', 'updated', 'deleted']);
		expect(outcome.rows[0]?.reason).toContain("'Client ID' is not text");
		expect(outcome.sent).toHaveLength(2);
	});

	test('of the details of a new object leaves it created, and says what is missing', async () => {
		const answer = (write: Write, number: number): Fate =>
			write.function === 'update_object' ? 2001 : { id: number };
		const outcome = await run([toAdd(1, { phone: '1' }), toDelete(3)], answer);
		expect(actionsOf(outcome.rows)).toEqual(['created', 'deleted']);
		expect(outcome.rows[0]).toMatchObject({
			id: 0,
			reason: expect.stringMatching(
				/^Added, but without its details\. Turn on 'Compare Details' for the next run to write them\. .*code 2001/s,
			),
			fault: undefined,
		});
	});
});

const plain = (kind: Fault['kind'], details: Fault['details'] = {}) =>
	new Fault(kind, 'It failed', 'Do something.', details);

describe('any other failure', () => {
	const rows = [toAdd(1), toAdd(2), toUpdate(3), toDelete(4)];

	test('ends the run: nothing more is sent, and the rows say so', async () => {
		const outcome = await run(rows, (_write, number) => (number === 1 ? plain('connection') : {}));
		expect(functionsOf(outcome.sent)).toEqual(['add_object', 'add_object']);
		expect(outcome.stop).toMatchObject({ message: 'It failed' });
		const isLeft = { action: 'refused', reason: 'Not done: It failed.', isLeft: true };
		expect(outcome.rows).toStrictEqual([
			rows[0],
			{ ...rows[1], action: 'refused', reason: 'It failed. Do something.', fault: outcome.stop },
			{ ...rows[2], ...isLeft },
			{ ...rows[3], ...isLeft },
		]);
	});

	test('of the details of a new object ends it too, with the object created', async () => {
		const answer = (write: Write): Fate =>
			write.function === 'update_object' ? lost() : { id: 5 };
		const outcome = await run([toAdd(1, { phone: '1' }), toAdd(2)], answer);
		expect(outcome.sent).toHaveLength(2);
		expect(outcome.rows[0]).toMatchObject({
			action: 'created',
			id: 5,
			fault: { details: { uncertain: true } },
		});
		expect(outcome.rows[1]).toMatchObject({ action: 'refused', isLeft: true });
	});

	test('lets the writes under way end', async () => {
		const answer = async (_write: Write, number: number): Promise<Fate> => {
			if (number === 0) return lost();
			await new Promise((resolve) => setImmediate(resolve));
			return {};
		};
		const updates = [toUpdate(1), toUpdate(2), toUpdate(3), toUpdate(4)];
		const outcome = await run(updates, answer, { atOnce: 2 });
		expect(outcome.sent).toHaveLength(2);
		expect(actionsOf(outcome.rows)).toEqual(['refused', 'updated', 'refused', 'refused']);
	});

	test('keeps the first reason for the stop', async () => {
		const answer = async (_write: Write, number: number): Promise<Fate> => {
			await new Promise((resolve) => setImmediate(resolve));
			return new Fault('credential', `failure ${number}`, '');
		};
		const outcome = await run([toUpdate(1), toUpdate(2)], answer, { atOnce: 2 });
		expect(outcome.stop?.message).toBe('failure 0');
	});

	test('that is no fault of the service or the input is not swallowed', async () => {
		const failing = () => {
			throw new TypeError('x is not a function');
		};
		await expect(run([toUpdate(1)], failing)).rejects.toThrow('x is not a function');
	});
});

describe('with On Error set to continue', () => {
	const continues = { continues: true };

	test.each<[string, Fate, boolean]>([
		['a lost connection', lost(), true],
		['a broken response', plain('answer'), true],
		['a busy service', plain('service', { transient: true }), true],
		['a breakdown', 1000, true],
		['a stopped execution', plain('connection', { cancelled: true }), false],
		['a wrong credential', plain('credential'), false],
		['a full list', 1004, false],
	])('%s: goes on: %p', async (_name, fate, goesOn) => {
		const answer = (_write: Write, number: number): Fate => (number === 0 ? fate : {});
		const outcome = await run([toUpdate(1), toUpdate(2), toDelete(3)], answer, continues);
		expect(functionsOf(outcome.sent)).toEqual(
			goesOn ? ['update_object', 'update_object'] : ['update_object'],
		);
		expect(outcome.stop !== undefined).toBe(!goesOn);
		expect(outcome.rows[2]).toMatchObject({
			action: 'refused',
			isLeft: true,
			reason: goesOn
				? 'Not deleted: a change before it failed.'
				: expect.stringMatching(/^Not done/),
		});
	});

	const updates = Array.from({ length: 30 }, (_, index) => toUpdate(index + 1));

	test('ten failures in a row end the run', async () => {
		const outcome = await run(updates, lost, continues);
		expect(outcome.sent).toHaveLength(10);
		expect(outcome.stop).toBeDefined();
		expect(outcome.rows[10]).toMatchObject({ isLeft: true });
	});

	test('ten failures that are not in a row do not', async () => {
		const outcome = await run(
			updates,
			(_write, number) => (number % 10 === 9 ? {} : lost()),
			continues,
		);
		expect(outcome.sent).toHaveLength(30);
		expect(outcome).not.toHaveProperty('stop');
	});

	test('a new object whose details fail does not end the row of failures', async () => {
		const adds = Array.from({ length: 30 }, (_, index) => toAdd(index + 1, { phone: '1' }));
		const answer = (write: Write): Fate => (write.function === 'add_object' ? { id: 1 } : lost());
		const outcome = await run(adds, answer, continues);
		expect(outcome.sent).toHaveLength(20);
		expect(outcome.stop).toBeDefined();
	});
});

describe('an object that is in its list already (2013)', () => {
	const rows = [toAdd(1), toAdd(2), toDelete(9)];
	const answer = ({ parameters }: Write): Fate => (parameters.code === codeOf(1) ? 2013 : {});

	test('is planned again, and its row carried out as it then is', async () => {
		const asked: unknown[] = [];
		const planAgain = async (again: readonly Row[]) => {
			asked.push(again);
			return await Promise.resolve([{ ...toUpdate(5), item: rows[0]?.item as SyncItem }]);
		};
		const outcome = await run(rows, answer, { planAgain });
		expect(asked).toEqual([[rows[0]]]);
		expect(actionsOf(outcome.rows)).toEqual(['updated', 'created', 'deleted']);
		expect(functionsOf(outcome.sent)).toEqual([
			'add_object',
			'add_object',
			'update_object',
			'delete_object',
		]);
	});

	test('that is not found in its list stays refused, and nothing is deleted', async () => {
		const planAgain = async (again: readonly Row[]) => await Promise.resolve(again);
		const outcome = await run(rows, answer, { planAgain });
		expect(outcome.rows[0]).toMatchObject({
			action: 'refused',
			reason: expect.stringContaining('2013'),
		});
		expect(outcome.rows[2]).toMatchObject({ action: 'refused', isLeft: true });
		expect(outcome).not.toHaveProperty('stop');
	});

	test('stays refused when the list cannot be read again', async () => {
		const planAgain = async () => await Promise.reject(plain('connection'));
		const outcome = await run(rows, answer, { planAgain });
		expect(actionsOf(outcome.rows)).toEqual(['refused', 'created', 'refused']);
		expect(outcome.stop?.message).toBe('It failed');
	});

	test('is not planned again after the run was stopped', async () => {
		const stopped = (write: Write, number: number): Fate =>
			number === 1 ? plain('connection') : answer(write);
		const outcome = await run(rows, stopped);
		expect(actionsOf(outcome.rows)).toEqual(['refused', 'refused', 'refused']);
	});

	test('refused for an update is an answer like any other', async () => {
		const outcome = await run([toUpdate(1)], () => 2013);
		expect(actionsOf(outcome.rows)).toEqual(['refused']);
	});
});

describe('whatever fails', () => {
	const fate = fc.constantFrom<() => Fate>(
		done,
		done,
		done,
		() => 2016,
		() => 1000,
		lost,
	);
	const isFine = (given: Fate) => typeof given === 'object' && !(given instanceof Fault);
	const kinds = [toAdd, toUpdate, toDelete];
	const anyRows = fc
		.array(fc.nat(2), { maxLength: 10 })
		.map((all) => all.map((kind, at) => kinds[kind]?.(at + 1) ?? unchanged(at + 1)));

	test('every write is sent once at most, and the report is what the service did', async () => {
		const settings = fc.record({ atOnce: fc.integer({ min: 1, max: 4 }), continues: fc.boolean() });
		await fc.assert(
			fc.asyncProperty(anyRows, fc.array(fate), settings, async (rows, fates, more) => {
				const fateOf = (number: number) => fates[number]?.() ?? {};
				const { sent, ...outcome } = await run(rows, (_write, number) => fateOf(number), more);
				const nameOf = ({ parameters }: Write) => String(parameters.code ?? parameters.id);
				expect(new Set(sent.map(nameOf)).size).toBe(sent.length);
				expect(outcome.rows).toHaveLength(rows.length);
				for (const [index, row] of outcome.rows.entries()) {
					const name = row.object === undefined ? codeOf(index + 1) : String(index + 1);
					const number = sent.findIndex((write) => nameOf(write) === name);
					expect(row.isLeft === true).toBe(number === -1);
					const isDone = number >= 0 && isFine(fateOf(number));
					expect(row.action).toBe(isDone ? rows[index]?.action : 'refused');
				}
				const isFailure = (number: number) => {
					const given = fateOf(number);
					return given instanceof Fault || given === 1000;
				};
				const firstFailure = sent.findIndex((_write, number) => isFailure(number));
				const firstDeletion = functionsOf(sent).indexOf('delete_object');
				const before = functionsOf(sent)[firstFailure] !== 'delete_object';
				if (firstFailure >= 0 && before) expect(firstDeletion).toBe(-1);
			}),
		);
	});
});
