import { returnAllFields } from '../../../shared/fields';
import { collection, limitOf, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField } from '../fields';
import { many } from '../results';

export const getMany: Operation = {
	effect: 'read',
	description: [
		listField('The list whose monitoring sessions to get'),
		...returnAllFields(),
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'From',
					name: 'from',
					type: 'dateTime',
					typeOptions: { dateOnly: true },
					default: '',
					description: 'The first day to include',
				},
				{
					displayName: 'To',
					name: 'to',
					type: 'dateTime',
					typeOptions: { dateOnly: true },
					default: '',
					description: 'The last day to include',
				},
			],
		},
	],
	async execute(context) {
		const { from, to } = collection(context, 'filters');
		const limit = limitOf(context);
		const answer = await call(context.connection, 'get_monitoring_sessions', {
			list_id: await listOf(context),
			from,
			to,
		});
		return many(answer, 'sessions').slice(0, limit);
	},
};
