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
}

export const JSON_STYLE: JsonStyle = {
	jsonRoot: false,
	jsonNumbers: false,
	jsonNone: '{}',
	jsonEmpty: '',
};

const escapeXml = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('\r', '&#13;');

type Columns = StoredRow['columns'];

const xmlColumns = (columns: Columns) =>
	columns.map(([name, text]) => `<${name}>${escapeXml(text ?? '')}</${name}>\n`).join('');

export function toXml(rows: readonly StoredRow[]): string {
	const declaration = "<?xml version='1.0' encoding='UTF-8' ?>\n";
	if (rows.length === 0) return `${declaration}<RET_DOK/>\n`;
	const body = rows.map(({ columns, lines }) => {
		const below = lines.map((line) => `<I05>\n${xmlColumns(line)}</I05>\n`).join('');
		return `<I04>\n${xmlColumns(columns)}${below}</I04>\n`;
	});
	return `${declaration}<RET_DOK>\n${body.join('')}</RET_DOK>\n`;
}

function jsonColumn(name: string, text: string | null, style: JsonStyle): string {
	if (text === null || text === '') return JSON.stringify(style.jsonEmpty);
	if (style.jsonNumbers && columnNamed('I04', name)?.type === 'N') return String(Number(text));
	return JSON.stringify(text);
}

const jsonColumns = (columns: Columns, style: JsonStyle) =>
	columns.map(([name, text]) => `${JSON.stringify(name)}:${jsonColumn(name, text, style)}`);

/** One is itself, several are a list. */
const collapsed = (parts: readonly string[]) =>
	parts.length === 1 ? String(parts[0]) : `[${parts.join(',')}]`;

export function toJson(rows: readonly StoredRow[], style: JsonStyle): string {
	if (rows.length === 0) return style.jsonNone;
	const body = rows.map(({ columns, lines }) => {
		const below = lines.map((line) => `{${jsonColumns(line, style).join(',')}}`);
		const I05 = below.length === 0 ? [] : [`"I05":${collapsed(below)}`];
		return `{${[...jsonColumns(columns, style), ...I05].join(',')}}`;
	});
	const answer = `{"I04":${collapsed(body)}}`;
	return style.jsonRoot ? `{"RET_DOK":${answer}}` : answer;
}

export function refusalXml(message: string): string {
	return `<?xml version='1.0' encoding='UTF-8'?>\n<RET_DOK>\n<id>3451ded.be556121580910178112</id>\n<durationMs>25</durationMs>\n<errorMessage>${escapeXml(message)}</errorMessage>\n</RET_DOK>\n`;
}

export const refusalJson = (message: string): string => JSON.stringify({ errorMessage: message });
