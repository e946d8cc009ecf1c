import { Fault } from '../../../shared/fault';
import { collection, objectOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { objectField } from '../fields';
import { one } from '../results';
import { detailsOf, updateFields } from './fields';

export const update: Operation = {
	effect: 'write',
	description: [objectField('The object to change'), updateFields()],
	async execute(context) {
		const changes = detailsOf(collection(context, 'updateFields'));
		if (Object.values(changes).every((value) => value === undefined || value === null)) {
			throw new Fault(
				'input',
				"'Update Fields' is empty",
				"Add at least one field under 'Update Fields'.",
			);
		}
		const answer = await call(context.connection, 'update_object', {
			id: await objectOf(context),
			...changes,
		});
		return [one(answer, 'object')];
	},
};
