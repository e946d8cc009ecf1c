/** Companies as lists hold them and as items ask for them, without a service. */
import type { ListedObject } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/plan';

/** A registration number whose nine-digit form is its end. */
export const codeOf = (number: number): string => `40${String(100_000_000 + number)}`;

/** The object of a company in a list; its ID is its number. */
export const company = (number: number, more: Partial<ListedObject> = {}): ListedObject => ({
	id: number,
	code: codeOf(number),
	virtual_id: codeOf(number).slice(2),
	name: `SIA ${number}`,
	client_id: null,
	...more,
});

export const companies = (count: number): ListedObject[] =>
	Array.from({ length: count }, (_, index) => company(index + 1));
