import { listIdOf, type Operation } from '../../operation';
import { upsertObject } from '../../protocol/portfolio/upsert';
import { listField } from '../fields';
import { newObjectFields, updateFields, wantedOf } from './fields';

export const upsert: Operation = {
	effect: 'write',
	description: [
		listField('The list that must contain the object'),
		...newObjectFields(),
		updateFields(),
	],
	async execute(context) {
		const listId = await listIdOf(context);
		const { object, action } = await upsertObject(context.connection, listId, wantedOf(context));
		return [{ ...object, action }];
	},
};
