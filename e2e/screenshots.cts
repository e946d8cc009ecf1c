/**
 * `npm run screenshots` in e2e/: makes the pictures in docs/screenshots, light and dark. With
 * `-- examples`: those of the ten examples, in docs/screenshots/examples.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { EditorPage } from './browser/editorPage.cts';
import { launch, signIn, type Theme } from './browser/open.cts';
import { shootExamples } from './exampleScreenshots.cts';
import { startExampleAccounts } from './lib/exampleAccounts.cts';
import { seedForExamples } from './lib/exampleData.cts';
import { importExamples } from './lib/examples.cts';
import { install } from './lib/install.cts';
import { SCREENSHOTS } from './lib/places.cts';
import { setStage } from './lib/stage.cts';

interface Shooting {
	readonly editor: EditorPage;
	/** The example's workflow by the beginning of its file name. */
	readonly example: (start: string) => string;
	readonly shoot: (name: string) => Promise<void>;
}

/** Puts n8n's notifications away and lets what moves come to rest. */
async function settle(page: Page): Promise<void> {
	for (const notification of await page.locator('.el-notification__closeBtn').all()) {
		await notification.click();
	}
	await page.waitForTimeout(700);
}

async function panel({ editor, shoot }: Shooting): Promise<void> {
	await editor.newWorkflow();
	await editor.openActions('Klientu Portfelis');
	await shoot('panel');
}

async function klientuPortfelisNode({ editor, shoot }: Shooting): Promise<void> {
	await editor.newWorkflow();
	await editor.addByAction('Klientu Portfelis', 'Get many objects of a list');
	await editor.pick('listId', 'Klienti');
	await editor.executeStep();
	await editor.page.getByText('30 items').first().waitFor();
	await editor.showOutputAs('table');
	await shoot('klientu-portfelis-node');
}

async function monitoring({ editor, shoot }: Shooting): Promise<void> {
	await editor.newWorkflow();
	await editor.addByAction('Klientu Portfelis', 'Start monitoring a list');
	const loaded = editor.page.waitForResponse((response) => response.url().endsWith('/options'));
	await editor.pick('listId', 'Klienti');
	await loaded;
	await editor.fill('emails', 'anna@example.com');
	await editor.part('parameter-input-services').click();
	await editor.page.getByText('Maksātnespējas process').click();
	await shoot('klientu-portfelis-monitoring');
}

async function rivileNode({ editor, shoot }: Shooting): Promise<void> {
	await editor.newWorkflow();
	await editor.addByAction('Rivilė', 'Get receipts and payments');
	await editor.switchOver('returnAll');
	await editor.part('collection-parameter-add').first().click();
	await editor.page.locator('[role="option"]:visible').filter({ hasText: 'Kind' }).click();
	await editor.executeStep();
	await editor
		.part('output-panel')
		.getByText(/^\d+ items$/)
		.waitFor();
	await editor.showOutputAs('table');
	await editor.widenOutput();
	await shoot('rivile-node');
}

const credential =
	(name: string, picture: string) =>
	async ({ editor, shoot }: Shooting): Promise<void> => {
		await editor.page.goto('/home/credentials');
		await editor.page.getByText(name).first().click();
		await editor.part('credentials-config-container-test-success').waitFor();
		await shoot(picture);
	};

const workflow =
	(start: string, picture: string) =>
	async ({ editor, example, shoot }: Shooting): Promise<void> => {
		const id = example(start);
		if (id === '') return;
		await editor.openWorkflow(id);
		await editor.executeWorkflow();
		await editor.part('zoom-to-fit').click();
		// A little more room for the labels beside the last node.
		await editor.part('zoom-out-button').click();
		await shoot(picture);
	};

const PICTURES: ReadonlyArray<(shooting: Shooting) => Promise<void>> = [
	panel,
	klientuPortfelisNode,
	monitoring,
	rivileNode,
	credential('Klientu Portfelis account', 'klientu-portfelis-credential'),
	credential('Rivilė account', 'rivile-credential'),
	workflow('insolvency-to-open-debt', 'klientu-portfelis-workflow'),
	workflow('receipts-of-last-month', 'rivile-workflow'),
];

async function main(): Promise<void> {
	await install();
	if (process.argv.includes('examples')) return await shootExamples();
	await mkdir(SCREENSHOTS, { recursive: true });
	const stage = await setStage();
	const browser = await launch();
	try {
		seedForExamples(stage.services);
		const accounts = await startExampleAccounts(stage.n8n.api);
		const credentialIds = { ...stage.credentialIds, ...accounts.credentialIds };
		const ids = await importExamples(stage.n8n.api, credentialIds);
		// The first example makes the lists that the second one fills.
		const example = (start: string) => [...ids].find(([file]) => file.startsWith(start))?.[1] ?? '';
		for (const theme of ['light', 'dark'] satisfies Theme[]) {
			const page = await signIn(browser, stage.n8n.url, { theme, height: 900 });
			const editor = new EditorPage(page);
			const shoot = async (name: string) => {
				await settle(page);
				await page.screenshot({ path: join(SCREENSHOTS, `${name}-${theme}.png`) });
				console.log(`docs/screenshots/${name}-${theme}.png`);
			};
			await stage.n8n.api.execute(
				example('klientu-portfelis-1'),
				'When clicking ‘Execute workflow’',
			);
			for (const picture of PICTURES) await picture({ editor, example, shoot });
			await stage.n8n.api.execute(
				example('klientu-portfelis-7'),
				'When clicking ‘Execute workflow’',
			);
			await page.context().close();
		}
		await accounts.stop();
	} finally {
		await browser.close();
		await stage.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
