import { excerpt, Fault } from '../../../shared/fault';
import { checkCharacters } from '../../../shared/values';

/** Which character closes a quote. Written twice inside the quote, it is an ordinary character. */
const QUOTES: Readonly<Record<string, { close: string; name: string }>> = {
	"'": { close: "'", name: "single quote (')" },
	'"': { close: '"', name: 'double quote (")' },
	'[': { close: ']', name: 'square bracket ([)' },
};

function fault(message: string, description: string): Fault {
	return new Fault('input', message, description);
}

/**
 * Encloses a condition that the user wrote, so that nothing in it affects the rest of the statement:
 * comments are removed, quotes and parentheses must match, and the condition is put in parentheses.
 * Everything else is left to the database.
 *
 * @param given the field SQL Condition
 * @throws Fault (input) when it is empty, leaves something open, or ends the statement
 */
export function encloseCondition(given: unknown): string {
	const sql = typeof given === 'string' ? given.trim() : '';
	if (sql === '') throw empty();
	checkCharacters("'SQL Condition'", sql);
	const condition = withoutComments(sql).trim();
	if (condition === '') throw empty();
	if (/^where\b/i.test(condition)) {
		throw fault(
			"'SQL Condition' begins with WHERE",
			'Remove the word WHERE, and keep what comes after it.',
		);
	}
	return `(${condition})`;
}

function empty(): Fault {
	return fault(
		"'SQL Condition' is empty",
		"Fill in the field, for example I04_SUMA > 100, or set 'Filter' to None to get all rows. If an expression fills it, check the expression's result for this item.",
	);
}

/** Reads T-SQL token by token as far as quotes, comments and parentheses go. */
function withoutComments(sql: string): string {
	let kept = '';
	let depth = 0;
	for (let at = 0; at < sql.length; ) {
		const comment = commentEnd(sql, at);
		// A space instead of the comment keeps the words before and after it apart.
		kept += comment === undefined ? '' : ' ';
		const end = comment ?? quotedEnd(sql, at) ?? at + 1;
		if (comment === undefined) {
			const token = sql.slice(at, end);
			if (token === ';') throw statementEnd();
			depth += token === '(' ? 1 : token === ')' ? -1 : 0;
			if (depth < 0) throw unbalanced(sql, at, 'closes a parenthesis that was not opened');
			kept += token;
		}
		at = end;
	}
	if (depth > 0) throw unbalanced(sql, sql.length, 'leaves a parenthesis open');
	return kept;
}

/** Where the comment that begins here ends; undefined when no comment begins here. */
function commentEnd(sql: string, start: number): number | undefined {
	if (sql.startsWith('--', start)) {
		const length = sql.slice(start).search(/[\r\n]/);
		return length === -1 ? sql.length : start + length;
	}
	if (!sql.startsWith('/*', start)) return undefined;
	const marks = /\/\*|\*\//g;
	marks.lastIndex = start;
	// T-SQL's comments nest.
	let depth = 0;
	for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
		depth += mark[0] === '/*' ? 1 : -1;
		if (depth === 0) return marks.lastIndex;
	}
	throw unbalanced(sql, start, 'leaves a comment (/*) open');
}

/** Where the quoted text or name that begins here ends; undefined when none begins here. */
function quotedEnd(sql: string, start: number): number | undefined {
	const opening = sql.charAt(start);
	if (!Object.hasOwn(QUOTES, opening)) return undefined;
	const { close = '', name = '' } = QUOTES[opening] ?? {};
	for (let at = sql.indexOf(close, start + 1); at !== -1; at = sql.indexOf(close, at + 2)) {
		if (sql.charAt(at + 1) !== close) return at + 1;
	}
	throw unbalanced(sql, start, `leaves a ${name} open`);
}

function unbalanced(sql: string, at: number, what: string): Fault {
	const around = excerpt(sql.slice(Math.max(0, at - 20), at + 20), 40);
	return fault(
		`'SQL Condition' ${what}`,
		`Look near: ${around}. Write a single quote inside a text twice. For values from other nodes, set 'Filter' to By Fields, which writes them safely.`,
	);
}

function statementEnd(): Fault {
	return fault(
		"'SQL Condition' contains a semicolon outside quotes",
		'Enter one condition only: the part after WHERE.',
	);
}
