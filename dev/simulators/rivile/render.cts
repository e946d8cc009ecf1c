/** The gateway's documents: the same rows in XML and, collapsed the way XML converters do it, in JSON. */
import { columnNamed } from '../../../nodes/Rivile/protocol/catalogue';
import type { StoredRow } from './database.cts';

export interface JsonStyle {
	/** Whether the rows stand in RET_DOK as they do in XML. */
	readonly jsonRoot: boolean;
	/** Whether number columns are JSON numbers; those of the real gateway were seen as texts. */
	readonly jsonNumbers: boolean;
	/** What an answer without rows is. */
	readonly jsonNone: string;
	/** What an empty column is. */
	readonly jsonEmpty: '' | null;
	/** Whether the names of columns come in lower case, as those of debts were seen. */
	readonly lowerCase: boolean;
}

export const JSON_STYLE: JsonStyle = {
	jsonRoot: false,
	jsonNumbers: false,
	jsonNone: '{}',
	jsonEmpty: '',
	lowerCase: false,
};

const escapeXml = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('\r', '&#13;');

type Columns = StoredRow['columns'];

/** How the names of columns are written. */
type Case = Pick<JsonStyle, 'lowerCase'>;

const cased = (name: string, { lowerCase }: Case) => (lowerCase ? name.toLowerCase() : name);

/** The table that a line belongs to. */
const tableOf = (line: Columns) => line[0]?.[0].slice(0, 3) ?? '';

function xmlColumns(columns: Columns, style: Case): string {
	return columns
		.map(([name, text]) => [cased(name, style), escapeXml(text ?? '')] as const)
		.map(([name, text]) => `<${name}>${text}</${name}>\n`)
		.join('');
}

export function toXml(rows: readonly StoredRow[], style: Case = JSON_STYLE, tag = 'I04'): string {
	const declaration = "<?xml version='1.0' encoding='UTF-8' ?>\n";
	if (rows.length === 0) return `${declaration}<RET_DOK/>\n`;
	const body = rows.map(({ columns, lines }) => {
		const below = lines
			.map((line) => `<${tableOf(line)}>\n${xmlColumns(line, style)}</${tableOf(line)}>\n`)
			.join('');
		return `<${tag}>\n${xmlColumns(columns, style)}${below}</${tag}>\n`;
	});
	return `${declaration}<RET_DOK>\n${body.join('')}</RET_DOK>\n`;
}

function jsonColumn(name: string, text: string | null, style: JsonStyle): string {
	if (text === null || text === '') return JSON.stringify(style.jsonEmpty);
	if (style.jsonNumbers && columnNamed(name.slice(0, 3), name)?.type === 'N')
		return String(Number(text));
	return JSON.stringify(text);
}

const jsonColumns = (columns: Columns, style: JsonStyle) =>
	columns.map(
		([name, text]) => `${JSON.stringify(cased(name, style))}:${jsonColumn(name, text, style)}`,
	);

/** One is itself, several are a list. */
const collapsed = (parts: readonly string[]) =>
	parts.length === 1 ? String(parts[0]) : `[${parts.join(',')}]`;

export function toJson(rows: readonly StoredRow[], style: JsonStyle, tag = 'I04'): string {
	if (rows.length === 0) return style.jsonNone;
	const body = rows.map(({ columns, lines }) => {
		const below = [...new Set(lines.map(tableOf))].map((table) => {
			const own = lines.filter((line) => tableOf(line) === table);
			return `"${table}":${collapsed(own.map((line) => `{${jsonColumns(line, style).join(',')}}`))}`;
		});
		return `{${[...jsonColumns(columns, style), ...below].join(',')}}`;
	});
	const answer = `{"${tag}":${collapsed(body)}}`;
	return style.jsonRoot ? `{"RET_DOK":${answer}}` : answer;
}

export function refusalXml(message: string): string {
	return `<?xml version='1.0' encoding='UTF-8'?>\n<RET_DOK>\n<id>3451ded.be556121580910178112</id>\n<durationMs>25</durationMs>\n<errorMessage>${escapeXml(message)}</errorMessage>\n</RET_DOK>\n`;
}

export const refusalJson = (message: string): string => JSON.stringify({ errorMessage: message });
