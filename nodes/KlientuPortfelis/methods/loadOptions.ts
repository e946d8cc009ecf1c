import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { toNodeError } from '../../shared/items';
import { connect } from '../connection';
import { call } from '../protocol/call';
import { many } from '../resources/results';

/** The services that the selected list can be monitored for, for the Service Names or IDs field. */
export async function getServices(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const listId = this.getCurrentNodeParameter('listId', { extractValue: true });
		// n8n replaces every error here by its own message, so without a list the options stay empty.
		if (listId === undefined || listId === '' || String(listId).startsWith('=')) return [];
		const answer = await call(await connect(this), 'get_available_services', { list_id: listId });
		return many(answer, 'services')
			.filter(({ type }) => typeof type === 'string' && type !== '')
			.map(({ name, type }) => ({ name: String(name || type), value: String(type) }))
			.sort((a, b) => a.name.localeCompare(b.name, 'lv'));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
