/** n8n with the package installed as a user installs it, through n8n's own API. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { generateKeys } from '../../dev/simulators/keys.cts';
import type { Json, WorkflowJson } from '../lib/api.cts';
import { buildingBlocks, readExample, triggerOf, withCredentials } from '../lib/examples.cts';
import { packagesFolder } from '../lib/n8n.cts';
import { ourPackage } from '../lib/places.cts';
import { credentialTypes } from '../lib/services.cts';
import { setStage, type Stage } from '../lib/stage.cts';

let stage: Stage;

beforeAll(async () => {
	stage = await setStage();
});
afterAll(async () => await stage?.close());

describe('the installed package', () => {
	const read = async (...path: string[]) => {
		const folder = packagesFolder(join(stage.folder, 'home'));
		return JSON.parse(await readFile(join(folder, ...path, 'package.json'), 'utf8')) as Json;
	};

	const installedNodes = async () => {
		const { n8n } = await read('node_modules', ourPackage.name);
		return (n8n as typeof ourPackage.n8n).nodes;
	};

	it('lies where n8n keeps community packages', async () => {
		const { dependencies } = await read();
		expect(dependencies).toEqual({ [ourPackage.name]: ourPackage.version });
		expect((await installedNodes()).length).toBeGreaterThan(0);
	});

	it('is listed with its nodes, and has loaded', async () => {
		const [listed] = await stage.n8n.api.request<Json[]>('GET', '/community-packages');
		expect(listed).toMatchObject({
			packageName: ourPackage.name,
			installedVersion: ourPackage.version,
			failedLoading: false,
		});
		expect(listed?.installedNodes).toHaveLength((await installedNodes()).length);
	});

	it('offers each node, and each but the triggers to AI agents as well', async () => {
		const types = await stage.n8n.api.nodeTypes();
		const offered = types
			.map(({ name }) => String(name))
			.filter((name) => name.startsWith(`${ourPackage.name}.`))
			.map((name) => name.slice(ourPackage.name.length + 1));
		const expected = (await installedNodes()).flatMap((file) => {
			const base = file.replace(/^.*\//, '').replace('.node.js', '');
			const name = base.charAt(0).toLowerCase() + base.slice(1);
			return name.endsWith('Trigger') ? [name] : [name, `${name}Tool`];
		});
		expect(new Set(offered)).toEqual(new Set(expected));
	});
});

/** A wrong credential: what is wrong, the changed fields, and what its window then says. */
type WrongCredential = readonly [string, () => Promise<Json>, RegExp];

const klientuPortfelis: readonly WrongCredential[] = [
	[
		'a wrong password',
		async () => ({ password: 'nepareiza' }),
		/^The service did not accept the login\. Check 'Username', 'Password' and 'Role ID'/,
	],
	[
		'a wrong role',
		async () => ({ roleId: 99 }),
		/^The service did not accept the login\. Check 'Username', 'Password' and 'Role ID'/,
	],
	[
		"another role's key",
		async () => ({ privateKey: (await generateKeys()).privateKeyPem }),
		/^The service did not accept the signature\. Paste the key/,
	],
	[
		'no key at all',
		async () => ({ privateKey: 'nav' }),
		/^The private key could not be read\. Open the key file/,
	],
	[
		'a service that is down',
		async () => ({ wsdlUrl: 'http://127.0.0.1:9/api/wsdl' }),
		/^Klientu Portfelis refused the connection\./,
	],
	[
		'a wrong address',
		async () => ({ wsdlUrl: `${stage.services.klientuPortfelis.simulator.wsdlUrl}2` }),
		/^The WSDL could not be read \(HTTP status 404\)\./,
	],
];

const rivile: readonly WrongCredential[] = [
	['a wrong key', async () => ({ apiKey: 'ABCDEFG0000000000' }), /API key/i],
	[
		'a service that is down',
		async () => ({ endpoint: 'http://127.0.0.1:9/client/v2' }),
		/refused the connection/,
	],
];

const wrong: Readonly<Record<string, readonly WrongCredential[]>> = {
	klientuPortfelisApi: klientuPortfelis,
	rivileApi: rivile,
};

