/** What a person does in n8n's editor, told in their words. */
import type { Locator, Page } from 'playwright-core';

export class EditorPage {
	constructor(readonly page: Page) {}

	/** A visible element by the name that n8n gives it for tests. */
	part(name: string): Locator {
		return this.page.locator(`[data-test-id="${name}"]:visible`);
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.part('node-creator-plus-button').click();
		// Offered at first; not every version finds it by this name.
		await this.part('item-iterator-item').filter({ hasText: 'Trigger manually' }).first().click();
		await this.part('canvas-node').first().waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Opens the panel of nodes. */
	async openPanel(): Promise<void> {
		await this.part('node-creator-plus-button').click();
		await this.part('node-creator-search-bar').waitFor();
	}

	async find(text: string): Promise<void> {
		await this.part('node-creator-search-bar').fill(text);
		await this.part('item-iterator-item').filter({ hasText: text }).first().waitFor();
	}

	/** What the panel offers at the moment. */
	async offered(): Promise<string[]> {
		const texts = await this.part('item-iterator-item').allInnerTexts();
		return texts.map((text) => text.split('\n')[0] ?? '');
	}

	/** Finds a node in the panel and opens the list of its actions. */
	async openActions(node: string): Promise<void> {
		await this.openPanel();
		await this.find(node);
		await this.page
			.locator('[data-test-id="item-iterator-item"]:visible')
			.filter({ has: this.page.getByText(node, { exact: true }) })
			.first()
			.click();
		await this.part('community-node-actions')
			.or(this.page.getByText(/^Actions \(\d+\)$/))
			.waitFor();
	}

	/** In the list of a node's actions: opens what the node can start a workflow with. */
	async openTriggers(): Promise<void> {
		await this.page.getByText(/^Triggers \(\d+\)$/).click();
	}

	/** Adds a node by one of its actions; its window opens. */
	async addByAction(node: string, action: string): Promise<void> {
		await this.openActions(node);
		await this.page.getByText(action, { exact: true }).click();
		await this.part('ndv').waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.part('ndv').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/** The labels of the fields that show, in their order. */
	async fields(): Promise<string[]> {
		const labels = this.page.locator(
			'[data-test-id="node-parameters"]:visible > * [data-test-id="input-label"]:visible',
		);
		const texts = await labels.allInnerTexts();
		return texts.map((text) => (text.split('\n')[0] ?? '').trim());
	}

	/** Picks an option of a field by its exact name. */
	async choose(field: string, option: string): Promise<void> {
		await this.part(`parameter-input-${field}`).click();
		await this.page
			.locator('[role="option"]:visible')
			.filter({ has: this.page.getByText(option, { exact: true }) })
			.first()
			.click();
		await this.optionsAreGone();
	}

	/** A closing list of options fades out, and would be taken for the next one. */
	private async optionsAreGone(): Promise<void> {
		await this.page.waitForFunction(
			() => ![...document.querySelectorAll('[role="option"]')].some((one) => one.checkVisibility()),
		);
	}

	/** The names of a field's options. */
	async options(field: string): Promise<string[]> {
		await this.part(`parameter-input-${field}`).click();
		await this.page.locator('[role="option"]:visible').first().waitFor();
		return await this.shownOptions();
	}

	async shownOptions(): Promise<string[]> {
		const shown = this.page.locator('[role="option"]:visible');
		await shown.first().waitFor();
		const texts = await shown.allInnerTexts();
		await this.page.keyboard.press('Escape');
		await this.optionsAreGone();
		return texts.map((text) => text.split('\n')[0] ?? '');
	}

	async switchOver(field: string): Promise<void> {
		await this.part(`parameter-input-${field}`).locator('.el-switch').click();
	}

	async fill(field: string, value: string): Promise<void> {
		await this.part(`parameter-input-${field}`).locator('input, textarea').first().fill(value);
	}

	/** The names in the list of a resource locator. */
	async openLocator(field: string): Promise<string[]> {
		await this.part(`resource-locator-${field}`).locator('[data-test-id="rlc-input"]').click();
		await this.part('rlc-item').first().waitFor();
		return await this.part('rlc-item').allInnerTexts();
	}

	async pick(field: string, name: string): Promise<void> {
		await this.openLocator(field);
		await this.part('rlc-item').filter({ hasText: name }).click();
	}

	/** Fills in a resource locator in another mode than its list. */
	async locate(field: string, mode: string, value: string): Promise<void> {
		const locator = this.part(`resource-locator-${field}`);
		await locator.locator('[data-test-id="rlc-mode-selector"]').click();
		await this.page.locator(`[data-test-id="mode-${mode}"]:visible`).click();
		await this.optionsAreGone();
		await locator.locator('[data-test-id="rlc-input-container"] input').fill(value);
	}

	/** What a resource locator lists once a search leaves so many. */
	async searchIn(field: string, text: string, count: number): Promise<string[]> {
		await this.openLocator(field);
		const search = this.part('rlc-search');
		await search.locator('input').or(search).first().fill(text);
		await this.page.waitForFunction(
			(wanted) => document.querySelectorAll('[data-test-id="rlc-item"]').length === wanted,
			count,
		);
		const found = await this.part('rlc-item').allInnerTexts();
		await this.page.keyboard.press('Escape');
		return found;
	}

	/** Adds a field to a collection by its label. */
	async addToCollection(label: string): Promise<void> {
		await this.part('collection-parameter-add').last().click();
		await this.page
			.locator('[role="option"]:visible')
			.filter({ has: this.page.getByText(label, { exact: true }) })
			.click();
		await this.optionsAreGone();
	}

	/** The notices among the fields. */
	async notices(): Promise<string[]> {
		return await this.part('node-parameters').locator('[role="alert"]:visible').allInnerTexts();
	}

	async executeStep(): Promise<void> {
		await this.part('node-execute-button').click();
	}

	/** Runs the whole workflow, to its end. */
	async executeWorkflow(): Promise<void> {
		await this.part('execute-workflow-button').click();
		await this.page.getByText('Workflow executed successfully').first().waitFor();
	}

	/** Publishes the open workflow. */
	async publish(): Promise<void> {
		await this.part('workflow-open-publish-modal-button').click();
		await this.part('workflow-publish-button').click();
		await this.part('workflow-publish-button').waitFor({ state: 'hidden' });
	}

	/** Moves the fields to the left, so that the output has more room than the input. */
	async widenOutput(): Promise<void> {
		const handle = await this.part('panel-drag-button').boundingBox();
		if (handle === null) throw new Error('The fields cannot be moved');
		const y = handle.y + handle.height / 2;
		await this.page.mouse.move(handle.x + handle.width / 2, y);
		await this.page.mouse.down();
		await this.page.mouse.move(300, y, { steps: 10 });
		await this.page.mouse.up();
	}

	async showOutputAs(mode: 'schema' | 'table' | 'json'): Promise<void> {
		await this.part('output-panel').locator(`[data-test-id="radio-button-${mode}"]`).click();
	}

	/** The node's output as JSON, once it is there. */
	async output(): Promise<string> {
		await this.showOutputAs('json');
		return await this.part('output-panel')
			.locator('[data-test-id="ndv-data-container"]')
			.filter({ hasText: /\S/ })
			.innerText();
	}
}
