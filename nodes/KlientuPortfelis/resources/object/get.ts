import { simplifyField } from '../../../shared/fields';
import { simplifies, objectOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { objectField } from '../fields';
import { detailsItem } from '../items';
import { one } from '../results';

export const get: Operation = {
	effect: 'read',
	description: [objectField('The object to get'), simplifyField()],
	async execute(context) {
		const answer = await call(context.connection, 'get_object', {
			id: await objectOf(context),
		});
		return [detailsItem(one(answer, 'object'), simplifies(context))];
	},
};
