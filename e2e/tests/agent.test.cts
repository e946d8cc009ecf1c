/** An AI Agent that answers an office manager's questions with our nodes as its tools. */
import { fromAi, agentWorkflow, type ToolNode } from '../lib/agent.cts';
import type { Json } from '../lib/api.cts';
import { callOf, ChatModel, pick, type Policy, type ToolResult } from '../lib/chatModel.cts';
import { setStage, type Stage } from '../lib/stage.cts';

let stage: Stage;
let model: ChatModel;
let credentialIds: Record<string, string>;

beforeAll(async () => {
	model = await ChatModel.start();
	stage = await setStage();
	const openAi = { apiKey: 'none', url: model.url };
	const openAiApi = await stage.n8n.api.saveCredential('openAiApi', 'openAiApi', openAi);
	credentialIds = { ...stage.credentialIds, openAiApi };
});
afterAll(async () => {
	await stage?.close();
	await model?.stop();
});

const listByName = { __rl: true, mode: 'name', value: fromAi('List') };

const portfolio = (resource: string, operation: string, parameters: Json): ToolNode => ({
	node: 'klientuPortfelis',
	resource,
	operation,
	parameters,
});

const rivile = (resource: string, operation: string, parameters: Json): ToolNode => ({
	node: 'rivile',
	resource,
	operation,
	parameters,
});

const TOOLS = {
	getLists: portfolio('list', 'getMany', { returnAll: true }),
	getSessions: portfolio('monitoringSession', 'getMany', {
		listId: listByName,
		returnAll: true,
		filters: { from: fromAi('From'), to: fromAi('To') },
	}),
	getEvents: portfolio('monitoringSession', 'getEvents', {
		listId: listByName,
		sessionId: { __rl: true, mode: 'id', value: fromAi('Session ID', 'number') },
		returnAll: true,
	}),
	findObject: portfolio('object', 'find', {
		findBy: 'code',
		value: fromAi('Value'),
		returnAll: true,
		output: 'selectedFields',
		outputFields: 'id, lists',
	}),
	createObject: portfolio('object', 'create', {
		listId: listByName,
		type: 'COMPANY',
		code: fromAi('Code'),
	}),
	updateObject: portfolio('object', 'update', {
		objectId: { __rl: true, mode: 'id', value: fromAi('Object', 'number') },
		updateFields: { phone: fromAi('Phone') },
	}),
	deleteObject: portfolio('object', 'delete', {
		objectId: { __rl: true, mode: 'id', value: fromAi('Object', 'number') },
		listId: listByName,
	}),
	getClients: rivile('client', 'getMany', {
		filterMode: 'simple',
		simpleFilters: { name: fromAi('Name') },
		returnAll: true,
	}),
	getOperations: rivile('cashOperation', 'getMany', {
		filterMode: 'simple',
		simpleFilters: {
			kind: 'receipts',
			clientCode: fromAi('Client Code'),
			dateFrom: fromAi('Date From'),
			dateTo: fromAi('Date To'),
		},
		returnAll: true,
	}),
	findPayments: rivile('cashOperation', 'find', {
		search: { clientName: fromAi('Client Name'), reference: fromAi('Reference') },
	}),
	getDebts: rivile('debt', 'getMany', {
		filterMode: 'simple',
		simpleFilters: { clientCode: fromAi('Client Code') },
		returnAll: true,
	}),
};

const SYSTEM = 'You help in the office. Today is 2026-10-20.';

/** Asks the agent, which has every tool, so that the model must tell them apart. */
async function ask(question: string, policy: Policy): Promise<string> {
	model.follow(policy);
	const { api } = stage.n8n;
	const workflow = await agentWorkflow(api, {
		question,
		system: SYSTEM,
		tools: Object.values(TOOLS),
		credentialIds,
	});
	const execution = await api.execute(await api.saveWorkflow(workflow), 'Start');
	expect(execution.error).toBeUndefined();
	expect(execution.status).toBe('success');
	const [answer, ...others] = execution.items('AI Agent');
	expect(others).toEqual([]);
	return String(answer?.output);
}

/** The items that a tool gave. */
function itemsOf({ name, response }: ToolResult): Json[] {
	const parsed: unknown = JSON.parse(response);
	if (!Array.isArray(parsed)) throw new Error(`${name} gave no items: ${response}`);
	// n8n wraps the items of a tool by its version.
	return (parsed as Json[]).flatMap((item) => (item.response as Json[] | undefined) ?? [item]);
}

/** The calls that led to the last response. */
const calls = () =>
	model.conversations.at(-1)?.results.map(({ name, arguments: given }) => [name, given]);

