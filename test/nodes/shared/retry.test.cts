import fc from 'fast-check';

import { Fault } from '../../../nodes/shared/fault';
import {
	once,
	repeatUnlessStopped,
	repeatWithin,
	retryRead,
	WAITS,
	waitUnlessStopped,
} from '../../../nodes/shared/retry';

const busy = (retryAfter?: number) =>
	new Fault('service', 'busy', '', {
		transient: true,
		...(retryAfter !== undefined && { retryAfter }),
	});

/** A read that fails so many times, and notes its attempts. */
function failing(times: number, reason: () => unknown = busy) {
	const attempts: number[] = [];
	const read = async () => {
		attempts.push(Date.now());
		if (attempts.length <= times) throw reason();
		return await Promise.resolve('read');
	};
	return { attempts, read };
}

/** Notes the waits instead of waiting. */
function noting() {
	const waits: number[] = [];
	return { waits, wait: async (milliseconds: number) => void waits.push(milliseconds) };
}

describe('retryRead', () => {
	test('each wait is longer by up to half, at random, and never shorter than what is asked for', async () => {
		const asked = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 });
		const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
		const fractions = fc.array(random, { minLength: 3, maxLength: 3 });
		await fc.assert(
			fc.asyncProperty(asked, fractions, async (seconds, drawn) => {
				const { waits, wait } = noting();
				const read = async () => {
					throw busy(seconds[waits.length]);
				};
				const draw = () => drawn[waits.length] ?? 0;
				await expect(retryRead(read, wait, undefined, draw)).rejects.toThrow('busy');
				expect(waits).toEqual(
					WAITS.map((pause, index) => {
						const least = Math.min(Math.max(pause, (seconds[index] ?? 0) * 1000), 30_000);
						return least + Math.round((pause / 2) * (drawn[index] ?? 0));
					}),
				);
			}),
		);
	});

	test('two that failed together do not come back together', async () => {
		const waitsOf = async () => {
			const { waits, wait } = noting();
			await retryRead(failing(9).read, wait).catch(() => 0);
			return waits;
		};
		expect(await waitsOf()).not.toEqual(await waitsOf());
	});

	test.each([0, 1, 2, 3])('after %d failures, reads one time more', async (times) => {
		const { attempts, read } = failing(times);
		const { waits, wait } = noting();
		expect(await retryRead(read, wait, undefined, () => 0)).toBe('read');
		expect(attempts).toHaveLength(times + 1);
		expect(waits).toEqual([500, 2000, 5000].slice(0, times));
	});

	test('after the fourth failure, gives up with the last one', async () => {
		let count = 0;
		const { attempts, read } = failing(9, () => {
			return new Fault('service', `failure ${++count}`, '', { transient: true });
		});
		await expect(retryRead(read, noting().wait)).rejects.toThrow('failure 4');
		expect(attempts).toHaveLength(4);
	});

	test.each<[string, unknown]>([
		['a permanent fault', new Fault('service', 'no', '')],
		[
			'one that says that it is not transient',
			new Fault('service', 'no', '', { transient: false }),
		],
		['a permanent one with a wait', new Fault('service', 'no', '', { retryAfter: 1 })],
		['an error of another kind', Object.assign(new Error('no'), { details: { transient: true } })],
	])('%s is thrown at once', async (_name, reason) => {
		const { attempts, read } = failing(1, () => reason);
		const { waits, wait } = noting();
		await expect(retryRead(read, wait)).rejects.toBe(reason);
		expect(attempts).toHaveLength(1);
		expect(waits).toEqual([]);
	});

	test('a retry that could not start in time is skipped', async () => {
		const within = async (left: number) => {
			const { waits, wait } = noting();
			const reading = retryRead(
				failing(1).read,
				wait,
				() => left,
				() => 0,
			);
			const outcome = await reading.catch(({ message }: Error) => message);
			return [outcome, waits];
		};
		expect(await within(501)).toEqual(['read', [500]]);
		expect(await within(500)).toEqual(['busy', []]);
	});
});

describe('with real waits', () => {
	beforeEach(() => void jest.useFakeTimers({ now: 0 }));
	afterEach(() => {
		jest.useRealTimers();
		jest.restoreAllMocks();
	});

	const pass = async (milliseconds: number) => await jest.advanceTimersByTimeAsync(milliseconds);

	test('an attempt once is an attempt, whatever it ends with', async () => {
		const { attempts, read } = failing(1);
		await expect(once(read)).rejects.toThrow('busy');
		expect(await once(read)).toBe('read');
		expect(attempts).toHaveLength(2);
	});

	test('a read that nobody stops is retried after the waits', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { attempts, read } = failing(3);
		const reading = repeatUnlessStopped(undefined)(read);
		await pass(10_000);
		expect(await reading).toBe('read');
		expect(attempts).toEqual([0, 500, 2500, 7500]);
	});

	test('a read with time left is retried, and one without is not', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { attempts, read } = failing(3);
		const reading = repeatWithin(() => 1000 - Date.now())(read).catch(
			({ message }: Error) => message,
		);
		await pass(10_000);
		expect(await reading).toBe('busy');
		expect(attempts).toEqual([0, 500]);
	});

	test.each([1, 200, 250, 1999, 2000])(
		'a wait of %d milliseconds takes as long',
		async (length) => {
			let isOver = false;
			void waitUnlessStopped(undefined)(length).then(() => (isOver = true));
			await pass(length - 1);
			expect(isOver).toBe(false);
			await pass(1);
			expect(isOver).toBe(true);
		},
	);

	test('no wait is no wait', async () => {
		await waitUnlessStopped(new AbortController().signal)(0);
	});

	test('a wait notices within 200 milliseconds that it is stopped', async () => {
		const stop = new AbortController();
		let isOver = false;
		void waitUnlessStopped(stop.signal)(60_000).then(() => (isOver = true));
		await pass(1000);
		expect(isOver).toBe(false);
		stop.abort();
		await pass(200);
		expect(isOver).toBe(true);
		await waitUnlessStopped(stop.signal)(60_000);
	});
});
