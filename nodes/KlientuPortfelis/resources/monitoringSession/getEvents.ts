import { returnAllFields } from '../../../shared/fields';
import { field, limitOf, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField } from '../fields';
import { many } from '../results';

export const getEvents: Operation = {
	effect: 'read',
	description: [
		listField('The list that was monitored'),
		{
			displayName: 'Session ID',
			name: 'sessionId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 98765',
			description:
				'The monitoring session whose events to get. Use the ID from Monitoring Session → Get Many.',
		},
		...returnAllFields(),
	],
	async execute(context) {
		const limit = limitOf(context);
		const answer = await call(context.connection, 'get_session_events', {
			list_id: listOf(context),
			session_id: field(context, 'sessionId'),
		});
		return many(answer, 'events').slice(0, limit);
	},
};
