import { listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField } from '../fields';
import { one } from '../results';

export const get: Operation = {
	effect: 'read',
	description: [listField('The list whose monitoring to get')],
	async execute(context) {
		const answer = await call(context.connection, 'get_list_monitoring', {
			list_id: await listOf(context),
		});
		return [one(answer, 'monitoring')];
	},
};