/** The first and last day of the month that a system message says it is. */
function monthIn(system: string): { from: string; to: string } {
	const [, year = '', month = ''] = /(\d{4})-(\d\d)-\d\d/.exec(system) ?? [];
	const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
	return { from: `${year}-${month}-01`, to: `${year}-${month}-${last}` };
}

describe('which of our clients changed address this month', () => {
	const whoMoved: Policy = ({ tools, results, system }) => {
		const { from, to } = monthIn(system);
		const [sessions, ...events] = results;
		if (sessions === undefined) {
			const tool = pick(tools, 'get the monitoring sessions of a list');
			return [callOf(tool, { List: 'klienti', From: from, To: to })];
		}
		if (events.length === 0) {
			const tool = pick(tools, 'get what monitoring found');
			return itemsOf(sessions)
				.filter((session) => Number(session.sent_events_count) > 0)
				.map(({ id }) => callOf(tool, { List: 'klienti', Session_ID: id }));
		}
		const moved = events
			.flatMap(itemsOf)
			.filter(({ title }) => /adrese/i.test(String(title)))
			.map((event) => `${String(event.object_name)} (${String(event.object_code)})`);
		return `Changed address: ${moved.join(', ')}`;
	};

	it('is answered from the sessions of this month alone', async () => {
		const { simulator } = stage.services.klientuPortfelis;
		const list = [...simulator.portfolio.lists.values()].find(({ name }) => name === 'Klienti');
		const listId = list?.id ?? 0;
		const event = (object_name: string, object_code: string, title: string) => ({
			title,
			object_name,
			object_code,
		});
		simulator.seedMonitoringSession(listId, {
			sent: '2026-09-30 06:00:00',
			events: [event('SIA Septembris', '40000000001', 'Adreses maiņa')],
		});
		const first = simulator.seedMonitoringSession(listId, {
			sent: '2026-10-01 06:00:00',
			events: [
				event('SIA Upe', '40000000002', 'Adreses maiņa'),
				event('SIA Kalns', '40000000003', 'Maksātnespējas process'),
			],
		});
		simulator.seedMonitoringSession(listId, { sent: '2026-10-08 06:00:00', events: [] });
		const third = simulator.seedMonitoringSession(listId, {
			sent: '2026-10-15 06:00:00',
			events: [event('SIA "Ezers & dēli"', '40000000004', 'Adreses maiņa')],
		});
		const before = simulator.calls.length;

		const answer = await ask('Which of our clients changed address this month?', whoMoved);

		const names = answer.replace('Changed address: ', '').split(', ').sort();
		expect(names).toEqual(['SIA "Ezers & dēli" (40000000004)', 'SIA Upe (40000000002)']);
		const get = 'Get_what_monitoring_found_in_Klientu_Portfelis';
		expect(calls()).toEqual([
			[
				'Get_many_monitoring_sessions_in_Klientu_Portfelis',
				{ List: 'klienti', From: '2026-10-01', To: '2026-10-31' },
			],
			...[third, first].map(({ id }) => [get, { List: 'klienti', Session_ID: id }]),
		]);
		const seen = simulator.calls.slice(before).map((call) => [call.function, call.parameters]);
		expect(seen.filter(([name]) => name === 'get_monitoring_sessions')).toEqual([
			[
				'get_monitoring_sessions',
				expect.objectContaining({ list_id: listId, from: '2026-10-01', to: '2026-10-31' }),
			],
		]);
		const sessions = seen.filter(([name]) => name === 'get_session_events');
		expect(new Set(sessions.map(([, parameters]) => (parameters as Json).session_id))).toEqual(
			new Set([first.id, third.id]),
		);
	});
});

describe('add a company to a list', () => {
	const CODE = '40003053936';

	const add: Policy = ({ tools, results, question }) => {
		const [, code = '', List = ''] = /add (\d+) to (.+)$/i.exec(question) ?? [];
		const [found, created] = results;
		if (found === undefined) {
			return [callOf(pick(tools, 'find objects by code'), { Value: code })];
		}
		const lists = itemsOf(found).flatMap((object) => (object.lists as Json[] | undefined) ?? []);
		if (lists.some(({ name }) => String(name).toLowerCase() === List.toLowerCase())) {
			return `${List} has it already`;
		}
		if (created === undefined) {
			return [callOf(pick(tools, 'add a company to a list'), { List, Code: code })];
		}
		const [object] = itemsOf(created);
		return `Added ${String(object?.name)} with the ID ${String(object?.id)}`;
	};

	it('looks before it adds, and adds once', async () => {
		const { simulator } = stage.services.klientuPortfelis;
		const partners = simulator.seedList({ name: 'Partneri' });
		const before = simulator.calls.length;

		const answer = await ask(`Please add ${CODE} to partneri`, add);

		const [object, ...others] = [...partners.objects.values()];
		expect(others).toEqual([]);
		expect(object?.code).toBe(CODE);
		expect(answer).toBe(`Added ${object?.name} with the ID ${object?.id}`);
		expect(calls()).toEqual([
			['Find_objects_by_code_client_ID_or_name_in_Klientu_Portfelis', { Value: CODE }],
			[
				'Add_a_company_or_other_object_to_a_list_in_Klientu_Portfelis',
				{ List: 'partneri', Code: CODE },
			],
		]);
		const writes = simulator.calls.slice(before).filter((call) => call.function === 'add_object');
		expect(writes.map(({ parameters }) => parameters)).toEqual([
			expect.objectContaining({ list_id: partners.id, code: CODE, type: 'COMPANY' }),
		]);

		const [nothing] = model.conversations.at(-1)?.results ?? [];
		expect(nothing && itemsOf(nothing)).toEqual([{ note: 'There are no results.' }]);

		expect(await ask(`Please add ${CODE} to partneri`, add)).toBe('partneri has it already');
		const [found] = model.conversations.at(-1)?.results ?? [];
		expect(found && itemsOf(found)).toEqual([
			{ id: object?.id, lists: [{ id: partners.id, name: 'Partneri' }] },
		]);
		expect(partners.objects.size).toBe(1);
	});
});

