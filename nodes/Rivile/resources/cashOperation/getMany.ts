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
import { sourceOf, type Form } from '../../protocol/call';
import { I04 } from '../../protocol/catalogue';
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
				'Whether to return numbers as text exactly as Rivilė writes them, such as 10.00, instead of converting them to numbers',
		},
		{
			displayName: 'Page Number',
			name: 'pageNumber',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description:
				'Get only this page of up to 100 rows, counted from 1. Return All and Limit are ignored.',
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
				'The format of the response from Rivilė. The items are the same in both. Gateways older than version 1.1.0 support XML only.',
		},
	],
	async execute(context) {
		const { connection } = context;
		const form = formOf(context);
		const simplify = isOn(context, 'simplify', 'Simplify');
		return await readSelection(sourceOf(connection, I04, form), {
			filter: filterOf(context, connection.timezone),
			limit: limitOf(context),
			pageNumber: pageNumberOf(context),
			...(simplify && { shape: simplified }),
		});
	},
};

function formOf(context: OperationContext): Form {
	const detail = field(context, 'detail') ?? 'H';
	const { responseFormat: format = 'json', numbersAsText = false } = collection(context, 'options');
	if (detail !== 'H' && detail !== 'A') {
		throw unknownChoice('Detail', detail, 'Header or Header and Lines', 'H or A');
	}
	if (format !== 'json' && format !== 'xml') {
		throw unknownChoice('Response Format', format, 'JSON or XML', 'json or xml');
	}
	return { detail, format, numbersAsText: toSwitch('Numbers as Text', numbersAsText) };
}

function unknownChoice(label: string, value: unknown, choices: string, values: string): Fault {
	return new Fault(
		'input',
		`'${label}' must be ${choices}: ${shown(value)}`,
		`Choose one from the list. In an expression, use ${values}.`,
	);
}

function pageNumberOf(context: OperationContext): number | undefined {
	const { pageNumber } = collection(context, 'options');
	if (pageNumber === undefined) return undefined;
	return toCount('Page Number', pageNumber, 'Enter 1 for the first page, 2 for the second.');
}
