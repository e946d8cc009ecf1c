import { returnAllFields, simplifyField } from '../../../shared/fields';
import { toWholeNumber } from '../../../shared/values';
import { collection, simplifies, limitOf, listOf, type Operation } from '../../operation';
import { readObjects } from '../../protocol/paging';
import { listField } from '../fields';
import { objectItem } from '../items';

export const getMany: Operation = {
	effect: 'read',
	description: [listField('The list whose objects to get'), ...returnAllFields(), simplifyField()],
	options: [
		{
			displayName: 'Start',
			name: 'start',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'How many objects to skip at the start of the list',
		},
	],
	async execute(context) {
		const selection = {
			listId: await listOf(context),
			start: toWholeNumber('Start', collection(context, 'options').start ?? 0),
			limit: limitOf(context),
		};
		const simplify = simplifies(context);
		return await readObjects(context.connection, selection, (object) =>
			objectItem(object, simplify),
		);
	},
};
