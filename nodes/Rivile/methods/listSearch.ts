import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../../shared/items';
import { connect } from '../connection';
import { readPage } from '../protocol/call';
import { N08 } from '../protocol/catalogue';
import { PAGE_SIZE } from '../protocol/paging/page';
import { buildFilter } from '../protocol/sql/filter';
import { CLIENT } from '../resources/client/lookup';

const FORM = { detail: 'H', format: 'json', numbersAsText: false } as const;

/** The clients whose name or code has what the user typed, for the Client field: 100 at a time. */
export async function searchClients(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const connection = await connect(this);
		const fil = conditionFor(filter.trim(), connection.timezone);
		const page = Number(paginationToken ?? 1);
		const rows = await readPage(connection, N08, FORM, {
			...(fil !== undefined && { fil }),
			...(page > 1 && { pagenumber: page }),
		});
		const results = rows.map((row) => {
			const code = String(row[CLIENT.code] ?? '');
			return { name: `${String(row[CLIENT.name] ?? '')} (${code})`, value: code };
		});
		return rows.length < PAGE_SIZE ? { results } : { results, paginationToken: String(page + 1) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

function conditionFor(typed: string, timezone: string): string | undefined {
	if (typed === '') return undefined;
	const fields = [CLIENT.name, CLIENT.code, CLIENT.companyCode, CLIENT.vatCode];
	const conditions = fields.map((field) => ({ field, operator: 'contains', value: typed }));
	return buildFilter(N08, conditions, 'or', timezone);
}
