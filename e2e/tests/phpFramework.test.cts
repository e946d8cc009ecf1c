/** The built package against the vendor's framework when that breaks down. */
import { byId } from '../../test/nodes/KlientuPortfelis/helpers.cts';
import { startPhpTestRig, type PhpTestRig } from '../php/testRig.cts';
import { list } from '../php/operations.cts';
import { IN_CALLS, PAGES } from '../php/start.cts';

let rig: PhpTestRig;

beforeAll(async () => {
	rig = await startPhpTestRig('framework');
});
afterAll(async () => await rig?.stop());
beforeEach(async () => void (await rig.php.calls()));

/** What a press on the credential's "Test" shows. */
async function testCredential(fields: object = {}) {
	return await rig.engine.test('klientuPortfelisApi', { ...rig.php.credentials, ...fields });
}

async function getLists(credential: Record<string, unknown> = {}) {
	const result = await rig.run(list('getMany'), [{}], { credential });
	return [result.nodeError('Node')?.message, result.json('Node')[0]?.name];
}

const FIRST_LIST = [undefined, 'Saraksts 1'];

describe('the WSDL', () => {
	test('has both integers, arrays as types, and the address with ws=1', async () => {
		const { wsdlUrl } = rig.php.credentials;
		const wsdl = await (await fetch(wsdlUrl)).text();
		expect(wsdl).toContain('<wsdl:part name="role_id" type="xsd:integer"/>');
		expect(wsdl).toContain('<xsd:element name="code" type="xsd:int"/>');
		expect(wsdl).toContain('<wsdl:part name="email" type="tns:stringArray"/>');
		expect(wsdl).toContain('<xsd:element name="lists" type="tns:ResponseListArray"/>');
		expect(wsdl).toContain(`<soap:address location="${wsdlUrl}?ws=1"/>`);
	});

	test('that the framework cannot make is named by the credential test', async () => {
		await rig.php.planBreakdowns('wsdl', ['error page']);
		const { status, message } = await testCredential();
		expect([status, message]).toEqual([
			'Error',
			expect.stringMatching(/^The WSDL could not be read \(HTTP status 500\)\. Try again later\./),
		]);
		expect(message).not.toMatch(/[<>]/);
	});

	test('may be at an address with parameters of its own, as without short URLs', async () => {
		const wsdlUrl = new URL('/index.php?r=api/wsdl', rig.php.credentials.wsdlUrl).href;
		expect(await getLists({ wsdlUrl })).toEqual(FIRST_LIST);
		expect((await rig.verifiedCalls()).at(-1)?.address).toBe('/index.php?r=api/wsdl&ws=1');
	});

	test.each(PAGES)('that breaks down once (%s) is fetched again by a node', async (kind) => {
		// Each of these URLs is a new one, because a WSDL is read once a process.
		const wsdlUrl = `${rig.php.credentials.wsdlUrl}?${encodeURIComponent(kind)}`;
		await rig.php.planBreakdowns('wsdl', [kind]);
		expect(await getLists({ wsdlUrl })).toEqual(FIRST_LIST);
		expect(await rig.php.breakdownsLeft()).toBe(0);
	});
});

describe.each([...IN_CALLS, ...PAGES])('a breakdown of the kind "%s"', (kind) => {
	test('is followed by another try of a read', async () => {
		await rig.php.planBreakdowns('get_lists', [kind]);
		expect(await getLists()).toEqual(FIRST_LIST);
		expect(await rig.php.breakdownsLeft()).toBe(0);
	});

	test('leaves a write in doubt, which is not sent again', async () => {
		await rig.php.planBreakdowns('delete_list', [kind, kind]);
		const result = await rig.run(list('delete', { listId: byId(1) }));
		expect(result.nodeError('Node')?.description).toContain('may have been made');
		expect(await rig.php.breakdownsLeft()).toBe(1);
	});
});

// A whole page with status 500 may be anybody's; the other breakdowns bear PHP's marks.
const OWN = [...IN_CALLS, ...PAGES].filter((kind) => kind !== 'error page');

test.each(OWN)('a breakdown of the kind "%s" is not blamed on a proxy', async (kind) => {
	await rig.php.planBreakdowns('login', [kind]);
	const { status, message } = await testCredential();
	expect(status).toBe('Error');
	expect(message).not.toMatch(/proxy|firewall/i);
});

test('a write with a warning in front of its answer was made, so the doubt is right', async () => {
	await rig.php.planBreakdowns('delete_list', ['warning in front']);
	await rig.run(list('delete', { listId: byId(1) }));
	const calls = await rig.verifiedCalls();
	expect(calls.filter((call) => call.function === 'delete_list')).toHaveLength(1);
});

test("PHP's trace in a SOAP fault shows no part of the password", async () => {
	const { status, message } = await testCredential({
		password: 'Tr0ub4dor&3-correct-horse',
		roleId: 500,
	});
	expect([status, message]).toEqual(['Error', expect.stringContaining('Datubāze nav pieejama')]);
	expect(message).not.toContain('Tr0ub4dor');
});
