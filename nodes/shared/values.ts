import { Fault } from './fault';
import { quote } from './quote';
import { forbiddenCharacter } from './xml';

/** The highest whole number that the services' own types (xsd:int) hold. */
const MAX_WHOLE_NUMBER = 2147483647;

/** A value as text. An expression may return an object that cannot be converted to text. */
export function toText(value: unknown): string {
	try {
		return String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/** A value as messages show it: shortened, and marked as a quote. */
export function shown(value: unknown): string {
	const text =
		typeof value === 'object' && value !== null ? (JSON.stringify(value) ?? '') : String(value);
	return quote(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/**
 * A whole number from a field or an expression.
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
			`Enter a number up to ${MAX_WHOLE_NUMBER}. For an ID, use the one in the field id of the service, not a registration number or code.`,
		);
	}
	if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
	throw new Fault(
		'input',
		`'${label}' is not a whole number`,
		`Enter digits only. The value is: ${shown(value)}`,
	);
}

/**
 * Makes sure that a number that becomes text is exact: JavaScript rounds numbers above 2^53, so the
 * text could identify something else.
 *
 * @param label the field as messages name it, in its quotes if it has any
 * @throws Fault (input) that names the field
 */
export function checkExact(label: string, value: unknown): void {
	if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return;
	throw new Fault(
		'input',
		`${label} is a number with too many digits: ${shown(value)}`,
		'Enter it as text, and make sure that it is already text where it comes from. Numbers lose digits after the 16th.',
	);
}

/**
 * The same for a code or identifier, which cannot have decimals either.
 *
 * @throws Fault (input) that names the field
 */
export function checkCode(label: string, value: unknown): void {
	checkExact(label, value);
	if (typeof value !== 'number' || Number.isInteger(value)) return;
	throw new Fault(
		'input',
		`${label} is a number with decimals: ${shown(value)}`,
		'Enter the code as text, digit by digit.',
	);
}

/**
 * Makes sure that a text holds only characters that XML allows.
 *
 * @param label the field as messages name it, in its quotes if it has any
 * @throws Fault (input) that names the field
 */
export function checkCharacters(label: string, text: string): void {
	const forbidden = forbiddenCharacter(text);
	if (forbidden === undefined) return;
	throw new Fault(
		'input',
		`${label} contains a character that cannot be sent (${forbidden.code} at position ${forbidden.position})`,
		'Remove the character, or type the text again. It is an invisible control character or half of a symbol, often left over from copying from another program.',
	);
}

/**
 * The value of a switch, from the screen or an expression.
 *
 * @throws Fault (input) that names the field
 */
export function toSwitch(label: string, value: unknown): boolean {
	const text = toText(value).toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new Fault(
		'input',
		`'${label}' must be true or false`,
		`Turn it on or off, or use an expression that returns true or false. The value is: ${shown(value)}`,
	);
}

/** The list in a JSON text, which is how AI tools write lists; undefined if it is not one. */
export function listIn(text: string): unknown[] | undefined {
	if (!text.trim().startsWith('[')) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
