/** List → Sync and Object → Create or Update against PHP's SoapServer. */
import { byId } from '../../test/nodes/KlientuPortfelis/helpers.cts';
import { startPhpTestRig, type PhpTestRig } from '../php/testRig.cts';
import { FORMS, hex } from '../php/start.cts';

let rig: PhpTestRig;

/** The service has three objects in list 3, with the codes 00000000001 to 00000000003. */
const ITEMS = [
	{ code: '000-000-00001' },
	{ code: 'LV00000000002', clientId: 'Ķ-2' },
	{ code: '40000000001', phone: '67000000' },
];

const fields = {
	listId: byId(3),
	type: 'COMPANY',
	code: '={{ $json.code }}',
	updateFields: { clientId: '={{ $json.clientId }}', phone: '={{ $json.phone }}' },
};

const withoutSession = (parameters: object) =>
	Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'sid'));

/** The writes that PHP got, in any order of those that are made at the same time. */
async function writes() {
	const calls = await rig.verifiedCalls();
	return calls
		.filter((call) => /^(add|update|delete)_/.test(call.function))
		.map(({ function: name, parameters }) => [name, withoutSession(parameters)]);
}

const ADD = ['add_object', { list_id: 3, code: hex('40000000001'), type: hex('COMPANY') }];
const ADD_PHONE = ['update_object', { id: 11, phone: hex('67000000') }];
const CHANGE = ['update_object', { id: 2, client_id: hex('Ķ-2') }];

describe.each(FORMS)('%s:', (form) => {
	beforeAll(async () => {
		rig = await startPhpTestRig(form);
	});
	afterAll(async () => await rig?.stop());
	beforeEach(async () => void (await rig.php.calls()));

	test('a sync adds, changes and deletes', async () => {
		const sync = {
			...fields,
			resource: 'list',
			operation: 'sync',
			absent: 'delete',
			options: { maxDeletions: 50 },
		};
		const dry = await rig.run({ ...sync, dryRun: true }, ITEMS);
		expect(await writes()).toEqual([]);
		const result = await rig.run({ ...sync, dryRun: false }, ITEMS);
		expect(result.nodeError('Node')?.message).toBeUndefined();
		const actions = [
			['00000000001', 'unchanged'],
			['00000000002', 'updated'],
			['40000000001', 'created'],
			['00000000003', 'deleted'],
		];
		expect(dry.json('Node').map(({ code, action }) => [code, action])).toEqual(actions);
		expect(result.json('Node').map(({ code, action }) => [code, action])).toEqual(actions);
		expect(await writes()).toEqual([
			ADD,
			ADD_PHONE,
			CHANGE,
			['delete_object', { id: 3, list_id: 3 }],
		]);
	});

	test('Create or Update adds what is missing and changes what differs', async () => {
		const upsert = { ...fields, resource: 'object', operation: 'upsert' };
		const result = await rig.run(upsert, ITEMS);
		expect(result.nodeError('Node')?.message).toBeUndefined();
		expect(result.json('Node').map(({ id, action }) => [id, action])).toEqual([
			[1, 'unchanged'],
			[2, 'updated'],
			[11, 'created'],
		]);
		expect(await writes()).toEqual([CHANGE, ADD, ADD_PHONE]);
	});
});
