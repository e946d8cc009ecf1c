/** Sessions by the simulator's clock, and answers that a test orders. */
import { generateKeys, type KeyPair } from '../../../dev/simulators/keys.cts';
import {
	cutDocument,
	delayed,
	droppedConnection,
	emptyBody,
	htmlPage,
	soapFault,
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../../../dev/simulators/klientuPortfelis.cts';
import { RawClient } from '../../../dev/simulators/klientuPortfelis/rawClient.cts';

let keys: KeyPair;
let simulator: KlientuPortfelisSimulator;
let raw: RawClient;
let clock = 0;

beforeAll(async () => {
	keys = await generateKeys();
});
beforeEach(async () => {
	clock = Date.UTC(2026, 0, 15, 12);
	simulator = await startKlientuPortfelis({ privateKey: keys.privateKeyPem, now: () => clock });
	raw = new RawClient(simulator);
	await raw.login();
});
afterEach(() => simulator.stop());

describe('a session', () => {
	it('lives 30 minutes from its last request', async () => {
		const minutes = 60_000;
		clock += 30 * minutes;
		expect((await raw.call('get_lists')).code).toBeNull();
		clock += 30 * minutes;
		expect((await raw.call('get_lists')).code).toBeNull();
		clock += 30 * minutes + 1;
		expect((await raw.call('get_lists')).code).toBe(2007);
		await raw.login();
		expect((await raw.call('get_lists')).code).toBeNull();
	});

	it('belongs to the address that logged in', async () => {
		simulator.changeAddress('192.0.2.1');
		expect((await raw.call('get_lists')).code).toBe(2006);
		simulator.changeAddress(null);
		expect((await raw.call('get_lists')).code).toBeNull();
	});

	it('ends with logout or when all are forgotten', async () => {
		expect((await raw.call('logout')).code).toBeNull();
		expect((await raw.call('get_lists')).code).toBe(2005);
		await raw.login();
		simulator.forgetSessions();
		expect((await raw.call('get_lists')).code).toBe(2005);
	});
});

describe('ordered answers', () => {
	it('replace the answer: a Fault, a page, nothing, half of it', async () => {
		simulator.answerNext(soapFault('kļūda'));
		simulator.answerNext(htmlPage(502));
		simulator.answerNext(emptyBody());
		simulator.answerNext(cutDocument());
		simulator.answerNext({ status: 429, headers: { 'retry-after': '7' }, body: 'lēnāk' });
		const fault = await raw.call('get_lists');
		expect([fault.status, fault.field('faultstring')]).toEqual([500, 'kļūda']);
		const page = await raw.call('get_lists');
		expect([page.status, page.field('title')]).toEqual([502, '502']);
		expect((await raw.call('get_lists')).body).toBe('');
		const cut = await raw.call('get_lists');
		expect(cut.body).toContain('<SOAP-ENV:Body>');
		expect(cut.body).not.toContain('</SOAP-ENV:Envelope>');
		expect(await raw.call('get_lists')).toMatchObject({ status: 429, body: 'lēnāk' });
	});

	it('drop the connection, with or without the call carried out', async () => {
		const list = { name: 'n', type: 'KEYWORDS' };
		simulator.answerNext(droppedConnection());
		await expect(raw.call('add_list', list)).rejects.toThrow('fetch failed');
		expect(simulator.portfolio.lists.size).toBe(0);
		simulator.answerNext({ ...droppedConnection(), performed: true });
		await expect(raw.call('add_list', list)).rejects.toThrow('fetch failed');
		expect(simulator.portfolio.lists.size).toBe(1);
	});

	it('hold the answer back until a promise is kept', async () => {
		let release = (): void => undefined;
		simulator.answerNext(delayed(new Promise<void>((resolve) => (release = resolve))));
		const held = raw.call('get_lists');
		expect((await raw.call('get_lists')).code).toBeNull();
		expect(simulator.calls.at(-2)?.status).toBe(0);
		release();
		expect((await held).code).toBeNull();
	});

	it('end with the simulator, however long they were to wait', async () => {
		simulator.answerNext(delayed(3_600_000));
		const held = raw.call('get_lists').catch((error: unknown) => String(error));
		while (simulator.calls.length < 2) await new Promise(setImmediate);
		await simulator.stop();
		expect(await held).toContain('fetch failed');
	});

	it('can be for the WSDL', async () => {
		simulator.answerNext({ function: 'wsdl', status: 404, body: 'nav' });
		expect((await raw.call('get_lists')).code).toBeNull();
		expect((await fetch(simulator.wsdlUrl)).status).toBe(404);
		expect((await fetch(simulator.wsdlUrl)).status).toBe(200);
	});
});
