/** What somebody does who has just installed the package; counts the clicks that it takes. */
import type { Page } from 'playwright-core';

import type { PracticeValue } from '../lib/practise.cts';
import { EditorPage } from './editorPage.cts';

export class NewcomerPage extends EditorPage {
	/** How often the mouse was pressed since the workflow was new. */
	clicks = 0;

	static async on(page: Page): Promise<NewcomerPage> {
		const newcomer = new NewcomerPage(page);
		// Counted in the page itself, so that no click of these page objects is forgotten.
		await page.exposeBinding('pressed', () => newcomer.clicks++);
		await page.addInitScript("addEventListener('pointerdown', () => window.pressed(), true)");
		return newcomer;
	}

	/** Creates a credential from a type found by a word; ends when n8n has tested it. */
	async createCredential(
		word: string,
		type: string,
		values: readonly PracticeValue[],
	): Promise<void> {
		await this.page.goto('/home/credentials');
		await this.part('add-resource-credential').click();
		await this.part('selectCredential-modal').waitFor();
		await this.page.keyboard.type(word);
		await this.part('new-credential-type-select-option').filter({ hasText: type }).click();
		await this.part('new-credential-type-button').click();
		for (const { label, value } of values) await this.fillIn(label, value);
		await this.part('credential-save-button').click();
		await this.part('credentials-config-container-test-success').waitFor();
	}

	/** Fills in a field of a credential by its label. */
	private async fillIn(label: string, value: string): Promise<void> {
		const labelled = this.page.locator('label', { hasText: new RegExp(`^${label}\\b`) });
		await this.part('credential-connection-parameter')
			.filter({ has: labelled })
			.locator('input, textarea')
			.first()
			.fill(value);
	}

	/** An empty workflow, where the clicks begin to count. */
	async emptyWorkflow(): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.part('canvas-add-button').waitFor();
		this.clicks = 0;
	}

	/** Opens the panel with Add first step; its search is ready to type in. */
	async addFirstStep(): Promise<void> {
		await this.part('canvas-add-button').click();
		const search = this.part('node-creator-search-bar');
		await search.waitFor();
		await this.page.waitForFunction(
			(bar) => bar === document.activeElement,
			await search.elementHandle(),
		);
	}

	/** Types a word into the search of the panel; gives what is found once a node is among it. */
	async search(word: string, node: string): Promise<string[]> {
		await this.part('node-creator-search-bar').fill('');
		await this.page.keyboard.type(word);
		await this.found(node).waitFor();
		return await this.offered();
	}

	private found(node: string) {
		return this.part('item-iterator-item')
			.filter({ has: this.page.getByText(node, { exact: true }) })
			.first();
	}

	/** From an empty workflow: finds a node by a word and adds it by an action or a trigger. */
	async addByWord(word: string, node: string, line: string): Promise<void> {
		await this.emptyWorkflow();
		await this.addFirstStep();
		await this.search(word, node);
		await this.found(node).click();
		const wanted = this.page.getByText(line, { exact: true });
		const actions = this.page.getByText(/^Actions \(\d+\)$/);
		await wanted.or(actions).first().waitFor();
		// Where nothing starts the workflow yet, the triggers are open and the actions are not.
		if (!(await wanted.isVisible())) await actions.click();
		await wanted.click();
		await this.part('ndv').waitFor();
	}

	/** Executes the step, or fetches a test event; gives the first item as the table shows it. */
	async firstItem(): Promise<Readonly<Record<string, string>>> {
		await this.executeStep();
		await this.part('output-panel')
			.getByText(/^\d+ items?$/)
			.first()
			.waitFor();
		const { clicks } = this;
		await this.showOutputAs('table');
		// The item came before; choosing how it looks is not part of the way.
		this.clicks = clicks;
		const table = this.part('output-panel').locator('table');
		const texts = async (selector: string) =>
			(await table.locator(selector).allInnerTexts()).map((text) => text.trim());
		await table.locator('tbody td').first().waitFor();
		const cells = await texts('tbody tr:first-child td');
		return Object.fromEntries(
			(await texts('thead th'))
				.map((name, index) => [name, cells[index] ?? ''])
				.filter(([name]) => name !== ''),
		) as Readonly<Record<string, string>>;
	}
}
