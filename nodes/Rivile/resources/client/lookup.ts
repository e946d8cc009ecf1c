import { sourceOf, type Connection, type Form } from '../../protocol/call';
import { N08 } from '../../protocol/catalogue';
import type { Row } from '../../protocol/answer/rows';
import { readSelection } from '../../protocol/paging/read';

/** The columns by which clients are looked up. */
export const CLIENT = {
	code: 'N08_KODAS_KS',
	name: 'N08_PAV',
	companyCode: 'N08_IM_KODAS',
	vatCode: 'N08_PVM_KODAS',
} as const;

/**
 * The clients that meet a condition. They are read before the rows that belong to them, and not by a query
 * inside of the rows' condition: conditions on the columns of one table are documented, and queries in
 * them are known from other programs only.
 *
 * @param filter a condition in parentheses
 * @param limit how many at most
 */
export async function clientsWith(
	connection: Connection,
	form: Form,
	filter: string,
	limit: number,
): Promise<Row[]> {
	const source = sourceOf(connection, N08, { ...form, detail: 'H' });
	return await readSelection(source, { filter, limit, pageNumber: undefined });
}

/** The codes of clients. */
export function codesOf(clients: readonly Row[]): string[] {
	return clients.flatMap((client) => {
		const code = client[CLIENT.code];
		return typeof code === 'string' && code !== '' ? [code] : [];
	});
}
