import { call } from '../../../../../nodes/KlientuPortfelis/protocol/call';
import { portfolios } from '../../../../../nodes/KlientuPortfelis/protocol/memory';
import {
	keptPortfolio,
	KEPT_FOR,
	matching,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/kept';
import { Service, type ServedObject } from './service.cts';

const objects = (count: number): ServedObject[] =>
	Array.from({ length: count }, (_, index) => ({
		id: index + 1,
		code: `4000${String(index).padStart(7, '0')}`,
		virtual_id: String(index).padStart(9, '0'),
		client_id: `K-${index}`,
		name: `SIA "Ēka ${index}"`,
	}));

let now = 0;
const clock = () => now;

beforeEach(() => {
	now = 1_000_000;
	portfolios.clear();
});

const world = (count = 3) => new Service([{ id: 10, name: 'Klienti', objects: objects(count) }]);
const READ = ['get_lists', 'get_objects 10'];

test('is read once a minute', async () => {
	const service = world();
	const first = await keptPortfolio(service.connection(), clock);
	now += KEPT_FOR;
	expect(await keptPortfolio(service.connection(), clock)).toBe(first);
	expect(service.requests).toEqual(READ);
	now += 1;
	expect(await keptPortfolio(service.connection(), clock)).not.toBe(first);
	expect(service.requests).toEqual([...READ, ...READ]);
});

test('is read again when the clock was set back', async () => {
	const service = world();
	await keptPortfolio(service.connection(), clock);
	now -= KEPT_FOR + 1;
	await keptPortfolio(service.connection(), clock);
	expect(service.requests).toEqual([...READ, ...READ]);
});

test('is read once by all who ask at the same time', async () => {
	const service = world();
	const asked = [1, 2, 3].map(async () => await keptPortfolio(service.connection(), clock));
	const [first, ...others] = await Promise.all(asked);
	for (const other of others) expect(other).toBe(first);
	expect(service.requests).toEqual(READ);
});

test('is kept apart for each credential', async () => {
	const [mine, yours] = [world(1), world(2)];
	expect(await keptPortfolio(mine.connection('mine'), clock)).toHaveLength(1);
	expect(await keptPortfolio(yours.connection('yours'), clock)).toHaveLength(2);
});

test('is not kept when it could not be read', async () => {
	const service = world();
	service.before = () => {
		throw new Error('lost');
	};
	await expect(keptPortfolio(service.connection(), clock)).rejects.toThrow('lost');
	service.before = () => {};
	expect(await keptPortfolio(service.connection(), clock)).toHaveLength(3);
});

test('is read again after a write', async () => {
	const service = world();
	await keptPortfolio(service.connection(), clock);
	await call(service.connection(), 'delete_object', { id: 1 });
	service.requests.length = 0;
	await keptPortfolio(service.connection(), clock);
	expect(service.requests).toEqual(READ);
});

test('is read again after a write that failed, as it may have been made', async () => {
	const service = world();
	await keptPortfolio(service.connection(), clock);
	service.before = () => {
		throw new Error('lost');
	};
	await expect(call(service.connection(), 'delete_object', { id: 1 })).rejects.toThrow('lost');
	service.before = () => {};
	service.requests.length = 0;
	await keptPortfolio(service.connection(), clock);
	expect(service.requests).toEqual(READ);
});

test('is not kept when a write came while it was being read', async () => {
	const service = world();
	let isRead = false;
	service.before = async (request) => {
		if (request !== 'get_objects 10' || isRead) return;
		isRead = true;
		await call(service.connection(), 'delete_object', { id: 1 });
	};
	await keptPortfolio(service.connection(), clock);
	service.requests.length = 0;
	await keptPortfolio(service.connection(), clock);
	expect(service.requests).toEqual(READ);
	service.requests.length = 0;
	await keptPortfolio(service.connection(), clock);
	expect(service.requests).toEqual([]);
});

test('keeps no more than 100,000 objects, and always the latest portfolio', async () => {
	const entry = { id: 1, name: 'A', code: '1', lists: ['L'], searched: 'a' };
	const keep = (name: string, count: number) =>
		portfolios.set(name, { readAt: ++now, entries: new Array(count).fill(entry) });
	keep('oldest', 60_000);
	keep('old', 99_990);
	await keptPortfolio(world(10).connection('new'), clock);
	expect([...portfolios.keys()]).toEqual(['old', 'new']);
	keep('huge', 150_000);
	now++;
	await keptPortfolio(world(11).connection('newest'), clock);
	expect([...portfolios.keys()]).toEqual(['newest']);
});

describe('what is typed', () => {
	const found = async (typed: string) =>
		matching(await keptPortfolio(world(11).connection(), clock), typed).map(({ id }) => id);

	test.each([
		['nothing', '', 11],
		['a name', 'eka 10', 1],
		['words in any order', '10 sia', 1],
		['a client ID', 'k-10', 1],
		['a code', '4000 0000010', 1],
		['a code with its country', 'LV40000000010', 1],
		['the number that a code ends with', '000000010', 1],
		['something else', 'xyz', 0],
	])('%s', async (_name, typed, count) => {
		const ids = await found(typed);
		expect(ids).toHaveLength(count);
		if (count === 1) expect(ids).toEqual([11]);
	});
});

test('leaves out what has no ID, sorts by name, and then by ID', async () => {
	const object = { code: null, name: 'SIA', client_id: null };
	const service = new Service([
		{
			id: 10,
			name: 'Klienti',
			objects: [
				{ id: 3, ...object },
				{ id: 1, ...object, name: 'Zeme' },
				{ id: 2, ...object },
				{ id: null as never, ...object },
				{ id: 4, ...object, name: null },
			],
		},
	]);
	const entries = await keptPortfolio(service.connection());
	expect(entries.map(({ id, name }) => [id, name])).toEqual([
		[4, ''],
		[2, 'SIA'],
		[3, 'SIA'],
		[1, 'Zeme'],
	]);
	expect(entries[1]).toMatchObject({ code: '', lists: ['Klienti'] });
});
