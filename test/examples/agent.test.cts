/**
 * The tools of the example with an AI agent, each run as a node with the values that an agent would fill
 * in. `e2e/tests/examples.test.cts` runs the agent itself.
 */
import type { IDataObject } from 'n8n-workflow';

import { chain } from '../../dev/engine/workflows.cts';
import { readExample } from './exampleFiles.cts';
import { expectSuccess, LIST, setExampleStage, type ExampleStage } from './stage.cts';

const example = readExample('ai-agent-over-both-services.json');
const tools = example.nodes.filter(({ type }) => type.endsWith('Tool'));

let stage: ExampleStage;

beforeAll(async () => {
	stage = await setExampleStage();
	const { portfolio, rivile, list } = stage;
	portfolio.seedObjects(list.id, 2);
	portfolio.seedMonitoringSession(list.id, { sent: '2026-02-28 06:00:00', events: 1 });
	portfolio.seedMonitoringSession(list.id, {
		sent: '2026-03-02 06:00:00',
		events: [{ title: 'Adreses maiņa', object_name: 'SIA Paraugs' }],
	});
	rivile
		.registerOf('GET_N08_LIST')
		.add([{ N08_KODAS_KS: 'PVZ001', N08_PAV: 'UAB Pavyzdys', N08_IM_KODAS: '110065392' }]);
	rivile.registerOf('GET_T03_LIST').add([{ T03_KODAS_KS: 'PVZ001', T03_DOK_NR: 'A-1' }]);
	const receipt = { I04_OP_RUSIS: 1, I04_KODAS_KS: 'PVZ001', I04_SUMA: 12.5 };
	rivile.seed([
		{ ...receipt, I04_KODAS_CH: '000000000001', I04_OP_DATA: '2026-03-02T00:00:00' },
		{ ...receipt, I04_KODAS_CH: '000000000002', I04_OP_DATA: '2026-04-02T00:00:00' },
	]);
});
afterAll(async () => await stage.close());

/** Puts what an agent says in the place of what it is asked for. */
function filledIn(parameters: unknown, said: Readonly<Record<string, unknown>>): IDataObject {
	const text = JSON.stringify(parameters, (_, value: unknown) => {
		const name = typeof value === 'string' ? /\$fromAI\('(\w+)'/.exec(value)?.[1] : undefined;
		if (name === undefined) return value;
		if (!(name in said)) throw new Error(`The agent does not say ${name}`);
		return said[name];
	});
	return JSON.parse(text) as IDataObject;
}

async function call(name: string, said: Readonly<Record<string, unknown>>): Promise<IDataObject[]> {
	const tool = tools.find((node) => node.name === name);
	if (tool === undefined) throw new Error(`No tool ${name}`);
	const node = { ...tool, type: tool.type.replace(/Tool$/, '') };
	const result = await stage.engine.run(
		chain({ ...node, parameters: filledIn(tool.parameters, said) }),
		{
			credentials: {
				'Klientu Portfelis account': stage.portfolio.credentials,
				'Rivilė account': stage.rivile.credentials,
			},
		},
	);
	expectSuccess(result);
	return result.json(name);
}

const session = { List: LIST, From: '2026-03-01', To: '2026-03-31' };

test('the tools give what the agent asks for', async () => {
	expect(await call('Get Lists', {})).toEqual([expect.objectContaining({ name: LIST })]);
	expect(await call('Find Objects', { Name: 'SIA' })).toHaveLength(2);
	const [found, ...others] = await call('Get Sessions', session);
	expect(others).toEqual([]);
	expect(await call('Get Events', { List: LIST, Session_ID: found?.id })).toEqual([
		expect.objectContaining({ object_name: 'SIA Paraugs' }),
	]);
	const [client] = await call('Get Clients', { Client_Name: 'Pavyzdys' });
	expect(client?.clientCode).toBe('PVZ001');
	const march = { Client_Code: 'PVZ001', Date_From: '2026-03-01', Date_To: '2026-03-31' };
	expect(await call('Get Receipts', march)).toEqual([
		expect.objectContaining({ operationNumber: '000000000001', amount: 12.5 }),
	]);
	expect(await call('Get Debts', { Client_Code: 'PVZ001' })).toEqual([
		expect.objectContaining({ documentNumber: 'A-1' }),
	]);
});

test('every tool only reads, and is connected to the agent', () => {
	expect(tools).toHaveLength(7);
	for (const { name, parameters } of tools) {
		expect((parameters as IDataObject).operation).toMatch(/^(?:get|getMany|getEvents|find)$/);
		expect(example.connections[name]?.ai_tool).toEqual([
			[{ node: 'AI Agent', type: 'ai_tool', index: 0 }],
		]);
	}
});
