import { KlientuPortfelisApi } from '../../../credentials/KlientuPortfelisApi.credentials';
import { startTestRig, type TestRig } from './helpers.cts';

const PASSWORD = 'sl\"ep&na<parole>ķ';
let bench: TestRig;

beforeAll(async () => {
	bench = await startTestRig({ password: PASSWORD });
	bench.simulator.seedList();
});
afterAll(async () => await bench.stop());
afterEach(() => bench.simulator.clearOrders());

const getMany = { resource: 'list', operation: 'getMany' };

/** A page that quotes what was sent, as a server does that breaks down with details switched on. */
const quoting = (text: string, status: number) => ({
	status,
	headers: { 'content-type': 'text/plain' },
	body: `Fatal: ${text}`,
});

const faultQuoting = (text: string) => ({
	status: 500,
	headers: {},
	body: `<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body><E:Fault><faultstring>${text}</faultstring></E:Fault></E:Body></E:Envelope>`,
});

test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'no secret that the service quotes reaches the data of an execution (%s)',
	async (onError) => {
		const { simulator } = bench;
		const inXml = PASSWORD.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
		await bench.run(getMany);
		const sid = String(simulator.calls.find((call) => call.parameters.sid)?.parameters.sid);
		const key = simulator.credentials.privateKey.slice(60, 90);
		for (const answer of [
			quoting(`login('lietotajs', '${PASSWORD}')`, 500),
			quoting(`<password>${inXml}</password>`, 500),
			quoting(`${'x'.repeat(180)}${PASSWORD}`, 500),
			faultQuoting(`login('${inXml}')`),
		]) {
			simulator.forgetSessions();
			simulator.answerNext({ function: 'login', ...answer });
			const text = JSON.stringify((await bench.run(getMany, [{}], { onError })).run.data);
			for (const secret of [PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), inXml, key]) {
				expect(text).not.toContain(secret);
			}
			expect(text).not.toContain(PASSWORD.slice(0, 9));
		}
		simulator.clearOrders();
		await bench.run(getMany);
		const current = String(simulator.calls[simulator.calls.length - 1]?.parameters.sid);
		simulator.answerNext({ function: 'get_lists', ...quoting(`sid=${current}`, 200) });
		const text = JSON.stringify((await bench.run(getMany, [{}], { onError })).run.data);
		expect(text).toContain('sid=•••');
		expect(text).not.toContain(current);
		expect(text).not.toContain(sid);
	},
);

describe('the credential signs', () => {
	const authenticate = async (url: string, credential: Record<string, unknown> = {}) =>
		await new KlientuPortfelisApi().authenticate(
			{ ...bench.simulator.credentials, ...credential } as never,
			{ url, body: { function: 'login', parameters: {} } as never },
		);

	test('for the host of its WSDL, or for its endpoint', async () => {
		const { body } = await authenticate(bench.simulator.serviceUrl);
		expect(body).toContain('<username xsi:type="xsd:string">lietotajs</username>');
		const endpoint = 'https://service.example/soap';
		await expect(authenticate(endpoint, { endpoint })).resolves.toHaveProperty('body');
	});

	test.each([
		['https://evil.example/', {}],
		['http://192.0.2.1/', { endpoint: 'http://192.0.2.1/' }],
		[
			'https://www.klientuportfelis.lv.evil.example/',
			{ wsdlUrl: 'https://www.klientuportfelis.lv/' },
		],
		['nowhere', {}],
	])('nothing for %s', async (url, credential) => {
		await expect(authenticate(url, credential)).rejects.toThrow(
			'The credential cannot be used for this address',
		);
	});
});
