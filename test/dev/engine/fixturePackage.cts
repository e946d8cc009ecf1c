/** A small community package, written out as npm would install it, for testing the harness itself. */
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const files = {
	'package.json': JSON.stringify({
		name: 'n8n-nodes-fixture',
		version: '1.2.3',
		n8n: {
			n8nNodesApiVersion: 1,
			credentials: [
				'dist/credentials/SignedApi.credentials.js',
				'dist/credentials/HeaderApi.credentials.js',
			],
			nodes: ['dist/nodes/Echo.node.js', 'dist/nodes/Tick.node.js'],
		},
	}),

	'dist/credentials/SignedApi.credentials.js': `
const { createHash } = require('node:crypto');
exports.SignedApi = class {
	name = 'signedApi';
	displayName = 'Signed API';
	properties = [
		{ displayName: 'URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Token', name: 'token', type: 'string', typeOptions: { password: true }, default: '' },
		{ displayName: 'Realm', name: 'realm', type: 'string', default: 'standard' },
	];
	async authenticate(credentials, options) {
		const text = credentials.token + JSON.stringify(options.body ?? null);
		const signature = createHash('sha256').update(text).digest('hex');
		return { ...options, headers: { ...options.headers, signature, realm: credentials.realm } };
	}
};`,

	'dist/credentials/HeaderApi.credentials.js': `
exports.HeaderApi = class {
	name = 'headerApi';
	displayName = 'Header API';
	properties = [
		{ displayName: 'URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Key', name: 'apiKey', type: 'string', default: 'none' },
	];
	authenticate = { type: 'generic', properties: { headers: { 'x-key': '={{ $credentials.apiKey }}' } } };
	test = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/ping' },
		rules: [
			{ type: 'responseCode', properties: { value: 403, message: 'The key is wrong' } },
			{ type: 'responseSuccessBody', properties: { key: 'state.open', value: false, message: 'Closed' } },
		],
	};
};`,

	'dist/nodes/Echo.node.js': `
const { NodeApiError, NodeOperationError } = require('n8n-workflow');
exports.Echo = class {
	description = {
		displayName: 'Echo',
		name: 'echo',
		group: ['transform'],
		version: [1, 2],
		description: 'Sends a value and gives back what was received',
		defaults: { name: 'Echo' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [
			{ name: 'signedApi', required: true, testedBy: 'signedApiTest', displayOptions: { show: { auth: ['signed'] } } },
			{ name: 'headerApi', required: true, displayOptions: { show: { auth: ['header'] } } },
		],
		properties: [
			{ displayName: 'Auth', name: 'auth', type: 'string', default: 'signed' },
			{ displayName: 'Path', name: 'path', type: 'string', default: '/echo' },
			{ displayName: 'Value', name: 'value', type: 'string', default: '', required: true },
			{
				displayName: 'List', name: 'listId', type: 'resourceLocator', default: { mode: 'list', value: '' },
				modes: [{ displayName: 'List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'search' } }],
			},
		],
	};
	methods = {
		listSearch: {
			async search(filter, token) {
				const { realm } = await this.getCredentials('signedApi');
				const start = Number(token ?? 0);
				const all = ['one', 'two', 'three'].filter((name) => name.includes(filter ?? ''));
				const results = all.slice(start, start + 2).map((name) => ({ name: realm + ' ' + name, value: name }));
				return { results, paginationToken: start + 2 < all.length ? String(start + 2) : undefined };
			},
		},
		loadOptions: {
			async letters() {
				const list = this.getCurrentNodeParameter('listId', { extractValue: true });
				const { baseUrl } = await this.getCredentials('signedApi');
				const options = { method: 'POST', url: baseUrl + '/echo', body: { list }, json: true };
				const { body } = await this.helpers.httpRequestWithAuthentication.call(this, 'signedApi', options);
				return [...body.list].map((letter) => ({ name: letter, value: letter }));
			},
		},
		credentialTest: {
			async signedApiTest({ data }) {
				const options = { method: 'POST', uri: data.baseUrl + '/echo', body: { realm: data.realm }, json: true };
				const { body } = await this.helpers.request(options);
				return data.token === 'secret'
					? { status: 'OK', message: 'Welcome to ' + body.realm }
					: { status: 'Error', message: 'Unknown token' };
			},
		},
	};
	async execute() {
		const output = [];
		for (const [item] of this.getInputData().entries()) {
			try {
				const type = this.getNodeParameter('auth', item) + 'Api';
				const { baseUrl } = await this.getCredentials(type, item);
				const url = baseUrl + this.getNodeParameter('path', item);
				const options = { method: 'POST', url, body: { value: this.getNodeParameter('value', item) }, json: true };
				const json = await this.helpers.httpRequestWithAuthentication.call(this, type, options);
				output.push({ json, pairedItem: { item } });
			} catch (error) {
				const shown = error instanceof NodeApiError ? error : new NodeOperationError(this.getNode(), error, { itemIndex: item });
				if (!this.continueOnFail()) throw shown;
				output.push({ json: { error: shown.message }, error: shown, pairedItem: { item } });
			}
		}
		this.addExecutionHints({ message: output.length + ' sent', location: 'outputPane' });
		return [output];
	}
};`,

	'dist/nodes/Tick.node.js': `
exports.Tick = class {
	description = {
		displayName: 'Tick',
		name: 'tick',
		group: ['trigger'],
		version: 1,
		description: 'Counts its polls',
		defaults: { name: 'Tick' },
		polling: true,
		inputs: [],
		outputs: ['main'],
		properties: [{ displayName: 'Every', name: 'every', type: 'number', default: 2 }],
	};
	async poll() {
		const state = this.getWorkflowStaticData('node');
		state.count = (state.count ?? 0) + 1;
		if (state.count > 3) throw new Error('Too many polls');
		if (this.getMode() !== 'manual' && state.count % this.getNodeParameter('every')) return null;
		return [this.helpers.returnJsonArray([{ count: state.count, budget: this.getPollBudgetMs() }])];
	}
};`,
};

export interface FixturePackage {
	directory: string;
	remove(): Promise<void>;
}

export async function writeFixturePackage(): Promise<FixturePackage> {
	const directory = await realpath(await mkdtemp(join(tmpdir(), 'n8n-nodes-fixture-')));
	for (const folder of ['dist/credentials', 'dist/nodes']) {
		await mkdir(join(directory, folder), { recursive: true });
	}
	for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
	// The package has to find the very n8n-workflow that the engine uses, or no `instanceof` holds.
	await symlink(join(__dirname, '../../../node_modules'), join(directory, 'node_modules'));
	return { directory, remove: async () => await rm(directory, { recursive: true, force: true }) };
}
