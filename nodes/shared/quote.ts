/**
 * Text from outside keeps marks around it until it is part of a fault, so that secrets are masked in
 * it and not in our own words. The marks are two of Unicode's noncharacters, which are reserved for
 * use inside of a program. They are in the text itself, so that whoever puts a quote into a message
 * cannot forget to say that it is one.
 */
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';

const MARKS = /[\uFDD0\uFDD1]/g;
const QUOTES = /\uFDD0([^\uFDD1]*)\uFDD1/g;

/** Marks a text as one from outside; an empty text stays empty. */
export function quote(text: string): string {
	const clean = unmarked(text);
	return clean === '' ? '' : `${OPEN}${clean}${CLOSE}`;
}

/** A text as people see it. */
export function unmarked(text: string): string {
	return text.replace(MARKS, '');
}

/** The text with its quotes changed, and the rest as it is. */
export function changeQuotes(text: string, change: (quoted: string) => string): string {
	return text.replace(QUOTES, (_, quoted: string) => quote(change(quoted)));
}

/** The longest text that is worth showing of something unexpected. */
const EXCERPT = 200;

/** The start of a text from outside on one line, as a quote; an ellipsis says that there was more. */
export function excerpt(text: string, length = EXCERPT): string {
	const whole = text.trim();
	const start = whole.slice(0, length * 4);
	const line = start.replace(/\s+/g, ' ').trim();
	const isWhole = line.length <= length && start.length === whole.length;
	return quote(isWhole ? line : `${line.slice(0, length)}…`);
}
