/** Codes of companies as people and registers write them, in the forms in which Rivilė may hold them. */

const compact = (text: string) => text.replace(/[\s-]+/g, '').toUpperCase();

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

/** A company code as it was given, and without spaces and dashes. */
export function companyCodeForms(value: unknown): unknown[] {
	const text = textOf(value);
	return text === undefined ? [value] : distinct([text, compact(text)]);
}

/** A VAT code the same way, and with and without the country in front of it. */
export function vatCodeForms(value: unknown): unknown[] {
	const text = textOf(value);
	if (text === undefined) return [value];
	const code = compact(text);
	const digits = code.replace(/^[A-Z]{2}(?=\d)/, '');
	return distinct([text, code, digits, ...(/^\d+$/.test(code) ? [`LT${code}`] : [])]);
}

const distinct = (forms: readonly string[]) => [...new Set(forms)].filter((form) => form !== '');
