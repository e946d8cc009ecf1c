/**
 * Every fault in every scenario: how often a call is made, what the user reads, what is left behind. The
 * table in docs/reliability.md is what was found here. When it is out of date:
 * UPDATE_DOCS=1 npx jest test/faults/matrix
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { enter, type Finding, type Mode } from './cell.cts';
import { makeCertificates, type Certificates } from './certificates.cts';
import { startWatching } from './clients.cts';
import { expectedOutcome, outcomeOf } from './expected.cts';
import { faults, NOTHING, TIMEOUT, type FaultCase } from './faults.cts';
import { runContexts, pretendToSleep } from './runContext.cts';
import { columnOf, END, START, tableOf, wordsOf, type Cell } from './table.cts';
import type { Ending, Scenario } from './scenario.cts';
import { Fixture } from './fixture.cts';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => await pretendToSleep(milliseconds),
}));

const ROOT = join(__dirname, '../..');
const FILE = join(ROOT, 'docs/reliability.md');

/** The timeout where it cannot be set, such as in the editor, is as short as where it is set here. */
const realTimeout = AbortSignal.timeout.bind(AbortSignal);
const [UNSET, SHORT] = [120_000, TIMEOUT * 1000];

/** Where redirects point: another host, which is not to hear of anything. */
let elsewhere: Server;
let callsElsewhere = 0;
const addressElsewhere = () => {
	const { port } = elsewhere.address() as AddressInfo;
	return `http://server-${port}.invalid:${port}/`;
};

const cells: Cell[] = [];
const proxies = process.env.NO_PROXY;
let fixture: Fixture;
let certificates: Certificates;
let scenarios: Scenario[];
let stopWatching: () => void;
/** What each scenario gives where nothing is spoiled. */
const right = new Map<Scenario, Ending>();

beforeAll(async () => {
	jest
		.spyOn(AbortSignal, 'timeout')
		.mockImplementation(
			(time) =>
				runContexts.getStore()?.clock.deadline(time === UNSET ? SHORT : time) ?? realTimeout(time),
		);
	const realNow = performance.now.bind(performance);
	jest
		.spyOn(performance, 'now')
		.mockImplementation(() => runContexts.getStore()?.clock.time ?? realNow());
	// Each wait between two tries is the shortest.
	jest.spyOn(Math, 'random').mockReturnValue(0);
	process.env.NO_PROXY = `${proxies},.invalid`;
	stopWatching = startWatching();
	elsewhere = createServer((_request, response) => {
		callsElsewhere++;
		response.end();
	});
	elsewhere.on('connection', () => callsElsewhere++);
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	fixture = await Fixture.open(ROOT);
	certificates = await makeCertificates();
	scenarios = await fixture.scenarios();
	for (const scenario of scenarios) {
		const found = await enter(scenario, NOTHING, 'passes', certificates);
		const expected = expectedOutcome(NOTHING, scenario, 'passes');
		expect(outcomeOf(NOTHING, scenario, found)).toEqual(expected);
		expect(found.items.length).toBeGreaterThan(0);
		right.set(scenario, { items: found.items });
	}
}, 60_000);

afterAll(async () => {
	await fixture.close();
	await new Promise((resolve) => elsewhere.close(resolve));
	certificates.forget();
	stopWatching();
	process.env.NO_PROXY = proxies;
});

/** How the fault turns out in every scenario, by the scenario's names. */
async function findAll(fault: FaultCase, mode: Mode): Promise<Map<Scenario, Finding>> {
	const met = scenarios.filter((scenario) => fault.isUnknownTo?.(scenario) !== true);
	const findings = await Promise.all(
		met.map(
			async (scenario) => [scenario, await enter(scenario, fault, mode, certificates)] as const,
		),
	);
	return new Map(findings);
}

const titleOf = ({ service, name }: Scenario) => `${service}, ${name}`;

/** An object with a value for each scenario, so that a difference names it. */
const byScenario = <Value,>(
	findings: ReadonlyMap<Scenario, Finding>,
	valueOf: (scenario: Scenario, finding: Finding) => Value,
): Record<string, Value> =>
	Object.fromEntries(
		[...findings].map(([scenario, finding]) => [titleOf(scenario), valueOf(scenario, finding)]),
	);

describe.each(faults(addressElsewhere).map((fault) => [fault.name, fault] as const))(
	'%s',
	(_name, fault) => {
		const seen = new Map<Mode, Map<Scenario, Finding>>();

		test.each(['passes', 'stays'] as const)(
			'%s',
			async (mode) => {
				const findings = await findAll(fault, mode);
				seen.set(mode, findings);
				expect(
					byScenario(findings, (scenario, finding) => outcomeOf(fault, scenario, finding)),
				).toEqual(byScenario(findings, (scenario) => expectedOutcome(fault, scenario, mode)));
				// All there is or nothing, and the trigger's memory moves with what it handed on.
				expect(byScenario(findings, (_scenario, { items }) => items)).toEqual(
					byScenario(findings, (scenario, { words }) =>
						words === undefined ? right.get(scenario)?.items : [],
					),
				);
				const failed = new Map([...findings].filter(([, { words }]) => words !== undefined));
				expect(byScenario(failed, (_scenario, { staticData }) => staticData)).toEqual(
					byScenario(failed, ({ memory }) => memory),
				);
				// Once the fault is over, everything is as it was before.
				const repeated = new Map(
					[...failed].filter(([, { afterwards }]) => afterwards !== undefined),
				);
				expect(byScenario(repeated, (_scenario, { afterwards }) => afterwards)).toEqual(
					byScenario(repeated, (scenario) => right.get(scenario)),
				);
			},
			60_000,
		);

		test('is told in words that say what happened and what to do', () => {
			const stays = seen.get('stays') ?? new Map<Scenario, Finding>();
			const passes = seen.get('passes') ?? new Map<Scenario, Finding>();
			const groupOf = (scenario: Scenario) =>
				scenario.name === 'credential test' ? `${scenario.service}, test` : columnOf(scenario);
			const groups = new Set([...stays.keys()].map(groupOf));
			for (const group of groups) {
				const told = [...stays].filter(([scenario]) => groupOf(scenario) === group);
				const words = new Set(told.map(([, finding]) => wordsOf(finding)));
				expect(words.size).toBe(told.length === 0 ? 0 : 1);
				expect([...words].join('')).not.toMatch(/\b(error|problem|failure|mistake|undefined)\b/i);
			}
			for (const [scenario, finding] of stays) {
				if (finding.words !== undefined) expect(finding.words.description).not.toBe('');
				const first = passes.get(scenario);
				if (first !== undefined) cells.push({ fault, scenario, passes: first, stays: finding });
			}
		});
	},
);

test('no call followed a redirect to another host', () => {
	expect(callsElsewhere).toBe(0);
});

test('docs/reliability.md shows what was found', () => {
	const text = readFileSync(FILE, 'utf8');
	const [before = '', rest = ''] = text.split(START);
	const [, after = ''] = rest.split(END);
	const document = `${before}${START}\n\n${tableOf(cells)}\n\n${END}${after}`;
	if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, document);
	expect(readFileSync(FILE, 'utf8')).toBe(document);
});
