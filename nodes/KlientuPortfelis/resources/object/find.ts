import type { IDataObject } from 'n8n-workflow';

import { returnAllFields } from '../../../shared/fields';
import { Fault } from '../../../shared/fault';
import { checkCode, shown, toText } from '../../../shared/values';
import { field, limitOf, listIdOf, type Operation, type OperationContext } from '../../operation';
import { FIND_BY, findObjects, type FindBy } from '../../protocol/portfolio/find';
import { emptyFault } from '../../protocol/request/check';
import { listField } from '../fields';

export const find: Operation = {
	effect: 'read',
	description: [
		{
			displayName: 'Find By',
			name: 'findBy',
			type: 'options',
			default: 'code',
			description: 'What you know about the object',
			options: [
				{
					name: 'Client ID',
					value: 'clientId',
					description: 'Your own identifier of the object. Upper and lower case do not matter.',
				},
				{
					name: 'Code',
					value: 'code',
					description:
						'The registration number, personal code or other code. Spaces, dashes and LV in front do not matter.',
				},
				{
					name: 'Name',
					value: 'name',
					description: 'The name or a part of it. Upper and lower case and accents do not matter.',
				},
			],
		},
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 40003053936',
			description: 'The complete code or client ID, or the name or a part of it',
		},
		{
			displayName: 'Search In',
			name: 'searchIn',
			type: 'options',
			default: 'allLists',
			description: 'Which lists to search',
			options: [
				{
					name: 'All Lists',
					value: 'allLists',
					description: 'Each object comes once, with all lists that hold it',
				},
				{ name: 'One List', value: 'list', description: 'Faster when your portfolio is large' },
			],
		},
		{
			...listField('The list to search'),
			displayOptions: { show: { searchIn: ['list'] } },
		},
		...returnAllFields(),
	],
	async execute(context) {
		const by = findByOf(context);
		const value = valueOf(context, by);
		const limit = limitOf(context);
		const listId = field(context, 'searchIn') === 'list' ? await listIdOf(context) : undefined;
		const found = await findObjects(context.connection, by, value, listId);
		return found.slice(0, limit).map(
			({ object, lists }): IDataObject => ({
				...object,
				lists: lists.map(({ id, name }) => ({ id, name })),
			}),
		);
	},
};

function findByOf(context: OperationContext): FindBy {
	const given = field(context, 'findBy');
	const by = FIND_BY.find((known) => known === given);
	if (by !== undefined) return by;
	throw new Fault(
		'input',
		`'Find By' must be Code, Client ID or Name: ${shown(given)}`,
		`Choose one from the list, or give ${FIND_BY.join(', ')} by an expression.`,
	);
}

function valueOf(context: OperationContext, by: FindBy): string {
	const value = field(context, 'value');
	if (value === undefined || value === null) throw emptyFault('Value');
	if (typeof value === 'object') {
		throw new Fault(
			'input',
			`'Value' must be text: ${shown(value)}`,
			'Give one code, client ID or name for each item. To search for several, use one item for each.',
		);
	}
	if (by === 'code') checkCode("'Value'", value);
	const text = toText(value);
	if (text.trim() === '') throw emptyFault('Value');
	return text;
}
