import { collection, field, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { one } from '../results';

export const create: Operation = {
	effect: 'write',
	description: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Clients 2026',
			description: 'The name of the new list, at most 100 characters',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'PERSONS',
			required: true,
			description: 'What the list holds; it cannot be changed later',
			options: [
				{ name: 'Addresses', value: 'ADDRESS' },
				{ name: 'Commercial Pledges', value: 'PLEDGES' },
				{ name: 'Companies and People', value: 'PERSONS' },
				{ name: 'Estonian Companies', value: 'ESTONIAS' },
				{ name: 'Keywords', value: 'KEYWORDS' },
				{ name: 'Real Properties', value: 'CADASTERS' },
			],
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					description: 'What the list is for',
				},
				{
					displayName: 'Form',
					name: 'form',
					type: 'options',
					default: 'SIMPLE',
					description: 'Whether the objects of the list carry identifiers of your own',
					options: [
						{ name: 'Simple', value: 'SIMPLE' },
						{ name: 'With External Identifiers', value: 'OUTERID' },
					],
				},
			],
		},
	],
	async execute(context) {
		const { description, form } = collection(context, 'additionalFields');
		const answer = await call(context.connection, 'add_list', {
			name: field(context, 'name'),
			type: field(context, 'type'),
			description,
			form,
		});
		return [one(answer, 'list')];
	},
};
