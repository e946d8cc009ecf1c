/**
 * Workflows as users have stored them. This build must run each of them as the build did that it was
 * stored with: the same requests, and items with the same fields.
 */
import { join } from 'node:path';

import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { expectationOf, ourNode, shortType, storedNames, storedWorkflow } from './files.cts';
import { choiceOf, choicesOf, lostNames } from './names.cts';
import { observe, type Runner } from './observe.cts';

let engine: Engine;
let runner: Runner;

beforeAll(async () => {
	engine = await createEngine({ packageDir: join(__dirname, '../..') });
	runner = {
		async run(workflow, options, node) {
			const result = await engine.run(workflow, options);
			return { error: result.error, outputs: [result.items(node)] };
		},
		async poll(type, { staticData, ...options }) {
			const output = await engine.poll(type, { ...options, staticData });
			return { items: output?.[0]?.map(({ json }) => json) ?? null, staticData };
		},
	};
});
afterAll(async () => await engine.close());

const descriptionOf = (type: string) => engine.nodeType(type).description;

describe.each(storedNames)('%s', (name) => {
	const workflow = storedWorkflow(name);

	test('does what it did when it was stored', async () => {
		const observed = await observe(workflow, runner);
		expect(observed).toEqual(expectationOf(name, observed));
	});

	test('finds the names that it stores', () => {
		const node = ourNode(workflow);
		const lost = lostNames(descriptionOf(shortType(node)), { ...node.parameters });
		if (lost.length === 0) return;
		throw new Error(
			`Names that workflows store must not change. ${shortType(node)} no longer has: ${lost.join(', ')}`,
		);
	});
});

test.each(['klientuPortfelis', 'rivile', 'klientuPortfelisTrigger', 'rivileTrigger'])(
	'%s: there is a stored workflow for each operation or event',
	(type) => {
		const stored = storedNames
			.map((name) => ourNode(storedWorkflow(name)))
			.filter((node) => shortType(node) === type)
			.map((node) => choiceOf(descriptionOf(type), { ...node.parameters }));
		expect(choicesOf(descriptionOf(type)).filter((choice) => !stored.includes(choice))).toEqual([]);
	},
);

test.each([
	[
		{
			...{ resource: 'object', listId: { __rl: true, mode: 'number', value: 1 }, gone: 1 },
			options: { batching: { batch: { batchSize: 1, size: 2 }, old: {} }, start: 1, end: 2 },
		},
		[
			...['listId with the mode number', 'gone'],
			...['options.batching.batch.size', 'options.batching.old', 'options.end'],
		],
	],
	[{ resource: 'object', operation: 'create', type: 'FIRM' }, ['type with the value FIRM']],
	[{ resource: 'object', operation: 'create', type: '={{ $json.type }}' }, []],
	// A name of another operation.
	[{ resource: 'object', operation: 'get', code: '1' }, ['code']],
])('names that a node does not have are found: %j', (parameters, lost) => {
	expect(lostNames(descriptionOf('klientuPortfelis'), parameters)).toEqual(lost);
});
