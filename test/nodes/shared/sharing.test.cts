import fc from 'fast-check';

import { Fault } from '../../../nodes/shared/fault';
import { answerTo } from '../../../nodes/shared/http';
import { patience } from '../../../nodes/shared/patience';
import { share } from '../../../nodes/shared/sharing';

/** The time-outs that were begun, by their length; they pass when the test says so. */
function timeoutsInHand() {
	const begun: Array<{ at: number; controller: AbortController }> = [];
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		const controller = new AbortController();
		begun.push({ at: milliseconds, controller });
		return controller.signal;
	});
	return {
		pass: (milliseconds: number) => {
			for (const { at, controller } of begun) if (at <= milliseconds) controller.abort();
		},
	};
}

afterEach(() => jest.restoreAllMocks());

const never = async () => await new Promise<never>(() => {});
const turns = async () => await new Promise((resolve) => setImmediate(resolve));

test('a stop ends the wait for an answer at once, and says so', async () => {
	const stop = new AbortController();
	const answer = answerTo(never, 'The service', 100, stop.signal);
	stop.abort();
	await expect(answer).rejects.toMatchObject({ details: { cancelled: true } });
	const late = answerTo(never, 'The service', 100, stop.signal);
	await expect(late).rejects.toMatchObject({ details: { cancelled: true } });
});

test('whoever asks waits as long as it may: N callers, time-outs, stops', async () => {
	const caller = fc.record({ timeout: fc.integer({ min: 1, max: 5 }), stops: fc.boolean() });
	const callers = fc.array(caller, { minLength: 1, maxLength: 6 });
	await fc.assert(
		fc.asyncProperty(callers, fc.integer({ min: 0, max: 6 }), async (asked, answeredAt) => {
			const timeouts = timeoutsInHand();
			let pending: Promise<string> | undefined;
			const answers: Array<(answer: string) => void> = [];
			const stops: AbortController[] = [];
			const outcomes = asked.map(async ({ timeout }) => {
				const stop = new AbortController();
				stops.push(stop);
				const begin = async () => {
					const response = new Promise<string>((resolve) => answers.push(resolve));
					const attempt = patience('The service', timeout, stop.signal)(response);
					pending = attempt;
					const clear = () => (pending === attempt ? (pending = undefined) : undefined);
					attempt.then(clear, clear);
					return await attempt;
				};
				return await share(
					() => undefined,
					() => pending,
					begin,
					patience('The service', timeout, stop.signal),
				);
			});
			const settled = Promise.allSettled(outcomes);
			await turns();
			asked.forEach(({ stops: isStopped }, index) => isStopped && stops[index]?.abort());
			await turns();
			for (let second = 1; second <= 6; second++) {
				if (second > answeredAt) for (const answer of answers) answer('done');
				await turns();
				timeouts.pass(second * 1000);
				await turns();
			}
			for (const [index, outcome] of (await settled).entries()) {
				const { timeout, stops: isStopped } = asked[index] ?? { timeout: 0, stops: false };
				const fault: unknown = outcome.status === 'rejected' ? outcome.reason : undefined;
				if (isStopped) expect(fault).toMatchObject({ details: { cancelled: true } });
				else if (answeredAt < timeout) expect(outcome).toMatchObject({ value: 'done' });
				else {
					expect(fault).toBeInstanceOf(Fault);
					expect(fault).toMatchObject({
						message: `The service did not respond within ${timeout === 1 ? '1 second' : `${timeout} seconds`}`,
					});
				}
			}
		}),
		{ numRuns: 60 },
	);
});

test('what the service refuses is refused for all who asked', async () => {
	let reject: (reason: unknown) => void = () => {};
	let pending: Promise<string> | undefined;
	let attempts = 0;
	const ask = async () =>
		await share(
			() => undefined,
			() => pending,
			async () => {
				attempts++;
				pending = new Promise((_, fail) => {
					reject = fail;
				});
				return await pending;
			},
			patience('The service', 10),
		);
	const all = Promise.allSettled([ask(), ask(), ask()]);
	await turns();
	reject(new Fault('service', 'No', 'Ask.'));
	for (const outcome of await all) expect(outcome).toMatchObject({ reason: { message: 'No' } });
	expect(attempts).toBe(1);
});
