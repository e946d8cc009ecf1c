/** `npm run screenshots -- examples` in e2e/: a picture of each of the ten examples, as it is imported. */
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Page } from 'playwright-core';

import { EditorPage } from './browser/editorPage.cts';
import { launch, signIn } from './browser/open.cts';
import type { NodeJson } from './lib/api.cts';
import { startExampleAccounts } from './lib/exampleAccounts.cts';
import { readExample, wholeExamples, withCredentials } from './lib/examples.cts';
import { SCREENSHOTS } from './lib/places.cts';
import { setStage } from './lib/stage.cts';

/** How large a point of the canvas is in the picture. */
const ZOOM = 0.75;

/** Room around the workflow, and for what n8n shows at the edges. */
const MARGIN = { x: 220, y: 330 };

/** The size that a window needs to show a workflow with readable labels. */
function windowFor(nodes: readonly NodeJson[]): { width: number; height: number } {
	const areas = nodes.map(({ position, parameters }) => {
		const [x = 0, y = 0] = position as number[];
		const { width = 96, height = 96 } = parameters as { width?: number; height?: number };
		return { left: x, right: x + width, top: y, bottom: y + height };
	});
	const width =
		Math.max(...areas.map(({ right }) => right)) - Math.min(...areas.map(({ left }) => left));
	const height =
		Math.max(...areas.map(({ bottom }) => bottom)) - Math.min(...areas.map(({ top }) => top));
	return {
		width: Math.round(width * ZOOM) + MARGIN.x,
		height: Math.round(height * ZOOM) + MARGIN.y,
	};
}

/** Hides all that is not the workflow. */
const ONLY_CANVAS = `
	[data-test-id="canvas-controls"], [data-test-id="canvas-minimap"], .el-notification,
	[data-test-id="node-creator-plus-button"], [class*="nodeButtonsWrapper"], [class*="executionButtons"],
	[class*="chat-window"], [class*="logsPanel"], [data-test-id="logs-overview"],
	[data-test-id="ask-assistant-floating-button"] { visibility: hidden !important; }
`;

/** The part of the window that holds all nodes and notes, with some room for the labels. */
async function surroundings(page: Page) {
	const boxes = await Promise.all(
		(await page.locator('.vue-flow__node').all()).map(async (node) => await node.boundingBox()),
	);
	const areas = boxes.filter((box) => box !== null);
	const left = Math.min(...areas.map(({ x }) => x)) - 56;
	const top = Math.min(...areas.map(({ y }) => y)) - 24;
	const right = Math.max(...areas.map(({ x, width }) => x + width)) + 72;
	const bottom = Math.max(...areas.map(({ y, height }) => y + height)) + 56;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

async function shoot(page: Page, file: string, id: string): Promise<void> {
	const editor = new EditorPage(page);
	await page.setViewportSize(windowFor(readExample(file).nodes));
	await editor.openWorkflow(id);
	await page.addStyleTag({ content: ONLY_CANVAS });
	await page.waitForTimeout(500);
	await page.keyboard.press('1');
	await page.waitForTimeout(1000);
	const picture = join(SCREENSHOTS, 'examples', `${basename(file, '.json')}.png`);
	await page.screenshot({ path: picture, clip: await surroundings(page) });
	console.log(picture);
}

/** Makes the pictures, on a whole n8n with a saved credential for everything that the examples use. */
export async function shootExamples(): Promise<void> {
	await mkdir(join(SCREENSHOTS, 'examples'), { recursive: true });
	const stage = await setStage();
	const browser = await launch();
	try {
		const { api } = stage.n8n;
		const accounts = await startExampleAccounts(api);
		const ids = { ...stage.credentialIds, ...accounts.credentialIds };
		const page = await signIn(browser, stage.n8n.url);
		for (const file of wholeExamples()) {
			await shoot(page, file, await api.saveWorkflow(withCredentials(readExample(file), ids)));
		}
		await accounts.stop();
	} finally {
		await browser.close();
		await stage.close();
	}
}
