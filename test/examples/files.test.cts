/** What holds for the file of every example. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { NodeJson, WorkflowJson } from '../../dev/engine/harness.cts';
import { EXAMPLES, filesIn, readExample, TEN } from './exampleFiles.cts';

const files = [...TEN, ...filesIn('basics').map((file) => `basics/${file}`)];

const textOf = (file: string) => readFileSync(join(EXAMPLES, file), 'utf8');

const notesOf = ({ nodes }: WorkflowJson) =>
	nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');

const contentOf = ({ parameters }: NodeJson) => (parameters as { content: string }).content;

/** Where a node or a note is on the canvas. A node is a square, with its name below. */
function areaOf({ type, position = [], parameters }: NodeJson) {
	const [x = Number.NaN, y = Number.NaN] = position;
	const { width = 96, height = 96 } = type.endsWith('.stickyNote')
		? (parameters as { width: number; height: number })
		: {};
	return { left: x, right: x + width, top: y, bottom: y + height };
}

function overlap(one: NodeJson, other: NodeJson): boolean {
	const [a, b] = [areaOf(one), areaOf(other)];
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

test('there are ten', () => {
	expect(TEN).toHaveLength(10);
});

describe.each(files)('%s', (file) => {
	const example = readExample(file);
	const { nodes } = example;

	test('has notes that are numbered from 1 and overlap nothing', () => {
		const notes = notesOf(example);
		expect(notes.length).toBeGreaterThan(1);
		for (const [index, note] of notes.entries()) {
			expect(contentOf(note)).toMatch(new RegExp(`^## ${index + 1}\\. [A-Z].+\\n.+`));
			const hidden = nodes.filter((node) => node !== note && overlap(note, node));
			expect(hidden.map(({ name }) => name)).toEqual([]);
		}
	});

	test('has no two nodes of one name, ID or place', () => {
		for (const key of ['name', 'id', 'position'] as const) {
			const values = nodes.map((node) => JSON.stringify(node[key]));
			expect(new Set(values).size).toBe(values.length);
		}
	});

	test('needs no code', () => {
		const code = /\.(?:code|function|functionItem|executeCommand|aiTransform)$/;
		expect(nodes.filter(({ type }) => code.test(type))).toEqual([]);
		// The body of a function, or an arrow in front of one.
		expect(textOf(file)).not.toMatch(/=>|\bfunction\b|\breturn\b/);
	});

	test('names credentials without IDs', () => {
		const named = nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
		for (const { id, name } of named) {
			expect(id).toBeNull();
			expect(name).toMatch(/^[\p{Lu}].* account$/u);
		}
		const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-klientu-portfelis-rivile.'));
		for (const { type, credentials } of own) {
			const [service, account] = /\.rivile/.test(type)
				? ['rivileApi', 'Rivilė account']
				: ['klientuPortfelisApi', 'Klientu Portfelis account'];
			expect(credentials).toEqual({ [service]: { id: null, name: account } });
		}
	});

	test('contains nothing of the n8n that it was made with', () => {
		const keys = ['id', 'versionId', 'meta', 'tags', 'active', 'createdAt', 'webhookId'];
		for (const part of [example, ...nodes]) {
			const found = keys.filter((key) => key in part && !(key === 'id' && part !== example));
			expect(found).toEqual([]);
		}
		expect(textOf(file)).not.toMatch(/localhost|127\.0\.0\.1|"instanceId"|\/home\/|\/Users\//);
		const addresses = textOf(file).match(/[\w.-]+@[\w.-]+/g) ?? [];
		expect(addresses.filter((address) => !/@(?:example\.com|n8n)$/.test(address))).toEqual([]);
	});

	test('has connections only between its nodes, and no node without one', () => {
		const names = new Set(nodes.map(({ name }) => name));
		const links = Object.entries(example.connections).flatMap(([from, outputs]) =>
			Object.values(outputs).flatMap((ends) =>
				ends.flatMap((end) => (end ?? []).map(({ node }) => [from, node])),
			),
		);
		for (const name of links.flat()) expect(names).toContain(name);
		const linked = new Set(links.flat());
		const alone = nodes.filter(({ name }) => !linked.has(name));
		expect(alone).toEqual(notesOf(example));
	});

	test('refers only to nodes that exist', () => {
		const names = new Set(nodes.map(({ name }) => name));
		for (const [, name = ''] of textOf(file).matchAll(/\$\('([^']+)'\)/g)) {
			expect(names).toContain(name);
		}
		for (const note of notesOf(example)) {
			for (const [, name = ''] of contentOf(note).matchAll(/\*\*([^*]+)\*\*/g)) {
				if (!name.includes('→')) expect(names).toContain(name);
			}
		}
	});
});

test.each(TEN)('%s chooses its list by the same name everywhere', (file) => {
	const lists = [...textOf(file).matchAll(/"mode": "name",\s+"value": "(Sample[^"]*)"/g)];
	expect(new Set(lists.map(([, name]) => name)).size).toBeLessThan(2);
});
