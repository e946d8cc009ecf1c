/**
 * docs/rivile-columns.md is written from the catalogue. When it is out of date:
 * UPDATE_DOCS=1 npx jest test/nodes/Rivile/protocol/catalogue/columnsDoc
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	columnsOf,
	REGISTERS,
	ROW_NUMBER,
	valuesText,
	type Column,
	type Register,
} from '../../../../../nodes/Rivile/protocol/catalogue';

const FILE = join(__dirname, '../../../../../docs/rivile-columns.md');

const TYPES = { C: 'text', N: 'number', T: 'date and time', M: 'long text' } as const;

const CERTAINTY = {
	documented: '',
	'client code': 'seen in programs that call the gateway',
	'older service': 'seen in programs that call the older SOAP service',
} as const;

function size({ type, length, decimals }: Column): string {
	if (type === 'T' || length === 0) return '';
	return decimals > 0 ? `${length} digits, ${decimals} decimals` : `${length}`;
}

const table = (columns: readonly Column[]) =>
	[
		'| Column | English name | Holds | Type | Size | Values |',
		'| --- | --- | --- | --- | --- | --- |',
		...columns.map((column) => {
			const { name, english, label, type, uncertain } = column;
			const holds = label === name ? 'not known' : label;
			const kind = `${TYPES[type]}${uncertain ? ' (uncertain)' : ''}`;
			return `| \`${name}\` | \`${english}\` | ${holds} | ${kind} | ${size(column)} | ${valuesText(column) ?? ''} |`;
		}),
	].join('\n');

function order({ key, isKeyUnique, details }: Register): string {
	if (key.length === 0) return 'none';
	const names = (columns: readonly string[]) => columns.map((name) => `\`${name}\``).join(', ');
	const ofHeader = details?.H.key;
	const short = ofHeader === undefined ? '' : ` (${details?.H.label ?? ''}: ${names(ofHeader)})`;
	return `${names(key)}${short}${isKeyUnique ? '' : ' (not unique)'}`;
}

const registers = [
	'| Register | Method | Key | Documentation |',
	'| --- | --- | --- | --- |',
	...REGISTERS.map((register) => {
		const { label, method, certainty, note = '' } = register;
		const remarks = [CERTAINTY[certainty], note].filter((text) => text !== '').join('. ');
		return `| ${label} | \`${method}\` | ${order(register)} | ${remarks} |`;
	}),
].join('\n');

/** A table stands once, under the first register that has it. */
const written = new Set<string>();

function section({ label, method, table: own, lines }: Register): string[] {
	const parts = [{ table: own, title: `${label} (${own})` }].concat(
		lines.map((line) => ({
			table: line.table,
			title: `${line.label} of ${label} (${line.table})`,
		})),
	);
	return parts.flatMap((part) => {
		const columns = columnsOf(part.table);
		if (columns.length === 0 || written.has(part.table)) return [];
		written.add(part.table);
		return [`## ${part.title}\n\n\`${method}\`\n\n${table(columns)}\n`];
	});
}

const document = `# The registers of Rivilė and their columns

\`test/nodes/Rivile/protocol/catalogue/columnsDoc.test.cts\` writes this page from \`nodes/Rivile/protocol/catalogue\`. Change it there.

- Text comes without the whitespace that Rivilė adds at its end. An empty column is an empty text. Codes keep their leading zeros: \`000000000001\` is text.
- Control characters stay in the text, in both formats (JSON and XML).
- Numbers are numbers, or \`null\` if there is none. With the option Numbers as Text, they stay as Rivilė writes them, such as \`10.00\`.
- Dates with a time are texts such as \`2026-01-31T00:00:00\`, in the time of the Rivilė database. \`1900-01-01T00:00:00\`, which Rivilė writes where there is no date, is \`null\`.
- Columns that are not in these tables come out as text, under their own name.
- Responses also have the column \`${ROW_NUMBER.name}\` (${ROW_NUMBER.label.toLowerCase()}, a number). It changes from page to page, so use the key to tell rows apart.
- Uncertain: the type or the meaning was inferred, because no documentation of it was seen or sources differ.
- Column lists other than those of I04 and I05 come from programs of 2017 and 2018, and from samples. Newer columns may be missing in them.

## Registers

Rows are read by their key, so that each comes exactly once. Registers whose key is not unique, or that have none, are read page by page until two readings agree.

${registers}

You can use the columns of a register's own table in conditions, and its key to sort. Lines come as a list, under the name of their table, with Detail: Header and Lines.

${REGISTERS.flatMap(section).join('\n')}`;

test('docs/rivile-columns.md is what the catalogue says', () => {
	if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, document);
	expect(readFileSync(FILE, 'utf8')).toBe(document);
});
