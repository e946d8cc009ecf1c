import { returnAllFields, simplifyField } from '../../../shared/fields';
import { simplifies, limitOf, type Operation } from '../../operation';
import { sourceOf } from '../../protocol/call';
import { I04 } from '../../protocol/catalogue';
import { ranked } from '../../protocol/payments/score';
import { readSelection } from '../../protocol/paging/read';
import { hintOnce } from '../rows/hints';
import { columnNamesOf, formOf, rowOptions } from '../rows/options';
import { shapeOf } from '../rows/shape';
import { planSearch } from './search';
import { searchField } from './searchFields';

export const find: Operation = {
	effect: 'read',
	description: [searchField, ...returnAllFields(), simplifyField()],
	options: rowOptions,
	async execute(context) {
		const limit = limitOf(context);
		const simplify = simplifies(context);
		const shape = shapeOf(I04, { simplify, columnNames: columnNamesOf(context, simplify) });
		const { search, filter, isDateOnly } = await planSearch(context);
		if (filter === undefined) {
			hintOnce(context, 'client', 'No client matches the search, so there are no payments.');
			return [];
		}
		const source = sourceOf(context.connection, I04, formOf(context, 'A'));
		// Every operation that may match is needed to know the best ones.
		const readLimit = isDateOnly ? limit : Infinity;
		const rows = await readSelection(source, { filter, limit: readLimit, pageNumber: undefined });
		const found = ranked(search, rows);
		if (found.length > limit) {
			hintOnce(
				context,
				'limit',
				`${found.length} payments match at least in part, of which the best ${limit} were returned. Turn on 'Return All' to get all of them.`,
			);
		}
		if (isDateOnly && found.length === limit) {
			hintOnce(
				context,
				'limit',
				`Only ${limit} payments were returned, and there may be more with these dates. Turn on 'Return All' to get all of them.`,
			);
		}
		return found
			.slice(0, limit)
			.map(({ row, score, matched }) => ({ score, matched, ...shape(row) }));
	},
};
