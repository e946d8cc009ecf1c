import { createPrivateKey } from 'node:crypto';
import * as soap from 'soap';
import { FUNCTIONS } from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import vectors from '../../vectors/php-json.json';
import { generateKeys, type KeyPair } from '../../../dev/simulators/keys.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
	type Options,
} from '../../../dev/simulators/klientuPortfelis.cts';
import { forge } from '../../../dev/simulators/klientuPortfelis/forge.cts';
import { phpJson, type PhpObject } from '../../../dev/simulators/klientuPortfelis/phpJson.cts';
import {
	RawClient,
	envelope,
	phpLikeJson,
} from '../../../dev/simulators/klientuPortfelis/rawClient.cts';

interface PhpCase {
	readonly parameters: PhpObject;
	readonly json: string;
}

const phpCases = vectors as readonly unknown[] as readonly PhpCase[];

let keys: KeyPair;
let simulator: KlientuPortfelisSimulator;
let raw: RawClient;

async function start(options: Partial<Options> = {}): Promise<void> {
	simulator = await startKlientuPortfelis({ privateKey: keys.privateKeyPem, ...options });
	raw = new RawClient(simulator);
}

beforeAll(async () => {
	keys = await generateKeys();
});
beforeEach(() => start());
afterEach(() => simulator.stop());

describe('phpJson', () => {
	it('writes what PHP wrote, in every recorded case', () => {
		expect(phpCases).toHaveLength(101);
		for (const { parameters, json } of phpCases) expect(phpJson(parameters)).toBe(json);
	});
});

describe('the addresses', () => {
	it('gives a WSDL that names another address for the calls', async () => {
		const response = await fetch(simulator.wsdlUrl);
		const wsdl = await response.text();
		expect(response.headers.get('content-type')).toContain('text/xml');
		expect(wsdl).toContain(`<soap:address location="${simulator.serviceUrl}"/>`);
		expect(new URL(simulator.serviceUrl).pathname).not.toBe(new URL(simulator.wsdlUrl).pathname);
		expect(simulator.wsdlRequests).toBe(1);
		for (const name of Object.keys(FUNCTIONS)) {
			expect(wsdl).toContain(`soapAction="urn:ApiControllerwsdl#${name}"`);
			expect(wsdl).toContain(
				`<wsdl:message name="${name}Request"><wsdl:part name="signature" type="xsd:string"/>`,
			);
		}
	});

	it('answers calls at the service address only', async () => {
		const service = new URL(simulator.serviceUrl);
		for (const [url, status] of [
			[simulator.wsdlUrl, 405],
			[`${service.origin}${service.pathname}`, 404],
			[`${service.origin}/`, 404],
		] as const) {
			expect((await raw.post(envelope('login', {}), url)).status).toBe(status);
		}
		expect((await fetch(simulator.serviceUrl)).status).toBe(405);
		expect(simulator.calls).toHaveLength(0);
	});
});

/** node-soap's values carry their attributes; this leaves the values. */
function plain(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value !== 'object' || value === null) return value;
	if ('$value' in value) return value.$value;
	const fields = Object.entries(value).filter(([key]) => key !== 'attributes');
	return Object.fromEntries(fields.map(([key, field]) => [key, plain(field)]));
}

