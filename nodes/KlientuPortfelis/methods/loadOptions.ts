import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Fault } from '../../shared/errors';
import { toNodeError } from '../../shared/items';
import { connect } from '../connection';
import { call } from '../protocol/call';
import { many } from '../resources/results';

/** The services that the chosen list can subscribe to, for the Service field. */
export async function getServices(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const listId = this.getCurrentNodeParameter('listId', { extractValue: true });
		if (listId === undefined || listId === '') {
			throw new Fault(
				'input',
				'No list is chosen',
				'Choose a list first; its services are loaded then.',
			);
		}
		if (String(listId).startsWith('=')) {
			throw new Fault(
				'input',
				'The list is given by an expression',
				'Services are loaded for a list that is chosen. Give them by an expression too, as a list of their codes.',
			);
		}
		const answer = await call(await connect(this), 'get_available_services', { list_id: listId });
		return many(answer, 'services')
			.filter(({ type }) => typeof type === 'string' && type !== '')
			.map(({ name, type }) => ({ name: String(name || type), value: String(type) }))
			.sort((a, b) => a.name.localeCompare(b.name, 'lv'));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
