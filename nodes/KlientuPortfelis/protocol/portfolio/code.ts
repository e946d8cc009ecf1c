/**
 * Which codes mean the same object. People write codes with spaces and dashes, and the VAT number of
 * a company is its registration number with LV in front.
 */
import { TimeSlice } from '../../../shared/timeSlice';

/** Spaces, dashes (with the minus sign) and invisible characters that copied text brings along. */
const SEPARATORS = /[\s\p{Dash}\p{Cf}]/gu;

/** The LV of a VAT number. */
const COUNTRY = /^LV(?=\d)/i;

/**
 * A code as codes are compared: without spaces, dashes and the LV in front. A text with letters is a
 * keyword, whose spaces and dashes have a meaning, so only its ends are trimmed.
 *
 * @returns an empty text when there is no code, or it is a number that has lost digits
 */
export function codeKey(code: unknown): string {
	if (typeof code === 'number') return Number.isSafeInteger(code) ? String(code) : '';
	if (typeof code !== 'string') return '';
	const compact = code.replace(SEPARATORS, '').replace(COUNTRY, '');
	return (/\p{L}/u.test(compact) ? code.trim() : compact).normalize();
}

/** What an object is found by; both are as the service gives them. */
interface Coded {
	readonly code?: unknown;
	/** The nine-digit number of a company or authority; of anything else its code. */
	readonly virtual_id?: unknown;
}

/**
 * Objects by their codes. A registration number with 9 digits means the company with 11 to which
 * the service itself gives that number, as the specification has no rule for turning one into the
 * other.
 */
export class CodeIndex<Item extends Coded> {
	private readonly byCode = new Map<string, Item[]>();
	private readonly byNumber = new Map<string, Item[]>();

	constructor(objects: Iterable<Item> = []) {
		for (const object of objects) this.add(object);
	}

	/** The index of a long list, made in time slices. */
	static async of<Item extends Coded>(
		objects: readonly Item[],
		slice = new TimeSlice(),
	): Promise<CodeIndex<Item>> {
		const index = new CodeIndex<Item>();
		await slice.map(objects, (object) => index.add(object));
		return index;
	}

	add(object: Item): void {
		put(this.byCode, codeKey(object.code), object);
		put(this.byNumber, codeKey(object.virtual_id), object);
	}

	/** The objects that a code means: those that have it, else those that have it as their number. */
	find(code: unknown): readonly Item[] {
		const key = codeKey(code);
		return this.byCode.get(key) ?? this.byNumber.get(key) ?? [];
	}
}

function put<Item>(index: Map<string, Item[]>, key: string, item: Item): void {
	if (key === '') return;
	const items = index.get(key);
	if (items === undefined) index.set(key, [item]);
	else items.push(item);
}

/**
 * Reads codes that no object has yet: a number with 9 digits means the registration number among the
 * others that it is a part of, if there is just one. The specification does not say which part, so
 * both are tried: Latvia's unified numbers have a digit before and one behind the old number.
 *
 * @param codes all codes that belong together
 * @returns gives the key of a code
 */
export async function fullKeys(
	codes: readonly unknown[],
	slice = new TimeSlice(),
): Promise<(code: unknown) => string> {
	/** Registration numbers by their parts; undefined for a part of several. */
	const full = new Map<string, string | undefined>();
	await slice.map(codes, (code) => {
		const key = codeKey(code);
		if (!/^\d{11}$/.test(key)) return;
		for (const part of [key.slice(1, 10), key.slice(2)]) {
			full.set(part, !full.has(part) || full.get(part) === key ? key : undefined);
		}
	});
	return (code) => {
		const key = codeKey(code);
		return full.get(key) ?? key;
	};
}
