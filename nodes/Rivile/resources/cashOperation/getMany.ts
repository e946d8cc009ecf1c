import { returnAllFields, simplifyField } from '../../../shared/fields';
import { simplifies, type Operation } from '../../operation';
import { I04 } from '../../protocol/catalogue';
import { columnOptions } from '../fields/columns';
import { getRows } from '../rows/getRows';
import { detailOf, listOptions, oneItemPerLineOption, rowOptions } from '../rows/options';
import { detailField } from './detailField';
import { filterFields, filterIn } from './filterFields';

export const getMany: Operation = {
	effect: 'read',
	description: [detailField(), ...returnAllFields(), simplifyField(), ...filterFields()],
	options: [...rowOptions, ...listOptions({ options: columnOptions(I04) }), oneItemPerLineOption],
	async execute(context) {
		return await getRows(context, {
			register: I04,
			detail: detailOf(context, I04),
			simplify: simplifies(context),
			filter: filterIn(context, context.connection.timezone),
		});
	},
};
