import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { toNodeError } from '../../shared/items';
import { connect } from '../connection';
import { resolveList } from '../locators';
import { call, type Connection } from '../protocol/call';
import { eventTypesOf } from '../protocol/eventTypes';
import { many } from '../resources/results';
import { inEditor } from './search';

/**
 * A line that says why there is nothing to choose. n8n replaces every error here by its own message,
 * so this is an option, which counts as nothing when it is chosen.
 */
const remark = (name: string): INodePropertyOptions[] => [{ name, value: '' }];

/** The services that the selected list can be monitored for, for the Service Names or IDs field. */
export async function getServices(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await optionsOfList(this, async (connection, listId) => {
		const answer = await call(connection, 'get_available_services', { list_id: listId });
		return many(answer, 'services')
			.filter(({ type }) => typeof type === 'string' && type !== '')
			.map(({ name, type }) => ({ name: String(name || type), value: String(type) }))
			.sort((a, b) => a.name.localeCompare(b.name, 'lv'));
	});
}

/** The types of the events that past monitoring sessions of the selected list found. */
export async function getEventTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await optionsOfList(this, async (connection, listId) => {
		const types = await eventTypesOf(connection, listId);
		if (types.length === 0) {
			return remark(
				'The list has no past sessions with events yet: leave this empty for all events',
			);
		}
		return types.map(({ code, title }) => ({
			name: title === '' ? code : `${title} (${code})`,
			value: code,
		}));
	});
}

async function optionsOfList(
	context: ILoadOptionsFunctions,
	load: (connection: Connection, listId: unknown) => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	try {
		const given = inEditor(context, 'listId');
		const connection = await connect(context);
		const listId = await resolveList(connection, given);
		return listId === '' ? remark('Choose a list first') : await load(connection, listId);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
