import { returnAllFields, simplifyField } from '../../../shared/fields';
import { simplifies, type Operation } from '../../operation';
import { N08 } from '../../protocol/catalogue';
import { columnOptions } from '../fields/columns';
import { conditionFields, filterFields, readFilter } from '../fields/filter';
import { simpleFiltersField } from '../fields/simple';
import { getRows } from '../rows/getRows';
import { detailOf, listOptions, oneItemPerLineOption, rowOptions } from '../rows/options';
import { detailField } from './detailField';
import { simpleFields, simpleFilter } from './simpleFilters';

export const getMany: Operation = {
	effect: 'read',
	description: [
		detailField(),
		...returnAllFields(),
		simplifyField(),
		...filterFields({
			rows: 'clients',
			condition: conditionFields(N08, 'N08_PAV'),
			example: "N08_RUSIS = 1 AND N08_PAV LIKE N'UAB%'",
			simple: simpleFiltersField(simpleFields.map(({ property }) => property)),
		}),
	],
	options: [...rowOptions, ...listOptions({ options: columnOptions(N08) }), oneItemPerLineOption],
	async execute(context) {
		const { timezone } = context.connection;
		return await getRows(context, {
			register: N08,
			detail: detailOf(context, N08),
			simplify: simplifies(context),
			filter: readFilter(context, N08, timezone, () => simpleFilter(context, timezone)),
		});
	},
};
