import { generateKeys } from '../../../dev/simulators/keys.cts';
import { delayed } from '../../../dev/simulators/klientuPortfelis.cts';
import { byId, startTestRig, type TestRig } from './helpers.cts';

const getMany = { resource: 'list', operation: 'getMany', returnAll: true };

describe.each([
	['HTTP statuses as documented', false],
	['HTTP status 200 always', true],
])('sessions, %s', (_name, alwaysStatus200) => {
	let bench: TestRig;

	beforeAll(async () => {
		bench = await startTestRig({ alwaysStatus200 });
		bench.simulator.seedList({ name: 'Saraksts' });
		await bench.run(getMany);
	});
	afterAll(async () => await bench.stop());
	afterEach(() => {
		bench.simulator.clearOrders();
		bench.simulator.changeAddress(null);
		jest.restoreAllMocks();
	});

	/** The functions that were called while something ran. */
	async function callsDuring(run: () => Promise<unknown>) {
		const before = bench.simulator.calls.length;
		await run();
		return bench.simulator.calls.slice(before).map((call) => call.function);
	}

	test.each([
		['does not exist (2005)', () => bench.simulator.forgetSessions()],
		['belongs to another address (2006)', () => bench.simulator.changeAddress('192.0.2.7')],
		['has ended (2007)', () => bench.simulator.expireSession()],
	])('a session that %s is renewed and the call repeated once', async (_name, end) => {
		end();
		const calls = await callsDuring(async () => {
			const result = await bench.run(getMany);
			expect(result.json('Node')).toHaveLength(1);
		});
		expect(calls).toEqual(['get_lists', 'login', 'get_lists']);
	});

	test('a write is repeated too, and takes effect once', async () => {
		bench.simulator.forgetSessions();
		const before = bench.simulator.portfolio.lists.size;
		await bench.run({ resource: 'list', operation: 'create', name: 'Jauns', type: 'PERSONS' });
		expect(bench.simulator.portfolio.lists.size).toBe(before + 1);
	});

	test.each([2005, 2006, 2007] as const)('%d again after the login is said', async (code) => {
		bench.simulator.failNext({ function: 'get_lists', code, times: 2 });
		const calls = await callsDuring(async () => {
			const { message, description } = (await bench.run(getMany)).nodeError('Node') ?? {};
			expect(message).toEqual(expect.any(String));
			expect(description).toContain(`code ${code}`);
		});
		expect(calls).toEqual(['get_lists', 'login', 'get_lists']);
	});

	test('twenty executions at once on a dead session cause one login', async () => {
		bench.simulator.forgetSessions();
		const calls = await callsDuring(
			async () => await Promise.all(Array.from({ length: 20 }, () => bench.run(getMany))),
		);
		expect(calls.filter((name) => name === 'login')).toHaveLength(1);
		expect(calls.filter((name) => name === 'get_lists').length).toBeGreaterThanOrEqual(20);
	});

	test('a session idle for almost 30 minutes is renewed beforehand', async () => {
		const now = Date.now();
		const at = (minutes: number) => jest.spyOn(Date, 'now').mockReturnValue(now + minutes * 60_000);
		at(28);
		expect(await callsDuring(() => bench.run(getMany))).toEqual(['get_lists']);
		at(56);
		expect(await callsDuring(() => bench.run(getMany))).toEqual(['get_lists']);
		at(86);
		expect(await callsDuring(() => bench.run(getMany))).toEqual(['login', 'get_lists']);
	});

	test('a changed credential never uses the old session', async () => {
		const changed = [
			{ password: 'other' },
			{ roleId: 7 },
			{ username: 'other' },
			{ privateKey: (await generateKeys()).privateKeyPem },
			{ passphrase: 'other' },
			{ endpoint: bench.simulator.serviceUrl },
		];
		for (const credential of changed) {
			const calls = await callsDuring(() => bench.run(getMany, [{}], { credential }));
			expect(calls[0]).toBe('login');
		}
		expect(await callsDuring(() => bench.run(getMany))).toEqual(['get_lists']);
	});

	test('a refused login is not tried again and again by those who waited', async () => {
		const credential = { password: 'wrong' };
		const calls = await callsDuring(async () => {
			const runs = Array.from({ length: 10 }, () => bench.run(getMany, [{}], { credential }));
			for (const result of await Promise.all(runs)) {
				expect(result.nodeError('Node')?.message).toBe('The service did not accept the login');
			}
		});
		expect(calls.length).toBeLessThanOrEqual(10);
		expect(new Set(calls)).toEqual(new Set(['login']));
	});

	test('a refused login is not tried again for the other items', async () => {
		const input = Array.from({ length: 30 }, () => ({}));
		const settings = { credential: { password: 'wrong again' }, onError: 'continueRegularOutput' };
		const calls = await callsDuring(async () => {
			const result = await bench.run(getMany, input, settings);
			expect(result.json('Node')).toHaveLength(30);
			expect(result.json('Node')[29]).toMatchObject({
				error: 'The service did not accept the login',
			});
		});
		expect(calls).toEqual(['login']);
	});

	test('a logout of several items, or without a session, logs out once at most', async () => {
		await bench.run(getMany);
		const logout = { resource: 'session', operation: 'logout' };
		expect(await callsDuring(() => bench.run(logout, [{}, {}]))).toEqual(['logout']);
		expect(await callsDuring(() => bench.run(logout))).toEqual([]);
	});

	test('an execution that is stopped during the login does not stop those who wait', async () => {
		bench.simulator.forgetSessions();
		bench.simulator.answerNext({ function: 'login', wait: 300, times: 1 });
		const stop = new AbortController();
		const first = bench.run(getMany, [{}], { signal: stop.signal });
		await until(
			() => bench.simulator.calls[bench.simulator.calls.length - 1]?.function === 'login',
		);
		const second = bench.run(getMany);
		await new Promise((resolve) => setTimeout(resolve, 50));
		stop.abort();
		expect((await first).status).not.toBe('success');
		expect((await second).json('Node').length).toBeGreaterThan(0);
	});
});

async function until(condition: () => boolean) {
	for (let tries = 0; tries < 200 && !condition(); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	expect(condition()).toBe(true);
}

test('what one node learns another one uses: lists of two workflows, one login', async () => {
	const bench = await startTestRig();
	const { id } = bench.simulator.seedList();
	await bench.run(getMany);
	await bench.run({ resource: 'monitoring', operation: 'getServices', listId: byId(id) });
	expect(bench.simulator.logins).toBe(1);
	await bench.stop();
});

describe.each(['wsdl', 'login'] as const)('an execution that is stopped during the %s', (name) => {
	test('ends at once, while others that waited for it go on', async () => {
		const bench = await startTestRig();
		bench.simulator.seedList();
		let open = () => {};
		const gate = new Promise<void>((resolve) => {
			open = resolve;
		});
		bench.simulator.answerNext({ function: name, times: 1, ...delayed(gate) });
		const asked = () =>
			name === 'wsdl' ? bench.simulator.wsdlRequests : bench.simulator.calls.length;
		const stop = new AbortController();
		const first = bench.run(getMany, [{}], { signal: stop.signal });
		await until(() => asked() === 1);
		const second = bench.run(getMany);
		stop.abort();
		// Neither has to wait for the answer that is held back.
		expect((await first).status).not.toBe('success');
		expect((await second).json('Node')).toHaveLength(1);
		expect(bench.simulator.wsdlRequests).toBe(name === 'wsdl' ? 2 : 1);
		open();
		await bench.stop();
	});
});
