import { Fault } from '../../../shared/errors';
import { returnAllFields, showFor, simplifyField } from '../../../shared/fields';
import { fieldsOf, partsOf, type Operation, type ReadField } from '../../operation';
import { readPage, type Form } from '../../protocol/call';
import { readWished } from '../../protocol/paging';
import { detailField } from './detailField';
import { filterFields, filterOf } from './filterFields';
import { simplified } from './simplify';

const showOnlyForCashOperationGetMany = showFor('cashOperation', 'getMany');

export const getMany: Operation = {
	description: [
		detailField(showOnlyForCashOperationGetMany),
		...returnAllFields(showOnlyForCashOperationGetMany),
		simplifyField(showOnlyForCashOperationGetMany),
		...filterFields(showOnlyForCashOperationGetMany),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Numbers as Text',
					name: 'numbersAsText',
					type: 'boolean',
					default: false,
					description:
						'Whether to leave numbers as texts exactly as Rivilė writes them, such as 10.00, instead of turning them into numbers',
				},
				{
					displayName: 'Page Number',
					name: 'pageNumber',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 1,
					description:
						'Get this one page of up to 100 rows, counted from 1, and nothing else. Return All and Limit do not apply then.',
				},
				{
					displayName: 'Response Format',
					name: 'responseFormat',
					type: 'options',
					options: [
						{ name: 'JSON', value: 'json' },
						{ name: 'XML', value: 'xml' },
					],
					default: 'json',
					description:
						'The form in which Rivilė answers. The items are the same in both; gateways before version 1.1.0 know XML only.',
				},
			],
			displayOptions: showOnlyForCashOperationGetMany,
		},
	],
	async execute(context) {
		const field = fieldsOf(context);
		const { connection } = context;
		const form = formOf(field);
		const wish = {
			filter: filterOf(field, connection.timezone),
			limit: limitOf(field),
			pageNumber: pageNumberOf(field),
		};
		const rows = await readWished(async (page) => await readPage(connection, form, page), wish);
		return field('simplify') === true ? rows.map(simplified) : rows;
	},
};

function formOf(field: ReadField): Form {
	const detail = field('detail') ?? 'H';
	const { responseFormat, numbersAsText } = partsOf(field('options'));
	if (detail !== 'H' && detail !== 'A') {
		throw new Fault(
			'input',
			`'Detail' is not one that Rivilė knows: ${String(detail).slice(0, 60)}`,
			'Choose Header or Header and Lines. By an expression, give H or A.',
		);
	}
	return {
		detail,
		format: responseFormat === 'xml' ? 'xml' : 'json',
		numbersAsText: numbersAsText === true,
	};
}

function limitOf(field: ReadField): number {
	if (field('returnAll') === true) return Infinity;
	return countOf(
		field('limit') ?? 50,
		'Limit',
		'Give the number of results to return, or switch on Return All.',
	);
}

function pageNumberOf(field: ReadField): number | undefined {
	const { pageNumber } = partsOf(field('options'));
	if (pageNumber === undefined) return undefined;
	return countOf(
		pageNumber,
		'Page Number',
		'Give 1 for the first page, 2 for the second and so on.',
	);
}

function countOf(value: unknown, label: string, description: string): number {
	const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof count === 'number' && Number.isSafeInteger(count) && count > 0) return count;
	throw new Fault('input', `'${label}' is not a whole number above 0`, description);
}
