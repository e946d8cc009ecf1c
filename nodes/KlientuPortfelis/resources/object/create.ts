import { collection, field, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { codesInWords, lengthOf, objectTypeOptions } from '../catalogue';
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
			description: 'What to add. The list must accept objects of this type.',
			options: objectTypeOptions(),
		},
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 40003053936',
			description: codesInWords(),
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
						'Whether to look up the object in the register and take its name and address from there. Turn this off to add a person who is not in the register, or a company that is liquidated or reorganised.',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: `The name of the object, ${lengthOf('add_object', 'name')}`,
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