describe("node-soap's own client with signatures by node-forge", () => {
	let client: soap.Client;
	let sid = '';

	async function call(name: string, parameters: object): Promise<unknown> {
		const key = forge.pki.privateKeyFromPem(keys.privateKeyPem);
		const withSid = name === 'login' ? parameters : { sid, ...parameters };
		const digest = forge.md.sha256.create().update(phpLikeJson(withSid), 'utf8');
		const signature = forge.util.encode64(key.sign(digest));
		const sent = Object.entries(withSid).map(([field, value]) => [
			field,
			Array.isArray(value) ? { item: value } : value,
		]);
		const method: unknown = client[`${name}Async`];
		if (typeof method !== 'function') throw new Error(`No method ${name}`);
		const [answer]: unknown[] = await method({ signature, ...Object.fromEntries(sent) });
		return plain(Object(answer).return);
	}

	beforeEach(async () => {
		client = await soap.createClientAsync(simulator.wsdlUrl, { disableCache: true });
		const { username, password, roleId } = simulator.credentials;
		const answer = await call('login', { username, password, role_id: roleId });
		sid = Object(answer).sid;
	});

	it('logs in', () => {
		expect(sid).toMatch(/^[\da-f]{32}$/);
		expect(simulator.logins).toBe(1);
		expect(simulator.calls[0]?.parameters).not.toHaveProperty('password');
		expect(simulator.calls[0]?.parameters).toHaveProperty('signature');
	});

	it('creates a list, adds objects and reads them', async () => {
		const created = await call('add_list', {
			name: 'Ķīpsalas "klienti" & <citi>',
			type: 'PERSONS',
			description: '  atkāpe\n\tun tabulators ',
		});
		const list = Object(created).list;
		expect(list).toMatchObject({ type: 'PERSONS', form: 'SIMPLE', object_count: 0 });
		expect(list.name).toBe('Ķīpsalas "klienti" & <citi>');
		expect(simulator.portfolio.lists.get(list.id)?.description).toBe('  atkāpe\n\tun tabulators ');
		const given = { list_id: list.id, code: '40000000001', type: 'COMPANY' };
		expect(await call('add_object', given)).toMatchObject({
			success: true,
			object: { code: '40000000001', virtual_id: '000000001', name: 'SIA "Paraugs"' },
		});
		await call('add_object', {
			list_id: list.id,
			code: '40000000014',
			type: 'COMPANY',
			name: 'SIA "Ņemts/pēc vārda"',
			check_ur: false,
		});
		expect(await call('get_objects', { list_id: list.id, start: 1, rows: 10 })).toMatchObject({
			list: { object_count: 2, objects: { item: { name: 'SIA "Ņemts/pēc vārda"' } } },
		});
	});

	it('sets a monitoring with one and with several elements', async () => {
		const { id } = simulator.seedList();
		simulator.seedObjects(id, 3);
		const monitoring = {
			list_id: id,
			email: ['viens@example.lv'],
			empty_mail: true,
			period: 'W',
			start_date: '2026-01-01',
			services: ['SV_BIRTH', 'SV_INSOLV'],
		};
		expect(await call('add_list_monitoring', monitoring)).toMatchObject({
			monitoring: { email: 'viens@example.lv', empty_email: true, object_count: 3 },
		});
		const changed = { ...monitoring, email: ['a@example.lv', 'b@example.lv'], empty_mail: false };
		expect(await call('update_list_monitoring', changed)).toMatchObject({
			monitoring: {
				email: 'a@example.lv,b@example.lv',
				empty_email: false,
				services: { item: [{ type: 'SV_BIRTH' }, { type: 'SV_INSOLV' }] },
			},
		});
	});
});

describe('the credentials', () => {
	it('can hold an encrypted key', async () => {
		const passphrase = 'slepena';
		const privateKey = createPrivateKey(keys.privateKeyPem)
			.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
			.toString();
		await simulator.stop();
		await start({ privateKey, passphrase });
		expect(simulator.credentials).toMatchObject({ privateKey, passphrase, endpoint: '' });
		expect((await raw.login()).code).toBeNull();
	});
});

