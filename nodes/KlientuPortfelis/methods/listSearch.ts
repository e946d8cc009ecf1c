import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../../shared/items';
import { connect } from '../connection';
import { LIST_TYPE_LABELS } from '../protocol/catalogue/values';
import { fold } from '../protocol/portfolio/fold';
import { loadLists, type ListEntry } from '../protocol/portfolio/lists';
import { counted } from '../resources/words';

const alphabet = new Intl.Collator('lv');

/** The lists whose names contain what the user typed, whatever its case and accents. */
export async function searchLists(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const wanted = fold(filter);
		const lists = await loadLists(await connect(this));
		const results = lists
			.filter(({ name }) => fold(name).includes(wanted))
			.sort((a, b) => alphabet.compare(a.name, b.name))
			.map((list) => ({ name: titleOf(list), value: list.id }));
		return { results };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

function titleOf({ id, name, type, count }: ListEntry): string {
	const label = Object.entries(LIST_TYPE_LABELS).find(([known]) => known === type)?.[1] ?? type;
	const objects = count === undefined ? '' : counted(count, 'object');
	return [name === '' ? `List ${id}` : name, label, objects]
		.filter((text) => text !== '')
		.join(' · ');
}
