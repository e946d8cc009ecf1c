import { Fault } from '../../../shared/fault';
import { shown, toText } from '../../../shared/values';
import { collection, type OperationContext } from '../../operation';
import { N08 } from '../../protocol/catalogue';
import type { Row } from '../../protocol/answer/rows';
import {
	anyCondition,
	conditionFor,
	datesCondition,
	type Given,
} from '../../protocol/payments/condition';
import { folded, type Search } from '../../protocol/payments/score';
import { and, or } from '../../protocol/sql/conditions';
import { buildSimple } from '../../protocol/sql/filter';
import { decimalIn } from '../../protocol/sql/writtenValues';
import { companyCodeForms, vatCodeForms } from '../client/codes';
import { CLIENT, clientsWith, codesOf } from '../client/lookup';
import { hintOnce } from '../rows/hints';
import { formOf } from '../rows/options';

/** How many clients may be meant. More would not fit into one condition. */
const MOST_CLIENTS = 100;

/** The fields that were filled in. */
interface Filled extends Given {
	readonly amount?: unknown;
	readonly tolerance?: unknown;
	readonly companyCode?: unknown;
	readonly vatCode?: unknown;
}

/** Besides Tolerance, which is nothing to look for. */
const FIELDS = [
	...['clientCode', 'clientName', 'companyCode', 'vatCode', 'amount'],
	...['dateFrom', 'dateTo', 'reference'],
];

const DATES = new Set(['dateFrom', 'dateTo']);

/** What is looked for, and the condition that finds every operation that may match. */
export interface Plan {
	readonly search: Search;
	/** Undefined when nothing can match. */
	readonly filter: string | undefined;
	/** Whether the date is all that was asked for, so that every operation matches alike. */
	readonly isDateOnly: boolean;
}

/**
 * Reads the fields of the search, and looks up the clients that they name.
 *
 * @throws Fault (input) when no field is filled in, or one cannot be read
 */
export async function planSearch(context: OperationContext): Promise<Plan> {
	const given = filledIn(collection(context, 'search'));
	const { timezone } = context.connection;
	const amount = amountIn(given);
	const dates = datesCondition(given, timezone);
	// A field that cannot be read is refused before the clients are looked up.
	anyCondition(given, [], amount, timezone);
	const found = await clientsIn(context, given);
	const any = anyCondition(given, found.codes, amount, timezone);
	const isDateOnly = FIELDS.every((name) => DATES.has(name) || !(name in given));
	return {
		search: {
			...(given.clientCode !== undefined && { clientCode: toText(given.clientCode) }),
			...(given.clientName !== undefined && { clientName: toText(given.clientName) }),
			...(given.reference !== undefined && { reference: toText(given.reference) }),
			...(amount !== undefined && { amount }),
			clients: found.sets,
			date: dates !== undefined,
		},
		filter: isDateOnly ? dates : any && and(dates, any),
		isDateOnly,
	};
}

function filledIn(search: Readonly<Record<string, unknown>>): Filled {
	const isFilled = (name: string) => toText(search[name] ?? '').trim() !== '';
	if (FIELDS.some(isFilled)) {
		const names = [...FIELDS, 'tolerance'].filter(isFilled);
		return Object.fromEntries(names.map((name) => [name, search[name]]));
	}
	throw new Fault(
		'input',
		"'Search' is empty",
		'Add at least one field to the search, and fill it in. If expressions fill the fields, check their results for this item.',
	);
}

function amountIn({ amount, tolerance = 0 }: Filled): Search['amount'] {
	if (amount === undefined) return undefined;
	return {
		value: numberIn('Amount', amount),
		tolerance: Math.abs(numberIn('Tolerance', tolerance)),
	};
}

function numberIn(label: string, value: unknown): number {
	const number = typeof value === 'number' ? value : Number(decimalIn(toText(value)) ?? Number.NaN);
	// Two decimals, as amounts have.
	if (Math.abs(number) < 1e13) return Math.round(number * 100) / 100;
	throw new Fault(
		'input',
		`'${label}' is not an amount: ${shown(value)}`,
		'Enter only digits, with a point before the decimals, for example 1250.50.',
	);
}

/** The clients that the search names: all their codes, and those of each field. */
interface Clients {
	readonly codes: readonly string[];
	readonly sets: Search['clients'];
}

async function clientsIn(context: OperationContext, given: Filled): Promise<Clients> {
	const { clientName, companyCode, vatCode } = given;
	const companies = companyCode === undefined ? undefined : companyCodeForms(companyCode);
	const vats = vatCode === undefined ? undefined : vatCodeForms(vatCode);
	const { connection } = context;
	const conditions = [
		...conditionFor('Client Name', CLIENT.name, 'contains', clientName),
		...conditionFor('Company Code', CLIENT.companyCode, 'in', companies),
		...conditionFor('VAT Code', CLIENT.vatCode, 'in', vats),
	].map((condition) => buildSimple(N08, [condition], connection.timezone) ?? '');
	const filter = or(conditions);
	if (filter === undefined) return { codes: [], sets: {} };
	const rows = await clientsWith(connection, formOf(context, 'H'), filter, MOST_CLIENTS);
	if (rows.length === MOST_CLIENTS) {
		hintOnce(
			context,
			'clients',
			`The search names ${MOST_CLIENTS} clients or more. Of the others, only operations with that name in them were found.`,
		);
	}
	const name = clientName === undefined ? undefined : folded(toText(clientName));
	return {
		codes: codesOf(rows),
		sets: {
			...(name !== undefined && {
				clientName: codesWhere(rows, CLIENT.name, (text) => text.includes(name)),
			}),
			...(companies && { companyCode: codesWhere(rows, CLIENT.companyCode, isOneOf(companies)) }),
			...(vats && { vatCode: codesWhere(rows, CLIENT.vatCode, isOneOf(vats)) }),
		},
	};
}

function isOneOf(forms: readonly unknown[]): (text: string) => boolean {
	const wanted = new Set(forms.map((form) => folded(toText(form))));
	return (text) => wanted.has(text);
}

function codesWhere(
	rows: readonly Row[],
	column: string,
	isMeant: (text: string) => boolean,
): ReadonlySet<string> {
	const meant = rows.filter((row) => isMeant(folded(toText(row[column] ?? ''))));
	return new Set(codesOf(meant).map(folded));
}