describe.each(credentialTypes)('the credential %s', (type) => {
	const service = () => stage.services.all.find((one) => one.credentialType === type);

	const test = async (changes: Json) => {
		const { credentialName, simulator } = service() ?? {};
		const data = { ...simulator?.credentials, ...changes };
		const id = stage.credentialIds[type] ?? '';
		return await stage.n8n.api.testCredential(id, type, credentialName ?? '', data);
	};

	it('is accepted when it is right', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
	});

	it.each(wrong[type] ?? [])('tells of %s', async (_, changes, message) => {
		const answer = await test(await changes());
		expect(answer).toEqual({ status: 'Error', message: expect.stringMatching(message) });
		// What is told must end up neither in n8n's log nor on the screen with a secret in it.
		expect(JSON.stringify(answer) + stage.n8n.log).not.toMatch(/PRIVATE KEY-----\\?n|par\/ole/);
	});
});

/** How many items the last node of an example gives, where it is known beforehand. */
const OUTCOMES: Readonly<Record<string, number>> = {
	'basics/klientu-portfelis-1-create-lists.json': 6,
	'basics/klientu-portfelis-2-add-objects.json': 12,
	'basics/klientu-portfelis-3-update-contacts.json': 2,
	'basics/klientu-portfelis-4-monitor-a-list.json': 1,
	'basics/klientu-portfelis-5-what-happened.json': 3,
	'basics/klientu-portfelis-6-all-objects.json': 47,
	'basics/klientu-portfelis-7-delete-lists.json': 6,
};

describe('the building blocks of the examples, in turn', () => {
	it.each(buildingBlocks())('%s', async (file) => {
		const { api } = stage.n8n;
		const workflow = readExample(file);
		const id = await api.saveWorkflow(withCredentials(workflow, stage.credentialIds));
		const execution = await api.execute(id, triggerOf(workflow));
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const last = workflow.nodes.at(-1)?.name ?? '';
		const items = execution.items(last);
		expect(items).toHaveLength(OUTCOMES[file] ?? -1);
	});
});

describe('a session', () => {
	const LISTS = 'n8n-nodes-klientu-portfelis-rivile.klientuPortfelis';

	/** A workflow that gets all lists with a credential. */
	const getLists = (name: string, id: string): WorkflowJson => ({
		name,
		nodes: [
			{
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: 'Get Lists',
				type: LISTS,
				typeVersion: 1,
				position: [220, 0],
				parameters: { resource: 'list', operation: 'getMany', returnAll: true },
				credentials: { klientuPortfelisApi: { id, name: 'account' } },
			},
		],
		connections: { Start: { main: [[{ node: 'Get Lists', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});

	/** A credential of its own, so that no other test's session is met. */
	async function fresh(name: string): Promise<{ credential: string; workflow: string }> {
		const { api } = stage.n8n;
		const { simulator, credentialType } = stage.services.klientuPortfelis;
		// A field that changes nothing for the service, but makes the credential another one.
		const data = { ...simulator.credentials, passphrase: name };
		const credential = await api.saveCredential(credentialType, name, data);
		return { credential, workflow: await api.saveWorkflow(getLists(name, credential)) };
	}

	const logins = () => stage.services.klientuPortfelis.simulator.logins;

	it('is kept from one execution to the next', async () => {
		const { workflow } = await fresh('kept');
		const before = logins();
		for (let time = 0; time < 3; time++) {
			expect((await stage.n8n.api.execute(workflow, 'Start')).status).toBe('success');
		}
		expect(logins()).toBe(before + 1);
	});

	it('is renewed when the service has ended it in between', async () => {
		const { workflow } = await fresh('renewed');
		const before = logins();
		await stage.n8n.api.execute(workflow, 'Start');
		stage.services.klientuPortfelis.simulator.expireSession();
		const second = await stage.n8n.api.execute(workflow, 'Start');
		expect(second.status).toBe('success');
		expect(second.items('Get Lists').length).toBeGreaterThan(0);
		expect(logins()).toBe(before + 2);
	});

	it('is not used any more once the credential was edited', async () => {
		const { api } = stage.n8n;
		const { simulator, credentialType } = stage.services.klientuPortfelis;
		const { credential, workflow } = await fresh('edited');
		await api.execute(workflow, 'Start');
		const edit = async (changes: Json) =>
			await api.editCredential(credential, credentialType, 'edited', {
				...simulator.credentials,
				passphrase: 'edited',
				...changes,
			});
		await edit({ password: 'nepareiza' });
		const refused = await api.execute(workflow, 'Start');
		expect(refused.status).toBe('error');
		expect(refused.error?.message).toBe('The service did not accept the login');
		await edit({});
		expect((await api.execute(workflow, 'Start')).status).toBe('success');
	});
});
