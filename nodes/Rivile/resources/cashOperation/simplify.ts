import type { Row, Value } from '../../protocol/answer/rows';

/** The name of an operation's lines. */
const LINES = 'I05';

/** What is useful most often, the most useful first. */
const SIMPLE = [
	'I04_KODAS_CH',
	'I04_OP_DATA',
	'I04_OP_RUSIS',
	'I04_DOK_NR',
	'I04_KODAS_KS',
	'I04_PAV',
	'I04_SUMA',
	'I04_KODAS_VL',
	'I04_APRASYMAS',
	LINES,
];

const SIMPLE_LINE = [
	'I05_EIL_NR',
	'I05_DOK_NR',
	'I05_DATA_DOK',
	'I05_SUMA',
	'I05_KODAS_VL',
	'I05_SUMA_VAL',
	'I05_KODAS_SS',
	'I05_KODAS_IS',
	'I05_KODAS_OS',
	'I05_APR',
];

/** A row with its most useful columns, ten of them at most, and so its lines. */
export function simplified(row: Row): Row {
	const simple = pick(row, SIMPLE);
	const lines = row[LINES];
	if (Array.isArray(lines)) simple[LINES] = lines.map(simpleLine);
	return simple;
}

function simpleLine(line: Value): Value {
	const isRecord = typeof line === 'object' && line !== null && !Array.isArray(line);
	return isRecord ? pick(line, SIMPLE_LINE) : line;
}

function pick(from: Row, names: readonly string[]): Row {
	const picked: Row = {};
	for (const name of names) {
		const value = Object.hasOwn(from, name) ? from[name] : undefined;
		if (value !== undefined) picked[name] = value;
	}
	return picked;
}
