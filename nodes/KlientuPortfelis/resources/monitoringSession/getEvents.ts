import { returnAllFields } from '../../../shared/fields';
import { located } from '../../locators';
import { field, limitOf, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField, sessionField } from '../fields';
import { many } from '../results';

export const getEvents: Operation = {
	effect: 'read',
	description: [
		listField('The list that was monitored'),
		sessionField('The monitoring session whose events to get'),
		...returnAllFields(),
	],
	async execute(context) {
		const limit = limitOf(context);
		const answer = await call(context.connection, 'get_session_events', {
			list_id: await listOf(context),
			session_id: located(field(context, 'sessionId')),
		});
		return many(answer, 'events').slice(0, limit);
	},
};
