import { returnAllFields } from '../../../shared/fields';
import { limitOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { withoutEmptyCompanions } from '../items';
import { many } from '../results';

export const getMany: Operation = {
	effect: 'read',
	description: returnAllFields(),
	async execute(context) {
		const limit = limitOf(context);
		const answer = await call(context.connection, 'get_lists');
		return many(answer, 'lists').slice(0, limit).map(withoutEmptyCompanions);
	},
};
