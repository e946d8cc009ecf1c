/** What the tests of the examples share: both services, n8n's engine, and what was sent outside. */
import {
	createEngine,
	type Engine,
	type NodeJson,
	type RunResult,
} from '../../dev/engine/harness.cts';
import { outsideNode, type OutsideNode, type Sent } from '../../dev/engine/outsideNodes.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../../dev/simulators/klientuPortfelis.cts';
import type { StoredList } from '../../dev/simulators/klientuPortfelis/portfolio.cts';
import { startRivile, type RivileSimulator } from '../../dev/simulators/rivile.cts';
import { readExample, ROOT } from './exampleFiles.cts';

// Nodes wait a moment before they believe that a register is empty.
jest.setTimeout(60_000);

/** The list that the ten examples use. */
export const LIST = 'Sample: portfolio';

/** A document in Rivilė that is to be paid until a day, with what was billed and what was paid. */
export const debt = (
	client: string,
	number: string,
	due: string,
	debit: number,
	credit: number,
) => ({
	T03_KODAS_KS: client,
	T03_DOK_NR: number,
	T03_DATA_MOK: `${due}T00:00:00`,
	T03_KODAS_VL: 'EUR',
	T03_SUMA_DB: debit,
	T03_SUMA_CR: credit,
});

export interface ExampleStage {
	readonly engine: Engine;
	readonly portfolio: KlientuPortfelisSimulator;
	readonly rivile: RivileSimulator;
	/** The list that the examples use, empty at first. */
	readonly list: StoredList;
	/** What each outside node was run with, by the name of its type. */
	sent(type: string): Sent[];
	/** Runs an example as "Execute workflow" does. */
	run(file: string): Promise<RunResult>;
	/** Lets the trigger of an example look twice, with something that happens in between, and runs it. */
	runAfter(file: string, happen: () => void): Promise<RunResult>;
	close(): Promise<void>;
}

/** The nodes of other services in the examples, with the parameters that a user cares about. */
const OUTSIDE: readonly OutsideNode[] = [
	{ name: 'emailSend', parameters: ['operation', 'toEmail', 'subject', 'text', 'message'] },
	{ name: 'slack', parameters: ['channelId', 'text'] },
	{ name: 'httpRequest', parameters: ['url', 'jsonBody'] },
	{ name: 'wait', parameters: ['amount', 'unit'] },
	{ name: 'googleSheets', parameters: ['operation', 'sheetName', 'columns'] },
];

/** What outside nodes do besides keeping what was sent, by the name of the type. */
export type Reactions = Readonly<Record<string, OutsideNode['onSent']>>;

export async function setExampleStage(reactions: Reactions = {}): Promise<ExampleStage> {
	const kept = new Map<string, Sent[]>(OUTSIDE.map(({ name }) => [name, []]));
	const nodeTypes = OUTSIDE.map((outside) => [
		`n8n-nodes-base.${outside.name}`,
		outsideNode({ ...outside, onSent: reactions[outside.name] }, kept.get(outside.name) ?? []),
	]);
	const engine = await createEngine({
		packageDir: ROOT,
		nodeTypes: Object.fromEntries(nodeTypes) as Record<string, ReturnType<typeof outsideNode>>,
	});
	const [portfolio, rivile] = await Promise.all([startKlientuPortfelis(), startRivile()]);
	const list = portfolio.seedList({ name: LIST });
	const credentials = {
		'Klientu Portfelis account': portfolio.credentials,
		'Rivilė account': rivile.credentials,
		'SMTP account': {},
		'Slack account': {},
		'Google Sheets account': {},
	};

	const poller = (file: string) => {
		const trigger = readExample(file).nodes.find(({ type }) => /\.\w+Trigger$/.test(type));
		const { type, name, parameters } = trigger as NodeJson;
		const options = {
			parameters: parameters as never,
			credentials: {
				klientuPortfelisApi: portfolio.credentials,
				rivileApi: rivile.credentials,
			},
			staticData: {},
			mode: 'trigger' as const,
		};
		return { name, poll: async () => await engine.poll(type, options) };
	};

	return {
		engine,
		portfolio,
		rivile,
		list,
		sent: (type) => kept.get(type) ?? [],
		run: async (file) => await engine.run(readExample(file), { credentials }),
		runAfter: async (file, happen) => {
			const { name, poll } = poller(file);
			expect(await poll()).toBeNull();
			happen();
			const outputs = await poll();
			return await engine.run(readExample(file), {
				credentials,
				mode: 'trigger',
				startNode: name,
				input: outputs?.[0] ?? [],
			});
		},
		close: async () => {
			await Promise.all([engine.close(), portfolio.stop(), rivile.stop()]);
		},
	};
}

/** The run ended well; its error is shown if it did not. */
export function expectSuccess(result: RunResult): void {
	expect(result.error).toBeUndefined();
	expect(result.status).toBe('success');
}
