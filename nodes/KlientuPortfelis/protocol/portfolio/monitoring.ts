import { Fault } from '../../../shared/fault';
import { isRecord } from '../../../shared/guards';
import { toText } from '../../../shared/values';
import type { DecodedFields } from '../answer/decoder';
import { call, type Connection } from '../call';
import type { Arguments } from '../request/sign';

/** The service's code for a list without monitoring. */
const NO_MONITORING = '2018';

/**
 * The monitoring of a list.
 *
 * @returns undefined when the list has none
 * @throws Fault in words for the user
 */
export async function findMonitoring(
	connection: Connection,
	listId: unknown,
): Promise<DecodedFields | undefined> {
	try {
		const { monitoring } = await call(connection, 'get_list_monitoring', { list_id: listId });
		return isRecord(monitoring) ? (monitoring as DecodedFields) : undefined;
	} catch (error) {
		return noneIfMissing(error);
	}
}

/** @throws what it is given, unless that says that there is no monitoring */
function noneIfMissing(error: unknown): undefined {
	if (error instanceof Fault && error.details.code === NO_MONITORING) return undefined;
	throw error;
}

/**
 * Whether a monitoring has exactly these settings. The order of services and addresses does not
 * matter, nor do capital letters in addresses. An end date that is not asked for means none.
 *
 * @param wanted the parameters of update_list_monitoring
 */
export function hasSettings(monitoring: DecodedFields, wanted: Arguments): boolean {
	const { email, empty_email, period, start_date, end_date, services } = monitoring;
	return (
		isSameSet(addressesIn(email), addressesIn(wanted.email)) &&
		isSameSet(typesIn(services), typesIn(wanted.services)) &&
		(empty_email ?? false) === wanted.empty_mail &&
		period === wanted.period &&
		dateIn(start_date) === dateIn(wanted.start_date) &&
		dateIn(end_date) === dateIn(wanted.end_date)
	);
}

/** The service gives the addresses in one text and takes them as a list. */
function addressesIn(value: unknown): string[] {
	const texts: readonly unknown[] = Array.isArray(value)
		? value
		: toText(value ?? '').split(/[,;\s]+/);
	return texts.map((text) => toText(text).trim().toLowerCase()).filter((text) => text !== '');
}

/** The service gives services with their names and takes their types. */
function typesIn(value: unknown): string[] {
	const services: readonly unknown[] = Array.isArray(value) ? value : [];
	return services.map((service) => toText(isRecord(service) ? service.type : service));
}

/** A date without the time that may follow it. */
function dateIn(value: unknown): string {
	return toText(value ?? '').slice(0, 10);
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
	const [first, second] = [new Set(a), new Set(b)];
	return first.size === second.size && [...first].every((text) => second.has(text));
}
