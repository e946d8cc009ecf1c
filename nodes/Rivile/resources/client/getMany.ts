import { returnAllFields, simplifyField } from '../../../shared/fields';
import { simplifies, type Operation } from '../../operation';
import { N08 } from '../../protocol/catalogue';
import { columnOptions } from '../fields/columns';
import { getRows } from '../rows/getRows';
import { detailOf, listOptions, oneItemPerLineOption, rowOptions } from '../rows/options';
import { detailField } from './detailField';
import { filterFields, filterIn } from './filterFields';

export const getMany: Operation = {
	effect: 'read',
	description: [detailField(), ...returnAllFields(), simplifyField(), ...filterFields()],
	options: [...rowOptions, ...listOptions({ options: columnOptions(N08) }), oneItemPerLineOption],
	async execute(context) {
		return await getRows(context, {
			register: N08,
			detail: detailOf(context, N08),
			simplify: simplifies(context),
			filter: filterIn(context, context.connection.timezone),
		});
	},
};
