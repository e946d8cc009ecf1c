/**
 * What update_object writes of an object, by its parameters, and the field of a response that holds
 * it: an address of one's own stands beside the register's.
 */
const FIELDS = {
	address: 'user_address',
	phone: 'phone',
	fax: 'fax',
	email: 'email',
	www: 'www',
	contact_person: 'contact_person',
	client_id: 'client_id',
} as const;

/** An object as responses give it, whichever fields they have. */
type Fields = Readonly<Partial<Record<(typeof FIELDS)[Detail], unknown>>>;

export type Detail = keyof typeof FIELDS;

/** Details by the parameters of update_object, as the fields of a node hold them. */
export type Details = Readonly<Partial<Record<Detail, unknown>>>;

const ALL = Object.keys(FIELDS) as Detail[];

/** The details that get_objects gives. Only get_object gives the others. */
const IN_LISTS: readonly Detail[] = ['client_id'];

/** Whether get_object has to be read to compare these details. */
export function needsObject(details: Details): boolean {
	return ALL.some((name) => isGiven(details[name]) && !IN_LISTS.includes(name));
}

/**
 * The details that differ from those of an object. The service keeps what update_object does not
 * send, so that these alone have to be written.
 *
 * @param object as get_object, or add_object, gives it
 */
export function changesTo(object: Fields, wanted: Details): Details {
	return differing(ALL, object, wanted);
}

/** The same for an object of get_objects, which lacks most details: those are left as they are. */
export function changesToListed(object: Fields, wanted: Details): Details {
	return differing(IN_LISTS, object, wanted);
}

export function isEmpty(changes: Details): boolean {
	return Object.keys(changes).length === 0;
}

function differing(names: readonly Detail[], object: Fields, wanted: Details): Details {
	const changes = names
		.filter((name) => isGiven(wanted[name]))
		.filter((name) => textOf(wanted[name]) !== textOf(object[FIELDS[name]]))
		.map((name) => [name, wanted[name]]);
	return Object.fromEntries(changes) as Details;
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null;
}

/** An empty detail is the same as none. Whitespace at the ends is no reason to write again. */
function textOf(value: unknown): unknown {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? value : String(value).trim();
}
