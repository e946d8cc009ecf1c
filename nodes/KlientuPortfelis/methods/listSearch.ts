import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../../shared/items';
import { connect } from '../connection';
import { call } from '../protocol/call';
import { many } from '../resources/results';

const alphabet = new Intl.Collator('lv');

/** The lists whose names contain what the user typed, for the List field. */
export async function searchLists(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const answer = await call(await connect(this), 'get_lists');
		const wanted = filter.trim().toLocaleLowerCase('lv');
		const results = many(answer, 'lists')
			.filter(({ id }) => typeof id === 'number')
			.map(({ id, name }) => ({ name: String(name ?? `List ${String(id)}`), value: Number(id) }))
			.filter(({ name }) => name.toLocaleLowerCase('lv').includes(wanted))
			.sort((a, b) => alphabet.compare(a.name, b.name));
		return { results };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
