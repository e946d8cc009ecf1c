import fc from 'fast-check';

import { Fault } from '../../../nodes/shared/fault';
import { retryRead, WAITS } from '../../../nodes/shared/retry';

test('each wait is longer by up to half, at random, and never shorter than what is asked for', async () => {
	const asked = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 });
	const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
	const fractions = fc.array(random, { minLength: 3, maxLength: 3 });
	await fc.assert(
		fc.asyncProperty(asked, fractions, async (seconds, drawn) => {
			const waits: number[] = [];
			const read = async () => {
				const retryAfter = seconds[waits.length];
				throw new Fault('service', 'busy', '', { transient: true, retryAfter });
			};
			const wait = async (milliseconds: number) => void waits.push(milliseconds);
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
		const waits: number[] = [];
		const read = async () => {
			throw new Fault('service', 'busy', '', { transient: true });
		};
		await retryRead(read, async (milliseconds) => void waits.push(milliseconds)).catch(() => 0);
		return waits;
	};
	expect(await waitsOf()).not.toEqual(await waitsOf());
});
