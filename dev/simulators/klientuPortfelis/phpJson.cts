/**
 * PHP's `json_encode` with its default flags, which is what the service verifies signatures over.
 * Written from PHP's own rules and apart from the product's signer, so that one checks the other.
 */

export type PhpValue = string | number | boolean | null | readonly PhpValue[] | PhpObject;
export interface PhpObject {
	readonly [key: string]: PhpValue;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
	['"', '\\"'],
	['\\', '\\\\'],
	['/', '\\/'],
	['\b', '\\b'],
	['\f', '\\f'],
	['\n', '\\n'],
	['\r', '\\r'],
	['\t', '\\t'],
]);

function quote(text: string): string {
	let quoted = '"';
	for (let index = 0; index < text.length; index++) {
		// By UTF-16 unit: PHP writes what lies beyond the BMP as a surrogate pair too.
		const unit = text.charCodeAt(index);
		const character = text.charAt(index);
		const short = SHORT_ESCAPES.get(character);
		if (short !== undefined) quoted += short;
		else if (unit < 0x20 || unit > 0x7f) quoted += `\\u${unit.toString(16).padStart(4, '0')}`;
		else quoted += character;
	}
	return `${quoted}"`;
}

function isList(value: PhpValue): value is readonly PhpValue[] {
	return Array.isArray(value);
}

export function phpJson(value: PhpValue): string {
	if (typeof value === 'string') return quote(value);
	if (value === null || typeof value !== 'object') return String(value);
	if (isList(value)) return `[${value.map(phpJson).join(',')}]`;
	const members = Object.entries(value).map(([key, member]) => `${quote(key)}:${phpJson(member)}`);
	return `{${members.join(',')}}`;
}
