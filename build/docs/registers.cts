/** The registers of Rivilė and their columns, from the catalogue: an index, and pages of a few registers each. */
import {
	columnsOf,
	REGISTERS,
	ROW_NUMBER,
	valuesText,
	type Column,
	type Register,
} from '../../nodes/Rivile/protocol/catalogue';
import { table, whole, type Page } from './page.cts';

/** What stands together on a page. */
interface Group {
	readonly file: string;
	readonly title: string;
	/** The methods of the registers. */
	readonly methods: readonly string[];
}

const GROUPS: readonly Group[] = [
	{
		file: 'cash-operations.md',
		title: 'Receipts, payments and payment orders',
		methods: ['GET_I04_LIST', 'GET_I53_LIST'],
	},
	{
		file: 'clients.md',
		title: 'Clients, contact persons and contracts',
		methods: ['GET_N08_LIST', 'GET_N60_LIST', 'GET_N51_LIST', 'GET_N52_LIST'],
	},
	{ file: 'debts.md', title: 'Debts', methods: ['GET_T03_LIST', 'GET_I44_LIST'] },
	{
		file: 'documents.md',
		title: 'Purchase and sales documents',
		methods: ['GET_I06_LIST', 'GET_I06_DEBT'],
	},
	{
		file: 'stock.md',
		title: 'Stock',
		methods: [
			'GET_I09_LIST',
			'GET_I11_LIST',
			'GET_I17_LIST',
			'GET_I47_LIST',
			'GET_I20_LIST',
			'GET_N47_LIST',
		],
	},
	{ file: 'goods.md', title: 'Goods and services', methods: ['GET_N17_LIST'] },
	{
		file: 'units.md',
		title: 'Units, bar codes and components of goods',
		methods: ['GET_N37_LIST', 'GET_N26_LIST', 'GET_N87_LIST'],
	},
	{
		file: 'prices.md',
		title: 'Prices and discounts',
		methods: ['GET_I33_LIST', 'GET_N32_LIST', 'GET_N13_LIST', 'GET_N31_LIST'],
	},
	{
		file: 'ledger-and-others.md',
		title: 'Ledger, payroll, documents and classifiers',
		methods: [
			'GET_I02_LIST',
			'GET_A02_LIST',
			'GET_K42_LIST',
			'GET_N06_LIST',
			'GET_N07_LIST',
			'GET_N15_LIST',
			'GET_N19_LIST',
			'GET_N35_LIST',
			'GET_N67_LIST',
		],
	},
	{
		file: 'vouchers-and-loyalty.md',
		title: 'Gift vouchers and loyalty cards',
		methods: ['GET_K78_LIST', 'GET_N77_LIST', 'GET_N64_LIST', 'GET_I64_LIST'],
	},
];

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

const columnsTable = (columns: readonly Column[]) =>
	table(
		['Column', 'English name', 'Holds', 'Type', 'Size', 'Values'],
		columns.map((column) => {
			const { name, english, label, type, uncertain } = column;
			const holds = label === name ? 'not known' : label;
			const kind = `${TYPES[type]}${uncertain ? ' (uncertain)' : ''}`;
			const values = valuesText(column) ?? '';
			return [`\`${name}\``, `\`${english}\``, holds, kind, size(column), values];
		}),
	);

function order({ key, isKeyUnique, details }: Register): string {
	if (key.length === 0) return 'none';
	const names = (columns: readonly string[]) => columns.map((name) => `\`${name}\``).join(', ');
	const ofHeader = details?.H.key;
	const short = ofHeader === undefined ? '' : ` (${details?.H.label ?? ''}: ${names(ofHeader)})`;
	return `${names(key)}${short}${isKeyUnique ? '' : ' (not unique)'}`;
}

/** @throws Error when a register of the catalogue stands on no page, or on two */
function groupOf({ method }: Register): Group {
	const [group, another] = GROUPS.filter(({ methods }) => methods.includes(method));
	if (group !== undefined && another === undefined) return group;
	throw new Error(`${method} must stand in exactly one group of build/docs/registers.cts`);
}

const registersTable = () =>
	table(
		['Register', 'Method', 'Key', 'Columns', 'Documentation'],
		REGISTERS.map((register) => {
			const { label, method, certainty, note = '' } = register;
			const { file, title } = groupOf(register);
			const remarks = [CERTAINTY[certainty], note].filter((text) => text !== '').join('. ');
			return [label, `\`${method}\``, order(register), `[${title}](${file})`, remarks];
		}),
	);

/** On which page a table stands: that of the register that lists it, or else of the one whose lines it has. */
function homeOf(table: string): Group | undefined {
	const register =
		REGISTERS.find((candidate) => candidate.table === table) ??
		REGISTERS.find(({ lines }) => lines.some((line) => line.table === table));
	return register && groupOf(register);
}

/** The tables of a group's registers. One that several registers have stands once. */
function sections(group: Group): string {
	const written = new Set<string>();
	const sectionsOf = ({ label, method, table: own, lines }: Register): string[] => {
		const parts = [
			{ table: own, title: `${label} (${own})` },
			...lines.map((line) => ({
				table: line.table,
				title: `${line.label} of ${label} (${line.table})`,
			})),
		];
		return parts.flatMap((part) => {
			const columns = columnsOf(part.table);
			if (columns.length === 0 || written.has(part.table)) return [];
			written.add(part.table);
			const home = homeOf(part.table);
			if (home !== undefined && home !== group) {
				return [`## ${part.title}\n\n\`${method}\`, see [${home.title}](${home.file})`];
			}
			return [`## ${part.title}\n\n\`${method}\`\n\n${columnsTable(columns)}`];
		});
	};
	return REGISTERS.filter(({ method }) => group.methods.includes(method))
		.flatMap(sectionsOf)
		.join('\n\n');
}

const index = () => `# The registers of Rivilė and their columns

- Text comes without the whitespace that Rivilė adds at its end. An empty column is an empty text. Codes keep their leading zeros: \`000000000001\` is text.
- Control characters stay in the text, in both formats (JSON and XML).
- Numbers are numbers, or \`null\` if there is none. With the option Numbers as Text, they stay as Rivilė writes them, such as \`10.00\`.
- Dates with a time are texts such as \`2026-01-31T00:00:00\`, in the time of the Rivilė database. \`1900-01-01T00:00:00\`, which Rivilė writes where there is no date, is \`null\`.
- Columns that are not in these tables come out as text, under their own name.
- Responses also have the column \`${ROW_NUMBER.name}\` (${ROW_NUMBER.label.toLowerCase()}, a number). It changes from page to page, so use the key to tell rows apart.
- Uncertain: the type or the meaning was inferred, because no documentation of it was seen or sources differ.
- Column lists other than those of I04 and I05 come from programs of 2017 and 2018, and from samples. Newer columns may be missing in them.

These pages are written from \`nodes/Rivile/protocol/catalogue\`. Make changes there.

## Registers

Rows are read by their key, so that each comes exactly once. Registers whose key is not unique, or that have none, are read page by page until two readings agree.

${registersTable()}

You can use the columns of a register's own table in conditions, and its key to sort. Lines come as a list, under the name of their table, with Detail: Header and Lines.
`;

export const registerPages: readonly Page[] = [
	whole('docs/rivile/README.md', index()),
	...GROUPS.map((group) =>
		whole(
			`docs/rivile/${group.file}`,
			`# ${group.title}\n\n[All registers](README.md), with what the columns of these tables mean.\n\n${sections(group)}`,
		),
	),
];
