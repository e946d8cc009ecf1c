import type { IPollFunctions } from 'n8n-workflow';

import { Fault } from '../../../nodes/shared/fault';
import type { CallSettings } from '../../../nodes/shared/operation';
import { runPoll, type PollSteps } from '../../../nodes/shared/poll';

/** What a poll uses of n8n; without a budget it is an n8n that does not tell it. */
function contextOf(options: {
	budget?: number;
	stored?: Record<string, unknown>;
	timeout?: number;
	mode?: string;
}) {
	const { budget, stored = {}, timeout, mode = 'trigger' } = options;
	return {
		getMode: () => mode,
		getNode: () => ({ name: 'Trigger', type: 'sample', typeVersion: 1, parameters: {} }),
		getNodeParameter: () => (timeout === undefined ? {} : { timeout }),
		getWorkflowStaticData: () => stored,
		...(budget !== undefined && { getPollBudgetMs: () => budget }),
	} as unknown as IPollFunctions;
}

const stepsOf = (steps: Partial<PollSteps<CallSettings>>): PollSteps<CallSettings> => ({
	service: 'Sample',
	connect: async (_context, settings) => settings,
	latest: async () => ({ latest: true }),
	poll: async () => ({ items: [], cursor: { at: 1 } }),
	...steps,
});

const never = async () => await new Promise<never>(() => undefined);

/** AbortSignal.timeout counts in real time: here it follows the fake clock. */
beforeEach(() => {
	jest.useFakeTimers();
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), milliseconds);
		return controller.signal;
	});
});

afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

test('keeps the cursor together with what is emitted', async () => {
	const stored = {};
	const steps = stepsOf({ poll: async () => ({ items: [{ id: 1 }], cursor: { at: 2 } }) });
	expect(await runPoll(contextOf({ stored }), steps)).toEqual([[{ json: { id: 1 } }]]);
	expect(stored).toEqual({ cursor: { at: 2 } });
	expect(await runPoll(contextOf({ stored }), stepsOf({}))).toBeNull();
	expect(stored).toEqual({ cursor: { at: 1 } });
});

test('a test run shows the latest event and keeps nothing', async () => {
	const stored = {};
	const output = await runPoll(contextOf({ stored, mode: 'manual' }), stepsOf({}));
	expect(output).toEqual([[{ json: { latest: true } }]]);
	expect(stored).toEqual({});
});

test.each([
	['the budget that n8n tells', 10_000, 10],
	['half a minute where n8n tells none', undefined, 30],
])('ends with a message within %s, whatever it waits for', async (_name, budget, seconds) => {
	const stored = { cursor: { at: 1 } };
	const polling = runPoll(contextOf({ budget, stored }), stepsOf({ poll: never }));
	const outcome = expect(polling).rejects.toMatchObject({
		message: `Sample responded too slowly: the poll ran out of time after ${seconds} seconds`,
		failure: { cause: 'temporarily-unavailable' },
	});
	await jest.advanceTimersByTimeAsync(seconds * 1000);
	await outcome;
	expect(stored).toEqual({ cursor: { at: 1 } });
});

test('work that ends after its time is not kept', async () => {
	const stored = {};
	const poll = async () => {
		await new Promise((resolve) => setTimeout(resolve, 31_000));
		return { items: [{ id: 1 }], cursor: { at: 2 } };
	};
	const outcome = expect(runPoll(contextOf({ stored }), stepsOf({ poll }))).rejects.toThrow();
	await jest.advanceTimersByTimeAsync(60_000);
	await outcome;
	expect(stored).toEqual({});
});

test('a call may take what the user allows, or what is left', async () => {
	const seen: number[] = [];
	const poll: PollSteps<CallSettings>['poll'] = async ({ timeout }, _stored, timeLeft) => {
		seen.push(timeout(), timeLeft() / 1000);
		jest.setSystemTime(Date.now() + 20_000);
		seen.push(timeout(), timeLeft() / 1000);
		jest.setSystemTime(Date.now() + 8_000);
		timeout();
		return { items: [], cursor: {} };
	};
	const context = contextOf({ timeout: 15, budget: 30_000 });
	await expect(runPoll(context, stepsOf({ poll }))).rejects.toThrow('ran out of time');
	expect(seen).toEqual([15, 15, 7, -5]);
});

test('no further try is made that could not begin in time', async () => {
	let tries = 0;
	const poll: PollSteps<CallSettings>['poll'] = async ({ repeat }) => {
		await repeat(async () => {
			tries++;
			jest.setSystemTime(Date.now() + 13_000);
			throw new Fault('connection', 'Cut', 'Wait', { transient: true });
		});
		return { items: [], cursor: {} };
	};
	const outcome = expect(runPoll(contextOf({}), stepsOf({ poll }))).rejects.toThrow('Cut');
	await jest.advanceTimersByTimeAsync(10_000);
	await outcome;
	expect(tries).toBe(2);
});

describe('what the user should hear although the poll has succeeded', () => {
	const notice = new Fault('answer', 'Something is odd', 'Look at it.');
	const steps = stepsOf({
		poll: async () => ({ items: [{ id: 1 }], cursor: {}, notices: [notice] }),
	});

	test('goes into the log and is reported as a failed execution', async () => {
		const reported: unknown[] = [];
		const warn = jest.fn();
		const context = Object.assign(contextOf({}), {
			logger: { warn },
			__emitError: (error: unknown) => reported.push(error),
		});
		expect(await runPoll(context, steps)).toHaveLength(1);
		expect(warn).toHaveBeenCalledWith('Something is odd. Look at it.');
		expect(reported).toEqual([expect.objectContaining({ message: 'Something is odd' })]);
	});

	test('costs no item where there is neither a log nor a report', async () => {
		expect(await runPoll(contextOf({}), steps)).toEqual([[{ json: { id: 1 } }]]);
	});
});
