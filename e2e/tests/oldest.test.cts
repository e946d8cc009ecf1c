/** The same in the oldest n8n of the 2.x line that can be installed: what its users do first. */
import type { Browser } from 'playwright-core';

import { EditorPage } from '../browser/editorPage.cts';
import { actionsIn, ourType, startsIn } from '../browser/expected.cts';
import { launch, signIn } from '../browser/open.cts';
import type { Json } from '../lib/api.cts';
import { OLDEST, ourPackage } from '../lib/places.cts';
import { setStage, type Stage } from '../lib/stage.cts';
import { expectStarts, happenAfter, onEvents, onReceipts } from '../lib/triggers.cts';

// As in browser.test.cts.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

let stage: Stage;
let browser: Browser;
let editor: EditorPage;
let types: Json[];

beforeAll(async () => {
	stage = await setStage({ pinned: OLDEST });
	types = await stage.n8n.api.nodeTypes();
	browser = await launch();
	editor = new EditorPage(await signIn(browser, stage.n8n.url));
});
afterAll(async () => {
	await browser?.close();
	await stage?.close();
});

it(`is n8n ${OLDEST.version}`, () => {
	expect(stage.n8n.log).toContain(`Version: ${OLDEST.version}`);
});

it('offers each node to AI agents as well', () => {
	const names = types.map(({ name }) => name);
	for (const node of ['klientuPortfelis', 'rivile']) {
		expect(names).toContain(`${ourPackage.name}.${node}`);
		expect(names).toContain(`${ourPackage.name}.${node}Tool`);
	}
});

it.each(['Klientu Portfelis', 'Rivilė'])('lists the actions and triggers of %s', async (node) => {
	await editor.newWorkflow();
	await editor.openActions(node);
	const actions = actionsIn('operation', ourType(types, node).properties);
	expect(actions).not.toEqual([]);
	expect(await editor.offered()).toEqual(expect.arrayContaining(actions));
	await editor.openTriggers();
	const triggers = startsIn(ourType(types, `${node} Trigger`).properties);
	expect(triggers).not.toEqual([]);
	expect(await editor.offered()).toEqual(expect.arrayContaining(triggers));
});

it('executes a step of Klientu Portfelis and shows its output', async () => {
	await editor.newWorkflow();
	await editor.addByAction('Klientu Portfelis', 'Get many objects of a list');
	await editor.pick('listId', 'Klienti');
	await editor.executeStep();
	await editor.page.getByText('30 items').first().waitFor();
	expect(await editor.output()).toContain('Ķīpsalas dārzi');
});

it('executes a step of Rivilė and shows its output', async () => {
	await editor.newWorkflow();
	await editor.addByAction('Rivilė', 'Get receipts and payments');
	await editor.executeStep();
	await editor.page.getByText('50 items').first().waitFor();
	expect(await editor.output()).toContain('operationNumber');
});

it('starts published workflows by itself, for both triggers', async () => {
	const { api } = stage.n8n;
	const events = await api.saveWorkflow(onEvents(stage));
	const receipts = await api.saveWorkflow(onReceipts(stage));
	await happenAfter(stage, async () => {
		for (const id of [events, receipts]) {
			await editor.openWorkflow(id);
			await editor.publish();
		}
	});
	await expectStarts(api, events, receipts);
}, 300_000);
