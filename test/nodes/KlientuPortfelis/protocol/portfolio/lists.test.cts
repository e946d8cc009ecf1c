import fc from 'fast-check';

import { Fault } from '../../../../../nodes/shared/fault';
import {
	listNamed,
	loadLists,
	listsOfExecution,
	type ListEntry,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/lists';
import { Service } from './service.cts';
import { writesTo } from './writes.cts';

const listsOf = (...names: string[]): ListEntry[] =>
	names.map((name, index) => ({ id: index + 1, name, type: 'PERSONS', count: index }));

function faultOf(work: () => unknown): Fault {
	try {
		work();
	} catch (error) {
		if (error instanceof Fault) return error;
	}
	throw new Error('No fault came');
}

describe('a list by its name', () => {
	test('is the one that has it exactly, before others', () => {
		expect(listNamed(listsOf('klienti', 'Klienti', 'KLIENTI'), 'Klienti').id).toBe(2);
	});

	test('else the one that has it in another case or with other accents', () => {
		expect(listNamed(listsOf('Piegādātāji', 'Rīgas klienti'), 'rigas  KLIENTI').id).toBe(2);
	});

	test('among lists with different names is always found', () => {
		const names = fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 20 });
		fc.assert(
			fc.property(names, fc.nat(), (all, chosen) => {
				const index = chosen % all.length;
				expect(listNamed(listsOf(...all), all[index] ?? '').id).toBe(index + 1);
			}),
		);
	});

	test('of several is refused with their IDs', () => {
		const fault = faultOf(() => listNamed(listsOf('Klienti', 'Citi', 'Klienti'), 'Klienti'));
		expect(fault.message).toBe("'List' fits 2 lists: Klienti");
		expect(fault.description).toBe(
			'Choose By ID and give the ID of the list that you mean: 1 (Klienti, 0 objects), 3 (Klienti, 2 objects).',
		);
	});

	test('that is in no list is refused with the closest names first', () => {
		const fault = faultOf(() => listNamed(listsOf('Piegādātāji', 'Klienti 2026'), 'Kleinti'));
		expect(fault.message).toBe("'List' has no list with this name: Kleinti");
		expect(fault.description).toBe(
			'Correct the name, or pick the list with From List. The closest names are: Klienti 2026 (ID 2), Piegādātāji (ID 1).',
		);
	});

	test('without any list says that there is none', () => {
		expect(faultOf(() => listNamed([], 'Klienti')).description).toContain('access to no list');
	});
});

test('the lists are read once for an execution, and again for the next', async () => {
	const service = new Service([{ id: 7, name: 'Klienti', objects: [] }]);
	const connection = service.connection();
	const [first, second] = await Promise.all([
		listsOfExecution(connection),
		listsOfExecution(connection),
	]);
	expect(first).toEqual([{ id: 7, name: 'Klienti', type: 'PERSONS', count: 0 }]);
	expect(second).toBe(first);
	await listsOfExecution(service.connection());
	expect(service.requests).toEqual(['get_lists', 'get_lists']);
});

test('a read that fails is not made again for every item', async () => {
	const service = new Service([]);
	service.before = () => {
		throw new Fault('connection', 'Lost', 'Try again.');
	};
	const connection = service.connection();
	await expect(listsOfExecution(connection)).rejects.toThrow('Lost');
	await expect(listsOfExecution(connection)).rejects.toThrow('Lost');
	expect(service.requests).toEqual(['get_lists']);
});

describe('messages about a name that several lists have', () => {
	test('count their objects, as far as that is known, and name five at most', () => {
		const lists = [undefined, 1, 2, 0, 3, 4, 5].map((count, index): ListEntry => {
			return { id: index + 1, name: 'A', type: 'PERSONS', count };
		});
		expect(faultOf(() => listNamed(lists, 'a')).description).toMatch(
			/: 1 \(A\), 2 \(A, 1 object\), 3 \(A, 2 objects\), 4 \(A, 0 objects\), 5 \(A, 3 objects\) and 2 more\.$/,
		);
	});

	test('say how to get a list when there is none', () => {
		expect(faultOf(() => listNamed([], 'a')).description).toContain('Create a list first');
	});
});

describe('the lists of a response', () => {
	const listsFrom = async (xml: string) => await loadLists(writesTo(() => ({ xml })).connection);

	test('without an ID are left out, and without a name or type they have none', async () => {
		const xml = '<lists><item><name>A</name></item><item><id>5</id></item></lists>';
		expect(await listsFrom(xml)).toEqual([{ id: 5, name: '', type: '', count: undefined }]);
	});

	test('are none when there is no list in it', async () => {
		expect(await listsFrom('')).toEqual([]);
	});
});