describe('the functions on lists and objects', () => {
	beforeEach(() => raw.login());

	it('answers as documented: fields in order, nil, empty and filled arrays', async () => {
		const empty = await raw.call('get_lists');
		expect(empty.body).toContain(
			'<list_count xsi:type="xsd:int">0</list_count><lists SOAP-ENC:arrayType="ns1:ResponseList[0]" xsi:type="ns1:ResponseListArray"/>',
		);
		const { id } = simulator.seedList({ description: 'a & b' });
		const { body } = await raw.call('get_lists');
		expect(body).toContain(
			`<lists SOAP-ENC:arrayType="ns1:ResponseList[1]" xsi:type="ns1:ResponseListArray"><item xsi:type="ns1:ResponseList"><id xsi:type="xsd:int">${id}</id><name xsi:type="xsd:string">Paraugu saraksts</name><type xsi:type="xsd:string">PERSONS</type><form xsi:type="xsd:string">SIMPLE</form><description xsi:type="xsd:string">a &amp; b</description><monitoring_id xsi:nil="true"/><object_count xsi:type="xsd:int">0</object_count><objects xsi:nil="true"/><monitored_object_count xsi:type="xsd:int">0</monitored_object_count><users SOAP-ENC:arrayType="ns1:ResponseRole[1]"`,
		);
		expect(body).toContain(
			'<success xsi:type="xsd:boolean">true</success><message xsi:type="xsd:string">Pieprasījums veiksmīgi izpildīts</message><code xsi:nil="true"/></return></ns1:get_listsResponse>',
		);
		expect((await raw.login()).body).not.toContain('<code');
		const failed = await raw.call('get_objects', { list_id: 1 });
		expect(failed.body).toContain(
			'<list xsi:nil="true"/><success xsi:type="xsd:boolean">false</success><message xsi:type="xsd:string">Saraksts nav atrasts</message><code xsi:type="xsd:int">2008</code>',
		);
	});

	it('keeps one object in several lists and deletes it from one or from all', async () => {
		const [one, two] = [simulator.seedList().id, simulator.seedList().id];
		const added = { code: '40000000001', type: 'COMPANY' };
		const id = Number((await raw.call('add_object', { list_id: one, ...added })).field('id'));
		expect((await raw.call('add_object', { list_id: two, ...added })).field('id')).toBe(`${id}`);
		expect((await raw.call('delete_object', { id, list_id: one })).field('list_count')).toBe('2');
		expect(simulator.portfolio.objects.size).toBe(1);
		await raw.call('add_object', { list_id: one, ...added });
		expect((await raw.call('delete_object', { id })).field('success')).toBe('true');
		expect(simulator.portfolio.objects.size).toBe(0);
		expect((await raw.call('get_object', { id })).code).toBe(2011);
	});

	it('changes and empties what users enter, and deletes lists', async () => {
		const list = simulator.seedList({ description: 'sens' });
		const object = simulator.seedObjects(list.id, 1)[0];
		const id = object?.id ?? 0;
		await raw.call('update_object', { id, address: 'Jauna iela 2', phone: '67000000' });
		await raw.call('update_object', { id, phone: '' });
		expect(object).toMatchObject({ user_address: 'Jauna iela 2', phone: '', fax: null });
		await raw.call('update_list', { id: list.id, name: 'Jauns' });
		expect(list).toMatchObject({ name: 'Jauns', description: 'sens' });
		expect((await raw.call('delete_list', { id: list.id })).field('list_count')).toBe('0');
		expect(simulator.portfolio.objects.size).toBe(0);
	});

	it('answers 25,000 objects and no more, and pages through 100,000', async () => {
		const { id } = simulator.seedList();
		simulator.seedObjects(id, 100_000);
		expect((await raw.call('get_objects', { list_id: id })).code).toBe(2021);
		expect((await raw.call('get_objects', { list_id: id, rows: 25_001 })).code).toBe(2021);
		const full = await raw.call('get_objects', { list_id: id, start: 99_000, rows: 25_000 });
		expect(full.body).toContain('ns1:ResponseObject[1000]');
		expect(full.field('object_count')).toBe('100000');
		const page = await raw.call('get_objects', { list_id: id, start: 25_000, rows: 25_000 });
		expect(page.body).toContain('ns1:ResponseObject[25000]');
	});
});

describe('the functions on monitorings', () => {
	beforeEach(() => raw.login());

	it('gives sessions in a period, their events and the services of a list', async () => {
		const { id } = simulator.seedList();
		simulator.seedMonitoringSession(id, { sent: '2026-01-01 08:00:00', events: 0 });
		const { id: session_id } = simulator.seedMonitoringSession(id, {
			sent: '2026-02-01 23:59:59',
			events: [{ notes: 'svarīgs & steidzams' }, {}],
		});
		const all = await raw.call('get_monitoring_sessions', { list_id: id });
		expect(all.field('session_count')).toBe('2');
		expect(all.field('sent')).toBe('2026-02-01 23:59:59');
		const period = { list_id: id, from: '2026-02-01', to: '2026-02-01' };
		expect((await raw.call('get_monitoring_sessions', period)).field('session_count')).toBe('1');
		const events = await raw.call('get_session_events', { list_id: id, session_id });
		expect(events.body).toContain('ns1:ResponseEvent[2]');
		expect(events.body).toContain('svarīgs &amp; steidzams');
		const services = await raw.call('get_available_services', { list_id: id });
		expect(services.field('type')).toBe('SV_BIRTH');
		expect((await raw.call('get_list_monitoring', { list_id: id })).field('period')).toBe('D');
	});
});
