import { Fault } from '../../../shared/fault';
import { returnAllFields, simplifyField } from '../../../shared/fields';
import { shown, toSwitch } from '../../../shared/values';
import {
	collection,
	field,
	isOn,
	limitOf,
	toCount,
	type Operation,
	type OperationContext,
} from '../../operation';
import { readPage, type Form } from '../../protocol/call';
import { readSelection } from '../../protocol/paging/read';
import { detailField } from './detailField';
import { filterFields, filterOf } from './filterFields';
import { simplified } from './simplify';

export const getMany: Operation = {
	effect: 'read',
	description: [detailField(), ...returnAllFields(), simplifyField(), ...filterFields()],
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
	async execute(context) {
		const { connection } = context;
		const form = formOf(context);
		const selection = {
			filter: filterOf(context, connection.timezone),
			limit: limitOf(context),
			pageNumber: pageNumberOf(context),
		};
		const simplify = isOn(context, 'simplify', 'Simplify');
		return await readSelection(async (page) => {
			const rows = await readPage(connection, form, page);
			// Page by page, so that no long list is held twice, or worked through at a stretch.
			return simplify ? rows.map(simplified) : rows;
		}, selection);
	},
};

function formOf(context: OperationContext): Form {
	const detail = field(context, 'detail') ?? 'H';
	const { responseFormat: format = 'json', numbersAsText = false } = collection(context, 'options');
	if (detail !== 'H' && detail !== 'A') {
		throw unknownChoice('Detail', detail, 'Choose Header or Header and Lines', 'H or A');
	}
	if (format !== 'json' && format !== 'xml') {
		throw unknownChoice('Response Format', format, 'Choose JSON or XML', 'json or xml');
	}
	return { detail, format, numbersAsText: toSwitch('Numbers as Text', numbersAsText) };
}

function unknownChoice(label: string, value: unknown, choose: string, values: string): Fault {
	return new Fault(
		'input',
		`'${label}' is not one that Rivilė knows: ${shown(value)}`,
		`${choose}. By an expression, give ${values}.`,
	);
}

function pageNumberOf(context: OperationContext): number | undefined {
	const { pageNumber } = collection(context, 'options');
	if (pageNumber === undefined) return undefined;
	return toCount('Page Number', pageNumber, 'Enter 1 for the first page, 2 for the second.');
}
