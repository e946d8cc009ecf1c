/**
 * The part of the catalogue that says which values a parameter takes, with the names that people know
 * them by. The option lists on the screen and the checks read it.
 */

/** LIST_TYPES in words: what a list holds. */
export const LIST_TYPE_LABELS = {
	PERSONS: 'Companies and People',
	PLEDGES: 'Commercial Pledges',
	ADDRESS: 'Addresses',
	KEYWORDS: 'Keywords',
	ESTONIAS: 'Estonian Companies',
	CADASTERS: 'Real Properties',
} as const;

export const LIST_TYPES = keysOf(LIST_TYPE_LABELS);

export const LIST_FORM_LABELS = {
	SIMPLE: 'Simple',
	OUTERID: 'With External Identifiers',
} as const;

export const LIST_FORMS = keysOf(LIST_FORM_LABELS);

/** How often a list is checked for changes. */
export const PERIOD_LABELS = {
	O: 'Every Hour',
	D: 'Every Day',
	W: 'Every Week',
	M: 'Every Month',
} as const;

export const PERIODS = keysOf(PERIOD_LABELS);

/** What the code of an object of one type is (add_object, parameter `code`). */
export interface CodeRule {
	/** The type in words. */
	readonly label: string;
	readonly pattern: RegExp;
	/** What the code is, with its article. */
	readonly description: string;
}

/** What can be in a list, and what its code is. */
export const OBJECT_CODES = {
	COMPANY: {
		label: 'Company',
		pattern: /^\d{11}$/,
		description: 'a registration number of 11 digits',
	},
	PERSON: {
		label: 'Person',
		pattern: /^\d{6}-?\d{5}$/,
		description: 'a personal code of 11 digits, with or without the dash',
	},
	ADDRESS: {
		label: 'Address',
		pattern: /./su,
		description: 'an identifier from the address register',
	},
	PLEDGE: {
		label: 'Commercial Pledge',
		pattern: /^.{1,20}$/su,
		description: 'the number of the pledge deed, up to 20 characters',
	},
	AUTHORITY: {
		label: 'Public Person or Authority',
		pattern: /^\d{11}$/,
		description: 'a registration number of 11 digits',
	},
	KEYWORD: {
		label: 'Keyword',
		pattern: /^.{1,255}$/su,
		description: 'a word or phrase of up to 255 characters',
	},
	EST_COMPANY: {
		label: 'Estonian Company',
		pattern: /^\d{8}$/,
		description: 'a registration number of 8 digits',
	},
	CAD_CADASTER: {
		label: 'Real Property',
		pattern: /^\d{11}$/,
		description: 'a cadastral number of 11 digits',
	},
	CAD_BUILD: {
		label: 'Building',
		pattern: /^\d{14}$/,
		description: 'a cadastral designation of 14 digits',
	},
	CAD_PARCEL: {
		label: 'Land Unit',
		pattern: /^\d{11}$/,
		description: 'a cadastral designation of 11 digits',
	},
	CAD_PARCEL_PART: {
		label: 'Part of a Land Unit',
		pattern: /^\d{15}$/,
		description: 'a cadastral designation of 15 digits',
	},
	CAD_PREMISE_GROUP: {
		label: 'Premises',
		pattern: /^\d{17}$/,
		description: 'a cadastral designation of 17 digits',
	},
} as const satisfies Readonly<Record<string, CodeRule>>;

export type ObjectType = keyof typeof OBJECT_CODES;

export const OBJECT_TYPES = keysOf(OBJECT_CODES);

/** OBJECT_TYPES in words. */
export const OBJECT_TYPE_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
	OBJECT_TYPES.map((type) => [type, OBJECT_CODES[type].label]),
);

export function isObjectType(type: unknown): type is ObjectType {
	return typeof type === 'string' && Object.hasOwn(OBJECT_CODES, type);
}

/** The keys of a table, in its order. */
function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
	return Object.keys(table) as Key[];
}
