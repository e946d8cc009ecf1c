/** What helps a newcomer to fill in the fields, as the editor shows it. */
import type { Browser } from 'playwright-core';

import { EditorPage } from '../browser/editorPage.cts';
import { launch, signIn } from '../browser/open.cts';
import { setStage, type Stage } from '../lib/stage.cts';
import { onEvents } from '../lib/triggers.cts';

// As in browser.test.cts.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

let stage: Stage;
let browser: Browser;
let editor: EditorPage;

beforeAll(async () => {
	stage = await setStage();
	browser = await launch();
	editor = new EditorPage(await signIn(browser, stage.n8n.url));
});
afterAll(async () => {
	await browser?.close();
	await stage?.close();
});

const shows = async (text: string | RegExp) => await editor.page.getByText(text).first().waitFor();

async function begin(node: string, action: string): Promise<void> {
	await editor.newWorkflow();
	await editor.addByAction(node, action);
}

async function beginTrigger(node: string, event: string): Promise<void> {
	await editor.newWorkflow();
	await editor.openActions(node);
	await editor.openTriggers();
	await editor.page.getByText(event, { exact: true }).click();
	await editor.part('ndv').waitFor();
}

describe('the event types of the trigger', () => {
	it('are chosen from those that past sessions found, by code and title', async () => {
		await beginTrigger('Klientu Portfelis', 'On monitoring event');
		await editor.pick('listId', 'Klienti');
		const loaded = editor.page.waitForResponse((response) => response.url().endsWith('/options'));
		await editor.addToCollection('Event Type Names or IDs');
		await loaded;
		expect(await editor.options('eventTypes')).toEqual([
			'Adreses maiņa (EV_ADDRESS)',
			'Amatpersonu maiņa (EV_OFFICERS)',
			'Maksātnespējas process (EV_INSOLV)',
		]);
	});

	it('that are unknown are refused on publishing, with those that there are', async () => {
		const workflow = onEvents(stage);
		const nodes = workflow.nodes.map((node) =>
			node.name === 'Trigger'
				? { ...node, parameters: { ...Object(node.parameters), options: { eventTypes: ['EV_X'] } } }
				: node,
		);
		const id = await stage.n8n.api.saveWorkflow({ ...workflow, nodes });
		await editor.openWorkflow(id);
		await editor.publish();
		await shows(/did not find: EV_X\. They found: EV_ADDRESS, EV_OFFICERS, EV_INSOLV/);
	});
});

describe('the notice on polling', () => {
	it.each([
		['Klientu Portfelis', 'On monitoring event', /at most once an hour .* choose Every Hour/],
		['Rivilė', 'On operation created', /count towards the rate limit of the API key/],
	])('of %s stands below Poll Times', async (node, event, words) => {
		await beginTrigger(node, event);
		const [first] = await editor.notices();
		expect(first).toMatch(words);
		const [poll, ...others] = await editor.fields();
		expect(poll).toBe('Poll Times');
		expect(others).toContain('Event');
	});
});

describe('a list', () => {
	it('is found without its accents, with its type and number of objects', async () => {
		await begin('Klientu Portfelis', 'Get many objects of a list');
		expect(await editor.searchIn('listId', 'riga', 1)).toEqual([
			'Adreses Rīgā · Addresses · 5 objects',
		]);
	});

	it('is given by its name, whatever its case', async () => {
		await begin('Klientu Portfelis', 'Get many objects of a list');
		await editor.locate('listId', 'name', 'KLIENTI');
		await editor.executeStep();
		await shows('30 items');
	});
});

test('an object is picked from all lists, or given by its code; a hint says where its ID is from', async () => {
	await begin('Klientu Portfelis', 'Get the details of an object');
	const [first = ''] = await editor.searchIn('objectId', 'kipsalas dārzi" (1)', 1);
	expect(first).toBe('SIA "Ķīpsalas dārzi" (1) · 41000000000 · Klienti');
	await editor.locate('objectId', 'id', '1');
	await shows(
		'The ID that Object → Find and Object → Get Many return, not the registration number',
	);
	await editor.locate('objectId', 'code', '41000000000');
	await shows('The registration number, personal code or other code.');
	await editor.executeStep();
	await shows('1 item');
	expect(await editor.output()).toContain('Ķīpsalas dārzi');
});

test('an object that is there already is a choice, and the code has a hint by type', async () => {
	await begin('Klientu Portfelis', 'Add a company or other object to a list');
	await shows('A registration number of 11 digits');
	await editor.choose('type', 'Person');
	await shows('A personal code of 11 digits, with or without the dash');
	await editor.addToCollection('If Object Exists');
	expect(await editor.options('ifExists')).toHaveLength(2);
});

test('what is replaced or deleted is said above the fields', async () => {
	await begin('Klientu Portfelis', 'Change the monitoring of a list');
	expect(await editor.notices()).toEqual([expect.stringMatching(/^This replaces every setting/)]);
	await editor.switchOver('keepOtherSettings');
	await editor.part('parameter-input-emails').waitFor({ state: 'hidden' });
	expect(await editor.notices()).toEqual([]);
	for (const action of ['Delete a list', 'Delete an object from one or all lists']) {
		await begin('Klientu Portfelis', action);
		expect(await editor.notices()).toEqual([expect.stringContaining('annot be undone')]);
	}
});

test('services and monitoring sessions are picked from those of the list', async () => {
	await begin('Klientu Portfelis', 'Start monitoring a list');
	await shows('The services depend on the type of the list. Choose the list first.');
	expect(await editor.options('services')).toEqual(['Choose a list first']);
	await begin('Klientu Portfelis', 'Get what monitoring found');
	await editor.pick('listId', 'Klienti');
	const [session] = await editor.openLocator('sessionId');
	expect(session).toMatch(/^\d{4}-\d\d-\d\d [\d:]+ · 3 events$/);
});

test('a condition has operators and values that suit its column', async () => {
	await begin('Rivilė', 'Get receipts and payments');
	await editor.choose('filterMode', 'By Fields');
	await editor.part('fixed-collection-add').click();
	await editor.choose('field', 'Operation Date (I04_OP_DATA)');
	expect(await editor.options('operator')).toContain('Is On or After');
	await editor.part('parameter-input-value').locator('.el-date-editor').waitFor();
	await editor.choose('field', 'Kind (I04_OP_RUSIS)');
	expect(await editor.options('value')).toEqual(['Receipt', 'Payment']);
});

test('the fields of an operation can be dragged before it has run', async () => {
	await begin('Rivilė', 'Get receipts and payments');
	await editor.closeNode();
	await editor.openPanel();
	await editor.find('Edit Fields');
	await editor.part('item-iterator-item').filter({ hasText: 'Edit Fields' }).first().click();
	const panel = editor.part('ndv-input-panel').or(editor.part('input-panel')).first();
	await panel.getByText('Usually outputs the following fields').waitFor();
	for (const name of ['operationNumber', 'kind', 'clientName', 'amount']) {
		await panel.getByText(name, { exact: true }).waitFor();
	}
});
