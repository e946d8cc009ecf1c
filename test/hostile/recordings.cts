/** Good answers of every function, the WSDL and Rivilė's list, as the simulators give them. */
import {
	FUNCTIONS,
	type FunctionName,
} from '../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { RawClient, type RawParameters } from '../../dev/simulators/klientuPortfelis/rawClient.cts';
import { startKlientuPortfelis } from '../../dev/simulators/klientuPortfelis.cts';
import { JSON_STYLE, toJson, toXml } from '../../dev/simulators/rivile/render.cts';
import { Register } from '../../dev/simulators/rivile/database.cts';
import { sampleRows } from '../../dev/simulators/rivile/samples.cts';
import type { Reader } from './reading.cts';

export interface Recording {
	readonly reader: Reader;
	readonly body: string;
}

/** What each function is called with, in an order that leaves something to answer. */
function calls(listId: number, objectId: number, sessionId: number) {
	const monitoring: RawParameters = {
		list_id: listId,
		email: ['a@example.com'],
		empty_mail: false,
		period: 'D',
		start_date: '2030-01-01',
		services: ['SV_BIRTH'],
	};
	return {
		get_lists: {},
		get_objects: { list_id: listId, start: 0, rows: 3 },
		get_object: { id: objectId },
		add_list: { name: 'Saraksts', type: 'PERSONS' },
		update_list: { id: listId, name: 'Cits' },
		add_object: { list_id: listId, code: '01010112345', type: 'PERSON' },
		update_object: { id: objectId, phone: '+371 20000000' },
		get_available_services: { list_id: listId },
		update_list_monitoring: monitoring,
		get_list_monitoring: { list_id: listId },
		get_monitoring_sessions: { list_id: listId },
		get_session_events: { list_id: listId, session_id: sessionId },
		add_list_monitoring: monitoring,
		delete_object: { id: objectId, list_id: listId },
		delete_list: { id: listId },
		logout: {},
	} satisfies Partial<Record<FunctionName, RawParameters>>;
}

async function recordKlientuPortfelis(): Promise<Recording[]> {
	const simulator = await startKlientuPortfelis();
	try {
		const list = simulator.seedList({ description: 'Apraksts & <citi>' });
		const [first] = simulator.seedObjects(list.id, 4);
		const session = simulator.seedMonitoringSession(list.id, { events: 2 });
		const client = new RawClient(simulator);
		const recordings: Recording[] = [
			{ reader: 'wsdl', body: await (await fetch(simulator.wsdlUrl)).text() },
			{ reader: 'login', body: (await client.login()).body },
		];
		for (const [name, parameters] of Object.entries(calls(list.id, first?.id ?? 0, session.id))) {
			const { body, status } = await client.call(name, parameters);
			if (status !== 200) throw new Error(`${name}: ${body}`);
			recordings.push({ reader: name as FunctionName, body });
		}
		return recordings;
	} finally {
		await simulator.stop();
	}
}

function recordRivile(): Recording[] {
	const register = new Register();
	register.add(sampleRows(2, 1));
	const rows = register.page({ number: 1, newestFirst: false, descending: false }, true);
	register.close();
	const bodies = [
		toXml(rows),
		toJson(rows, JSON_STYLE),
		toJson(rows, { ...JSON_STYLE, jsonRoot: true, jsonNumbers: true }),
	];
	return bodies.map((body) => ({ reader: 'rivile', body }));
}

/** One of each function and of the WSDL, and rows in their three forms. */
export async function record(): Promise<Recording[]> {
	const recordings = [...(await recordKlientuPortfelis()), ...recordRivile()];
	const missing = Object.keys(FUNCTIONS).filter(
		(name) => !recordings.some(({ reader }) => reader === name),
	);
	if (missing.length > 0) throw new Error(`Not recorded: ${missing.join()}`);
	return recordings;
}
