/** The documented rate limit, through n8n: several executions at once, in time that only waits let pass. */
import { DOCUMENTED_LIMIT, RateLimit, type Limit } from '../../../dev/simulators/rivile/limit.cts';
import { numbers, startTestRig, upTo, type TestRig } from './testRig.cts';

let mockTime = 0;
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		// Whatever the network has brought comes first.
		for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
		mockTime += milliseconds;
	},
}));

const EXECUTIONS = 5;
const ROWS = 600;

jest.setTimeout(60_000);

let rig: TestRig;

beforeAll(async () => {
	rig = await startTestRig();
	jest.spyOn(performance, 'now').mockImplementation(() => mockTime);
});

afterAll(async () => {
	jest.restoreAllMocks();
	await rig.stop();
});

let keys = 0;

/** Reads the register in all executions at once. */
async function readAll(limit: Partial<Limit>) {
	const { gateway } = rig;
	// A key of its own has turns of its own.
	gateway.reset({ apiKey: `PAVYZDY.raktas${++keys}` });
	gateway.limit = new RateLimit({ ...DOCUMENTED_LIMIT, ...limit }, () => mockTime);
	gateway.seed(ROWS);
	const start = mockTime;
	const read = await Promise.all(
		Array.from(
			{ length: EXECUTIONS },
			async () => await rig.items({ returnAll: true, simplify: false }),
		),
	);
	for (const items of read) expect(numbers(items).sort((a, b) => a - b)).toEqual(upTo(ROWS));
	const { blocked, fewest } = gateway.limit;
	return { blocked, fewest, seconds: (mockTime - start) / 1000, requests: gateway.requests.length };
}

test.each([
	['once a second', {}],
	['evenly', { wholeSeconds: false }],
	['without saying so', { headers: false }],
])('no request is blocked where tokens come %s', async (_name, limit) => {
	const { blocked, fewest, seconds, requests } = await readAll(limit);
	expect(requests).toBeGreaterThanOrEqual((EXECUTIONS * ROWS) / 100);
	expect(blocked).toBe(0);
	expect(fewest).toBeGreaterThanOrEqual(19);
	expect(seconds).toBeLessThanOrEqual((requests / 10) * 1.1);
});

test('another limit is followed', async () => {
	const { blocked, seconds, requests } = await readAll({ burst: 20, perSecond: 5 });
	expect(blocked).toBe(0);
	expect(seconds).toBeGreaterThan((requests - 20) / 5);
});

test('where blocked requests are all that tells of a limit, every row comes nevertheless', async () => {
	const { blocked } = await readAll({ burst: 6, perSecond: 4, headers: false });
	expect(blocked).toBeGreaterThan(0);
});
