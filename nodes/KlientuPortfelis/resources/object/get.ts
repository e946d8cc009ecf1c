import { showFor, simplifyField } from '../../../shared/fields';
import { field, isOn, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { objectField } from '../fields';
import { objectItem, one } from '../results';

const showOnlyForObjectGet = showFor('object', 'get');

export const get: Operation = {
	kind: 'read',
	description: [
		objectField(showOnlyForObjectGet, 'The object to get'),
		simplifyField(showOnlyForObjectGet),
	],
	async execute(context) {
		const answer = await call(context.connection, 'get_object', {
			id: field(context, 'objectId'),
		});
		return [objectItem(one(answer, 'object'), isOn(context, 'simplify', 'Simplify'))];
	},
};
