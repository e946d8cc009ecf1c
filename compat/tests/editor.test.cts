/** What the editor asks of the nodes: credential tests and the choices of fields. */
import { byId, Rig } from '../lib/rig.cts';

let rig: Rig;

beforeAll(async () => {
	rig = await Rig.start();
});
afterAll(async () => await rig.stop());

test.each([
	['klientuPortfelis', { password: 'wrong' }, 'The service did not accept the login'],
	['rivile', { apiKey: 'wrong' }, 'Rivilė did not accept the API key'],
] as const)('the credential of %s is tested', async (type, wrong, words) => {
	const test = async (changes?: object) =>
		await rig.n8n.testCredential(`${type}Api`, rig.credentialOf(type, { ...changes }) as never);
	expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
	const refused = await test(wrong);
	expect(refused.status).toBe('Error');
	expect(refused.message).toContain(words);
	const away = await test({ endpoint: 'http://server.enotfound.invalid/' });
	expect(away.message).toContain('was not found at its address');
});

test('lists are searched by name', async () => {
	const { id } = rig.portfolio.seedList({ name: 'Parādnieki' });
	rig.portfolio.seedList({ name: 'Klienti' });
	const credentials = { klientuPortfelisApi: rig.credentialOf('klientuPortfelis') as never };
	for (const type of ['klientuPortfelis', 'klientuPortfelisTrigger']) {
		const found = await rig.n8n.listSearch(type, 'searchLists', { credentials, filter: 'parād' });
		expect(found.results).toEqual([expect.objectContaining({ value: id })]);
	}
	rig.portfolio.seedObjects(id, 150);
	const page = await rig.n8n.listSearch('klientuPortfelis', 'searchObjects', { credentials });
	expect(page).toMatchObject({ results: expect.any(Array), paginationToken: '100' });
	const parameters = { resource: 'monitoring', operation: 'create', listId: byId(id) };
	const services = await rig.n8n.loadOptions('klientuPortfelis', 'getServices', {
		credentials,
		parameters: parameters as never,
	});
	expect(services.length).toBeGreaterThan(0);
});
