/** The way of a newcomer: a credential from the printed values, then the first item of each node. */
import type { Browser } from 'playwright-core';

import { NewcomerPage } from '../browser/newcomerPage.cts';
import { launch, signIn } from '../browser/open.cts';
import type { Json } from '../lib/api.cts';
import { practiceLines, valuesToPractise } from '../lib/practise.cts';
import { setStage, type Stage } from '../lib/stage.cts';

// As in browser.test.cts.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

let stage: Stage;
let browser: Browser;
let newcomer: NewcomerPage;

beforeAll(async () => {
	stage = await setStage({ withCredentials: false });
	browser = await launch();
	newcomer = await NewcomerPage.on(await signIn(browser, stage.n8n.url));
});
afterAll(async () => {
	await browser?.close();
	await stage?.close();
});

describe('a credential', () => {
	it.each([
		['klientuPortfelis', 'lursoft', 'Klientu Portfelis (Lursoft) API'],
		['rivile', 'rivile', 'Rivilė (Rivile) API'],
	] as const)('of %s is created from the values that are printed', async (name, word, type) => {
		const service = stage.services[name];
		const values = valuesToPractise(service);
		const printed = practiceLines(service).join('\n');
		for (const { label, value } of values) {
			expect(printed).toContain(`${label}: `);
			expect(printed).toContain(value);
		}
		await newcomer.createCredential(word, type, values);
	});
});

/** The words by which people look for a service. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
	'Klientu Portfelis': [
		...['Klientu Portfelis', 'Lursoft', 'Client Portfolio', 'company monitoring'],
		...['company register', 'credit risk', 'debtors', 'debitori', 'KYC', 'insolvency'],
		...['Latvia', 'SOAP'],
	],
	Rivilė: ['Rivilė', 'Rivile', 'GAMA', 'ERP', 'debtors', 'Lithuania'],
};

describe('the panel', () => {
	it.each(Object.entries(WORDS))('finds %s by the words that people use', async (node, words) => {
		await newcomer.emptyWorkflow();
		await newcomer.addFirstStep();
		for (const word of words) {
			const found = await newcomer.search(word, node);
			// Within the first few, which show without scrolling.
			expect([word, found.indexOf(node) < 5]).toEqual([word, true]);
		}
	});
});

interface FirstItem {
	readonly word: string;
	readonly node: string;
	/** The action or trigger in the panel. */
	readonly line: string;
	readonly list?: string;
	readonly first: Json;
}

const FIRST_ITEMS: Readonly<Record<string, FirstItem>> = {
	'the Klientu Portfelis node': {
		word: 'company monitoring',
		node: 'Klientu Portfelis',
		line: 'Get many objects of a list',
		list: 'Klienti',
		first: { name: 'SIA "Ķīpsalas dārzi" (1)' },
	},
	'the Klientu Portfelis Trigger': {
		word: 'insolvency',
		node: 'Klientu Portfelis',
		line: 'On monitoring event',
		list: 'Klienti',
		first: { title: 'Maksātnespējas process', object_name: 'SIA "Ķīpsalas dārzi" (1)' },
	},
	'the Rivilė node': {
		word: 'GAMA',
		node: 'Rivilė',
		line: 'Get receipts and payments',
		first: {
			operationNumber: expect.stringMatching(/^\d{12}$/),
			kind: expect.stringMatching(/^(receipt|payment)$/),
			operationDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
		},
	},
	'the Rivilė Trigger': {
		word: 'ERP',
		node: 'Rivilė',
		line: 'On operation created',
		first: {
			operationNumber: '000000000250',
			kind: expect.stringMatching(/^(receipt|payment)$/),
			operationDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
		},
	},
};

describe('the first item, within ten clicks', () => {
	it.each(Object.entries(FIRST_ITEMS))(
		'of %s',
		async (_name, { word, node, line, list, first }) => {
			await newcomer.addByWord(word, node, line);
			if (list !== undefined) await newcomer.pick('listId', list);
			const item = await newcomer.firstItem();
			expect(item).toMatchObject(first);
			// Simplified rows; an event of Klientu Portfelis comes as it is.
			if (node === 'Rivilė') expect(Object.keys(item).length).toBeLessThanOrEqual(10);
			expect(newcomer.clicks).toBeGreaterThan(0);
			expect(newcomer.clicks).toBeLessThanOrEqual(10);
		},
	);
});
