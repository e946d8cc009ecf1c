import { returnAllFields, showFor } from '../../../shared/fields';
import type { Operation } from '../../operation';
import { call } from '../../protocol/call';
import { limitOf, many } from '../results';

const showOnlyForListGetMany = showFor('list', 'getMany');

export const getMany: Operation = {
	kind: 'read',
	description: returnAllFields(showOnlyForListGetMany),
	async execute(context) {
		const limit = limitOf(context);
		const answer = await call(context.connection, 'get_lists');
		return many(answer, 'lists').slice(0, limit);
	},
};
