/** What is mutated, and the tests that have to notice. They import the sources, not dist/. */

export interface Group {
	/** The files that are changed. */
	readonly sources: readonly string[];
	/** Files or folders with the tests that run on each change. */
	readonly tests: readonly string[];
	/** How many values properties try at most; their own number unless given. */
	readonly runs?: number;
}

const PORTFOLIO = 'nodes/KlientuPortfelis/protocol';
const RIVILE = 'nodes/Rivile/protocol';

const pagingTest = (name: string) => `test/${RIVILE}/paging/${name}.test.cts`;

export const GROUPS: Readonly<Record<string, Group>> = {
	signer: {
		sources: [`${PORTFOLIO}/request/sign.ts`, 'nodes/shared/asciiJson.ts'],
		tests: [`test/${PORTFOLIO}/request/sign.test.cts`],
	},
	envelope: {
		sources: [`${PORTFOLIO}/request/envelope.ts`, `${PORTFOLIO}/request/signedEnvelope.ts`],
		tests: [`test/${PORTFOLIO}/request/envelope.test.cts`],
	},
	retry: {
		sources: ['nodes/shared/retry.ts'],
		tests: ['test/nodes/shared/retry.test.cts'],
	},
	session: {
		sources: [`${PORTFOLIO}/session.ts`],
		tests: [`test/${PORTFOLIO}/session.test.cts`],
	},
	limiter: {
		sources: [`${RIVILE}/limiter.ts`, `${RIVILE}/pace/*.ts`],
		tests: [`test/${RIVILE}/limiter.test.cts`, `test/${RIVILE}/pace/`],
	},
	sync: {
		sources: ['plan', 'compare', 'code', 'details', 'wanted', 'carryOut'].map(
			(name) => `${PORTFOLIO}/portfolio/${name}.ts`,
		),
		tests: [`test/${PORTFOLIO}/portfolio/`],
	},
	filter: {
		sources: [`${RIVILE}/sql/*.ts`],
		tests: [`test/${RIVILE}/sql/`],
	},
	'paging-kp': {
		sources: [`${PORTFOLIO}/paging.ts`, `${PORTFOLIO}/pageSize.ts`],
		tests: ['paging', 'pagingPasses', 'pageSize', 'failedPages'].map(
			(name) => `test/${PORTFOLIO}/${name}.test.cts`,
		),
		runs: 25,
	},
	'paging-keys': {
		sources: [`${RIVILE}/paging/rowKey.ts`, `${RIVILE}/paging/order.ts`],
		tests: ['rowKey', 'order', 'keysetOrders'].map(pagingTest),
		runs: 10,
	},
	// Without manyColumns.test.cts, which reads each of 37 registers: that takes too long for each change.
	'paging-empty': {
		sources: ['numbered', 'confirm', 'read'].map((name) => `${RIVILE}/paging/${name}.ts`),
		tests: ['agreement', 'numbered', 'confirm', 'emptyResponses', 'read'].map(pagingTest),
		runs: 25,
	},
	'paging-keyset': {
		sources: [`${RIVILE}/paging/keyset.ts`],
		tests: ['keyset', 'keysetOrders', 'keysetEdges', 'read'].map(pagingTest),
		runs: 10,
	},
};
