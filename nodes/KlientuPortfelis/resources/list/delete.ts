import { notice } from '../../../shared/fields';
import { listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField } from '../fields';
import { deleted } from '../items';

export const deleteList: Operation = {
	effect: 'write',
	description: [
		notice(
			'deleteNotice',
			'This deletes the list with all objects in it, and its monitoring. It cannot be undone.',
		),
		listField('The list to delete, with all objects in it'),
	],
	async execute(context) {
		const id = await listOf(context);
		await call(context.connection, 'delete_list', { id });
		return [deleted(id)];
	},
};
