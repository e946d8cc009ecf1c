import { Fault } from './fault';
import { quote } from './quote';
import { forbiddenCharacter } from './xml';

/** The highest whole number that the services' own types (xsd:int) hold. */
const MAX_WHOLE_NUMBER = 2147483647;

/** A value as text. An expression may give an object that cannot be written as one. */
export function toText(value: unknown): string {
	try {
		return String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/** A value as messages quote it, shortened, and marked as a quote. */
export function shown(value: unknown): string {
	const text =
		typeof value === 'object' && value !== null ? (JSON.stringify(value) ?? '') : String(value);
	return quote(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/**
 * A whole number as fields and expressions give it.
 *
 * @throws Fault (input) that names the field
 */
export function toWholeNumber(label: string, value: unknown): number {
	const text = typeof value === 'string' ? value.trim() : value;
	const number = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : text;
	if (typeof number === 'number' && Number.isInteger(number) && number > MAX_WHOLE_NUMBER) {
		throw new Fault(
			'input',
			`'${label}' is too large: ${shown(value)}`,
			`The service's numbers go up to ${MAX_WHOLE_NUMBER}. An ID is the one that the service gives in the field id, not a registration number or code.`,
		);
	}
	if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
	throw new Fault(
		'input',
		`'${label}' is not a whole number`,
		`Give the number in digits only. It is: ${shown(value)}`,
	);
}

/**
 * Makes sure that a number which becomes a text is the number that was meant: beyond 2^53 JavaScript
 * rounds, and would name something else.
 *
 * @param label the field as messages name it, in its quotes if it has any
 * @throws Fault (input) that names the field
 */
export function checkExact(label: string, value: unknown): void {
	if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return;
	throw new Fault(
		'input',
		`${label} is a number too long to be exact: ${shown(value)}`,
		'Numbers lose digits beyond the 16th. Give it as text, and see that it is text where it comes from.',
	);
}

/**
 * The same for a code or identifier, which is no fraction either.
 *
 * @throws Fault (input) that names the field
 */
export function checkCode(label: string, value: unknown): void {
	checkExact(label, value);
	if (typeof value !== 'number' || Number.isInteger(value)) return;
	throw new Fault(
		'input',
		`${label} is a number with a fraction: ${shown(value)}`,
		'Give the code as text, digit by digit.',
	);
}

/**
 * Makes sure that a text holds only characters that XML can carry.
 *
 * @param label the field as messages name it, in its quotes if it has any
 * @throws Fault (input) that names the field
 */
export function checkCharacters(label: string, text: string): void {
	const forbidden = forbiddenCharacter(text);
	if (forbidden === undefined) return;
	throw new Fault(
		'input',
		`${label} contains a character that cannot be sent (${forbidden.code} at position ${forbidden.place})`,
		'Remove the character, or type the text again. It is an invisible control character or half of a symbol, often left over from copying from another program.',
	);
}

/**
 * A switch as fields and expressions give it.
 *
 * @throws Fault (input) that names the field
 */
export function toSwitch(label: string, value: unknown): boolean {
	const text = toText(value).toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new Fault(
		'input',
		`'${label}' is neither true nor false`,
		`Switch it on or off, or give true or false by an expression. It is: ${shown(value)}`,
	);
}

/** The list that a text holds in JSON, as AI tools write lists; undefined when it holds none. */
export function listIn(text: string): unknown[] | undefined {
	if (!text.trim().startsWith('[')) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
