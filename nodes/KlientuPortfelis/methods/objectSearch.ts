import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../../shared/items';
import { connect } from '../connection';
import type { PortfolioEntry } from '../protocol/portfolio/entry';
import { keptPortfolio, matching } from '../protocol/portfolio/kept';
import { pageOf } from './search';

/**
 * The objects of all lists whose name, code or client ID contains what the user typed, with the names
 * of their lists beside them. They are read at most once a minute.
 */
export async function searchObjects(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const entries = await keptPortfolio(await connect(this));
		return pageOf(matching(entries, filter), paginationToken, (entry) => ({
			name: titleOf(entry),
			value: entry.id,
		}));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

function titleOf({ id, name, code, lists }: PortfolioEntry): string {
	const parts = [name === '' ? `Object ${id}` : name, name === code ? '' : code, lists.join(', ')];
	return parts.filter((text) => text !== '').join(' · ');
}
