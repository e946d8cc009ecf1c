/** n8n's editor in a browser, as a person uses it. */
import type { Browser } from 'playwright-core';

import { EditorPage } from '../browser/editorPage.cts';
import {
	actionsIn,
	controllers,
	operationsOf,
	ourType,
	shownLabels,
	shownProperties,
	type Property,
} from '../browser/expected.cts';
import { launch, signIn } from '../browser/open.cts';
import type { Json } from '../lib/api.cts';
import { setStage, type Stage } from '../lib/stage.cts';

// A browser on two busy cores may miss a moment; what is wrong is wrong twice.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

let stage: Stage;
let browser: Browser;
let editor: EditorPage;
let types: Json[];

beforeAll(async () => {
	stage = await setStage();
	types = await stage.n8n.api.nodeTypes();
	browser = await launch();
	editor = new EditorPage(await signIn(browser, stage.n8n.url));
});
afterAll(async () => {
	await browser?.close();
	await stage?.close();
});

/** The nodes that act, not those that trigger. */
const actionNodes = () => stage.services.all.map(({ displayName }) => ourType(types, displayName));

it('lists every action of each node in the panel', async () => {
	for (const { displayName, properties } of actionNodes()) {
		await editor.newWorkflow();
		await editor.openActions(displayName);
		const offered = await editor.offered();
		expect(offered).toEqual(expect.arrayContaining(actionsIn('operation', properties)));
	}
});

it('shows the right fields for every resource and operation', async () => {
	for (const { displayName, properties } of actionNodes()) {
		await editor.newWorkflow();
		const operations = operationsOf(properties);
		const [first] = properties.find(({ name }) => name === 'operation')?.options ?? [];
		await editor.addByAction(displayName, String((first as Json | undefined)?.action));
		let present = '';
		for (const { resource, resourceName, operation, operationName } of operations) {
			if (present !== resource) await editor.choose('resource', resourceName);
			present = resource;
			await editor.choose('operation', operationName);
			await compareFields(properties, { resource, operation });
			const shown = shownProperties(properties, { resource, operation });
			await compareCollections(shown);
			for (const controller of controllers(properties, shown)) {
				await compareWith(controller, properties, { resource, operation });
			}
		}
	}
	// Hundreds of choices, one after another: minutes on a busy machine.
}, 600_000);

/** Holds the fields that show against those promised; the editor redraws a moment after a choice. */
async function compareFields(properties: Property[], chosen: Json): Promise<void> {
	const describe = (labels: string[]) => `${JSON.stringify(chosen)}: ${labels.join(', ')}`;
	const expected = describe(shownLabels(properties, chosen));
	let shown = '';
	for (let time = 0; time < 30 && shown !== expected; time++) {
		shown = describe(await editor.fields());
		await editor.page.waitForTimeout(50);
	}
	expect(shown).toBe(expected);
}

/** The same with each other choice of a field on which others depend, and back. */
async function compareWith(
	{ name, type, options = [], default: initial }: Property,
	properties: Property[],
	chosen: Json,
): Promise<void> {
	if (type === 'boolean') {
		await editor.switchOver(name);
		await compareFields(properties, { ...chosen, [name]: !initial });
		await editor.switchOver(name);
	} else {
		for (const option of options) {
			await editor.choose(name, option.name);
			await compareFields(properties, { ...chosen, [name]: option.value });
		}
		const before = options.find(({ value }) => value === initial);
		await editor.choose(name, before?.name ?? '');
	}
	await compareFields(properties, chosen);
}

/** What can be added in each collection; one with a single field adds it without asking. */
async function compareCollections(shown: Property[]): Promise<void> {
	const collections = shown.filter(({ type }) => type === 'collection');
	for (const [index, { options = [] }] of collections.entries()) {
		if (options.length < 2) continue;
		await editor.part('collection-parameter-add').nth(index).click();
		const offered = await editor.shownOptions();
		expect(offered).toEqual(options.map(({ displayName, name }) => displayName ?? name));
	}
}

describe('a monitoring', () => {
	it('picks the list by its name and loads the services', async () => {
		await editor.newWorkflow();
		await editor.addByAction('Klientu Portfelis', 'Start monitoring a list');
		const lists = await editor.openLocator('listId');
		expect(lists).toHaveLength(3);
		await editor
			.part('rlc-search')
			.locator('input')
			.or(editor.part('rlc-search'))
			.first()
			.fill('klie');
		await expectEventually(async () => (await editor.part('rlc-item').count()) === 1);
		const loaded = editor.page.waitForResponse((response) => response.url().endsWith('/options'));
		await editor.part('rlc-item').filter({ hasText: 'Klienti' }).click();
		await loaded;
		expect(await editor.options('services')).toContain('Maksātnespējas process');
	});
});

describe('a step', () => {
	it('gives its output', async () => {
		await editor.newWorkflow();
		await editor.addByAction('Klientu Portfelis', 'Get many objects of a list');
		await editor.pick('listId', 'Klienti');
		await editor.executeStep();
		await editor.page.getByText('30 items').first().waitFor();
		expect(await editor.output()).toContain('Ķīpsalas dārzi');
	});

	it('that does not succeed says what to do', async () => {
		await editor.newWorkflow();
		await editor.addByAction('Klientu Portfelis', 'Get the details of an object');
		await editor.locate('objectId', 'id', '999');
		await editor.executeStep();
		const panel = editor.part('output-panel');
		await panel.getByText('The object was not found', { exact: false }).first().waitFor();
		const text = await panel.innerText();
		expect(text).toContain('To use a registration number or another code, choose By Code');
	});
});

async function expectEventually(test: () => Promise<boolean>): Promise<void> {
	for (let time = 0; time < 100; time++) {
		if (await test()) return;
		await editor.page.waitForTimeout(100);
	}
	throw new Error(`Never so: ${test.toString()}`);
}
