import { listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField } from '../fields';
import { many } from '../results';

export const getServices: Operation = {
	effect: 'read',
	description: [listField('The list whose available services to get')],
	async execute(context) {
		const answer = await call(context.connection, 'get_available_services', {
			list_id: await listOf(context),
		});
		return many(answer, 'services');
	},
};
