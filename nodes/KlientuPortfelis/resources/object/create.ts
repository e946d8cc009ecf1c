import { collection, field, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { listField } from '../fields';
import { one } from '../results';

export const create: Operation = {
	effect: 'write',
	description: [
		listField('The list to add the object to'),
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'COMPANY',
			required: true,
			description: 'What is added; the list has to take objects of this type',
			options: [
				{ name: 'Address', value: 'ADDRESS' },
				{ name: 'Building (Cadastral Designation)', value: 'CAD_BUILD' },
				{ name: 'Commercial Pledge', value: 'PLEDGE' },
				{ name: 'Company', value: 'COMPANY' },
				{ name: 'Estonian Company', value: 'EST_COMPANY' },
				{ name: 'Keyword', value: 'KEYWORD' },
				{ name: 'Land Unit (Cadastral Designation)', value: 'CAD_PARCEL' },
				{ name: 'Part of a Land Unit (Cadastral Designation)', value: 'CAD_PARCEL_PART' },
				{ name: 'Person', value: 'PERSON' },
				{ name: 'Premises (Cadastral Designation)', value: 'CAD_PREMISE_GROUP' },
				{ name: 'Public Person or Authority', value: 'AUTHORITY' },
				{ name: 'Real Property (Cadastral Number)', value: 'CAD_CADASTER' },
			],
		},
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 40003053936',
			description:
				'Company, authority: 11-digit registration number. Person: personal code. Address: its identifier. Pledge: number of the deed (up to 20 characters). Keyword: the word (up to 255). Estonian company: 8 digits. Real property, land unit: 11 digits; building: 14; part of a land unit: 15; premises: 17.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Check in Register',
					name: 'checkUr',
					type: 'boolean',
					default: true,
					description:
						'Whether to look the object up in the register and take its name and address from there. Switch off for a person who is not in the register, or a company that is liquidated or reorganised.',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'The name of the object, at most 255 characters',
				},
			],
		},
	],
	async execute(context) {
		const { name, checkUr } = collection(context, 'additionalFields');
		const answer = await call(context.connection, 'add_object', {
			list_id: listOf(context),
			code: field(context, 'code'),
			type: field(context, 'type'),
			name,
			check_ur: checkUr,
		});
		return [one(answer, 'object')];
	},
};