describe('how much a client paid in October', () => {
	const howMuch: Policy = ({ tools, results, question, system }) => {
		const [, name = ''] = /did (.+) pay/.exec(question) ?? [];
		const { from, to } = monthIn(system);
		const [clients, receipts] = results;
		if (clients === undefined) return [callOf(pick(tools, 'get clients'), { Name: name })];
		if (receipts === undefined) {
			const codes = itemsOf(clients).map(({ clientCode }) => clientCode);
			const tool = pick(tools, 'get receipts and payments');
			return codes.map((code) => callOf(tool, { Client_Code: code, Date_From: from, Date_To: to }));
		}
		const amounts = itemsOf(receipts).map(({ amount }) => Number(amount));
		const sum = amounts.reduce((total, amount) => total + amount, 0);
		return `${amounts.length} receipts, ${sum.toFixed(2)} EUR`;
	};

	it("is the sum of the client's receipts in that month", async () => {
		const { simulator } = stage.services.rivile;
		simulator.registerOf('GET_N08_LIST').add([
			{ N08_KODAS_KS: 'AGENT1', N08_PAV: 'UAB Žalgirio sodai', N08_RUSIS: 1 },
			{ N08_KODAS_KS: 'AGENT2', N08_PAV: 'UAB Kitas', N08_RUSIS: 1 },
		]);
		const operation = (number: number, client: string, date: string, kind: 1 | 2, sum: number) => ({
			I04_KODAS_CH: String(900_000 + number).padStart(12, '0'),
			I04_OP_RUSIS: kind,
			I04_OP_DATA: `${date}T00:00:00`,
			I04_KODAS_KS: client,
			I04_SUMA: sum,
			I04_KODAS_VL: 'EUR',
		});
		simulator.seed([
			operation(1, 'AGENT1', '2026-09-30', 1, 1000),
			operation(2, 'AGENT1', '2026-10-01', 1, 100.1),
			operation(3, 'AGENT1', '2026-10-31', 1, 20.25),
			operation(4, 'AGENT1', '2026-10-15', 2, 5000),
			operation(5, 'AGENT2', '2026-10-15', 1, 7000),
			operation(6, 'AGENT1', '2026-11-01', 1, 3000),
		]);
		const before = simulator.requests.length;

		const answer = await ask('How much did Žalgirio sodai pay in October?', howMuch);

		expect(answer).toBe('2 receipts, 120.35 EUR');
		expect(calls()).toEqual([
			['Get_clients_in_Rivil_', { Name: 'Žalgirio sodai' }],
			[
				'Get_receipts_and_payments_in_Rivil_',
				{ Client_Code: 'AGENT1', Date_From: '2026-10-01', Date_To: '2026-10-31' },
			],
		]);
		const seen = simulator.requests.slice(before);
		expect(new Set(seen.map(({ call }) => call))).toEqual(
			new Set(['GET_N08_LIST', 'GET_I04_LIST']),
		);
		for (const { call, params } of seen) {
			const expected = call === 'GET_N08_LIST' ? ['Žalgirio sodai'] : ['AGENT1', '2026', 'RUSIS'];
			for (const part of expected) expect(params.fil).toContain(part);
		}
	});
});

test('a tool that fails tells the agent what to do', async () => {
	const policy: Policy = ({ tools, results: [failed] }) => {
		if (failed !== undefined) return failed.response;
		return [callOf(pick(tools, 'add a company to a list'), { List: 'Nav tāda', Code: '1' })];
	};
	expect(await ask('Add 1 to a list that does not exist', policy)).toMatch(/Nav tāda/);
});
