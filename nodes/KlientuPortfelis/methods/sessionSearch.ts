import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { Fault } from '../../shared/fault';
import { toNodeError } from '../../shared/items';
import { connect } from '../connection';
import { resolveList } from '../locators';
import { call } from '../protocol/call';
import { many } from '../resources/results';
import { counted } from '../resources/words';
import { inEditor, pageOf } from './search';

/** The monitoring sessions of the selected list whose time or ID contains what the user typed. */
export async function searchSessions(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const connection = await connect(this);
		const listId = await resolveList(connection, inEditor(this, 'listId'));
		if (listId === '') {
			throw new Fault(
				'input',
				'Choose a list first',
				"Pick a list under 'List', and then one of its monitoring sessions.",
			);
		}
		const answer = await call(connection, 'get_monitoring_sessions', { list_id: listId });
		const found = many(answer, 'sessions')
			.filter(({ id, sent }) => typeof id === 'number' && `${sent} ${id}`.includes(filter.trim()))
			.sort((a, b) => (String(a.sent) < String(b.sent) ? 1 : -1));
		return pageOf(found, paginationToken, ({ id, sent, sent_events_count: count }) => ({
			name: [sent ?? `Session ${id}`, typeof count === 'number' ? counted(count, 'event') : '']
				.filter((text) => text !== '')
				.join(' · '),
			value: Number(id),
		}));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
