import type { AnswerType } from '../catalogue/structures';

/** No number or boolean is longer. Without a limit, a regular expression would read millions of digits. */
const LONGEST_SCALAR = 1000;

/** A value by its type. A number or boolean that cannot be parsed stays text, so that nothing is lost. */
export function scalar(
	text: string,
	type: AnswerType | undefined,
): string | number | boolean | null {
	if (type !== 'int' && type !== 'boolean') return text;
	if (text.length > LONGEST_SCALAR) return text;
	const trimmed = text.trim().toLowerCase();
	if (trimmed === '') return null;
	if (type === 'int') {
		const number = Number(trimmed);
		if (!/^-?\d+$/.test(trimmed) || !Number.isSafeInteger(number)) return text;
		return number === 0 ? 0 : number;
	}
	if (trimmed === 'true' || trimmed === '1') return true;
	return trimmed === 'false' || trimmed === '0' ? false : text;
}
