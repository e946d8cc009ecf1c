/** Several processes use one key: each knows only what the gateway says. */
import {
	DOCUMENTED_LIMIT,
	RateLimit,
	type Limit,
} from '../../../../../dev/simulators/rivile/limit.cts';
import { limitsIn } from '../../../../../nodes/Rivile/protocol/pace/limits';
import { Turns } from '../../../../../nodes/Rivile/protocol/pace/turns';
import { VirtualTime } from './virtualTime.cts';

let time: VirtualTime;

beforeEach(() => {
	time = new VirtualTime();
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((longest) => time.deadline(longest));
});

afterEach(() => jest.restoreAllMocks());

/** Milliseconds on the way there, and until the response is there; the same each time. */
function latencies() {
	let state = 1;
	return () => {
		// A linear congruential generator (Numerical Recipes).
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return 1 + (state / 2 ** 32) * 40;
	};
}

/** Reads pages one after the other, as an execution does, and makes blocked requests again. */
async function read(
	pages: number,
	turns: Turns,
	gateway: RateLimit,
	latency: () => number,
): Promise<void> {
	for (let page = 0; page < pages; ) {
		const ticket = await turns.next({ longest: 120_000 });
		await time.sleep(latency());
		const { blockedAs, headers } = gateway.take('key');
		await time.sleep(latency());
		if (blockedAs !== undefined) turns.blocked(ticket, limitsIn(headers), undefined);
		else {
			turns.passed(ticket, limitsIn(headers));
			page++;
		}
	}
}

const EXECUTIONS = 5;
/** 12,000 rows. */
const PAGES = 120;

async function measure(processes: number, limit: Partial<Limit>) {
	const gateway = new RateLimit({ ...DOCUMENTED_LIMIT, ...limit }, () => time.real);
	const latency = latencies();
	const all = Array.from({ length: processes }, () => new Turns(time)).flatMap((turns) =>
		Array.from({ length: EXECUTIONS }, () => turns),
	);
	await time.run(Promise.all(all.map(async (turns) => await read(PAGES, turns, gateway, latency))));
	const requests = processes * EXECUTIONS * PAGES;
	return {
		blocked: gateway.blocked / requests,
		fewest: gateway.fewest,
		time: time.real / ((requests / 10) * 1000),
	};
}

describe.each([
	['once a second', true],
	['evenly', false],
])('with tokens that come %s', (_name, wholeSeconds) => {
	test('one process is never blocked, and takes the time that 10 a second allow', async () => {
		const measured = await measure(1, { wholeSeconds });
		expect(measured.blocked).toBe(0);
		expect(measured.fewest).toBeGreaterThanOrEqual(19);
		expect(measured.time).toBeLessThan(1.02);
	});

	test.each([2, 3])('%d processes are not blocked, and lose no time', async (processes) => {
		const measured = await measure(processes, { wholeSeconds });
		expect(measured.blocked).toBe(0);
		expect(measured.time).toBeLessThan(1.05);
	});

	test('two processes whose gateway says nothing are hardly ever blocked', async () => {
		const measured = await measure(2, { wholeSeconds, headers: false });
		expect(measured.blocked).toBeGreaterThan(0);
		expect(measured.blocked).toBeLessThan(0.01);
		expect(measured.time).toBeLessThan(1.3);
	});
});
