/**
 * Text from outside has marks around it until it becomes part of a fault, so that secrets are masked in
 * it but not in our own text. The marks are two of Unicode's noncharacters, which are reserved for use
 * inside a program. They are part of the text, so nobody can forget them when building a message.
 */
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';

const MARKS = /[\uFDD0\uFDD1]/g;
const QUOTES = /\uFDD0([^\uFDD1]*)\uFDD1/g;

/** Marks a text as coming from outside; an empty text stays empty. */
export function quote(text: string): string {
	const clean = unmarked(text);
	return clean === '' ? '' : `${OPEN}${clean}${CLOSE}`;
}

/** A text without marks, as people see it. */
export function unmarked(text: string): string {
	return text.replace(MARKS, '');
}

/** Changes the quotes in a text; the rest stays as it is. */
export function changeQuotes(text: string, change: (quoted: string) => string): string {
	return text.replace(QUOTES, (_, quoted: string) => quote(change(quoted)));
}

/** How much of an unexpected text is worth showing, in characters. */
const EXCERPT = 200;

/** The start of a text from outside on one line, as a quote; an ellipsis shows that it was cut. */
export function excerpt(text: string, length = EXCERPT): string {
	const whole = text.trim();
	const start = whole.slice(0, length * 4);
	const line = start.replace(/\s+/g, ' ').trim();
	const isWhole = line.length <= length && start.length === whole.length;
	return quote(isWhole ? line : `${line.slice(0, length)}…`);
}
