/**
 * docs/rivile-columns.md is written from the catalogue. When it is out of date:
 * UPDATE_DOCS=1 npx jest test/nodes/Rivile/columnsDoc
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	I04_COLUMNS,
	I05_COLUMNS,
	KEY,
	ROW_NUMBER,
	type Column,
} from '../../../../nodes/Rivile/protocol/columns';

const FILE = join(__dirname, '../../../../docs/rivile-columns.md');

const TYPES = { C: 'text', N: 'number', T: 'date and time' } as const;

function size({ type, length, decimals }: Column): string {
	if (type === 'T') return '';
	return decimals > 0 ? `${length} digits, ${decimals} decimals` : `${length}`;
}

const table = (columns: readonly Column[]) =>
	[
		'| Column | Holds | Type | Size | Values |',
		'| --- | --- | --- | --- | --- |',
		...columns.map((column) => {
			const { name, label, type, values = '' } = column;
			return `| \`${name}\` | ${label} | ${TYPES[type]} | ${size(column)} | ${values} |`;
		}),
	].join('\n');

const document = `# The columns of the Rivilė register of receipts and payments

\`test/nodes/Rivile/protocol/columnsDoc.test.cts\` writes this page from \`nodes/Rivile/protocol/columns.ts\`. Change it there.

- Text comes without the whitespace that Rivilė adds at its end. An empty column is an empty text. Codes keep their leading zeros: \`000000000001\` is text.
- Control characters stay in the text, in both formats (JSON and XML).
- Numbers are numbers, or \`null\` if there is none. With the option Numbers as Text, they stay as Rivilė writes them, such as \`10.00\`.
- Dates with a time are texts such as \`2026-01-31T00:00:00\`, in the time of the Rivilė database.
- Columns that are not in these tables come out as text.
- Responses also have the column \`${ROW_NUMBER.name}\` (${ROW_NUMBER.label.toLowerCase()}, a number). It changes from page to page, so use \`${KEY}\` to tell rows apart.

## Receipts and payments (I04)

You can use these columns in conditions.

${table(I04_COLUMNS)}

## Lines (I05)

With Detail: Header and Lines, each receipt or payment has a list of its lines under \`I05\`. You cannot use these columns in conditions.

${table(I05_COLUMNS)}
`;

test('docs/rivile-columns.md is what the catalogue says', () => {
	if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, document);
	expect(readFileSync(FILE, 'utf8')).toBe(document);
});
