import type { INodeProperties } from 'n8n-workflow';

import { perItem } from '../../../shared/wholeInput';
import { collection, field, type InputContext, type OperationContext } from '../../operation';
import type { Details } from '../../protocol/portfolio/details';
import type { Wanted } from '../../protocol/portfolio/wanted';
import { lengthOf, objectTypeOptions } from '../catalogue';
import { codeFields } from './codeFields';

/** Type, Code and what else adding an object takes. */
export function newObjectFields(): INodeProperties[] {
	return [
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'COMPANY',
			required: true,
			description: 'What to add. The list must accept objects of this type.',
			options: objectTypeOptions(),
		},
		...codeFields(),
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
	];
}

/** A text that the object can have; an empty one removes what is stored. */
function detail(
	displayName: string,
	parameter: string,
	description: string,
	name = parameter,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		description: `${description}, ${lengthOf('update_object', parameter)}. Leave this empty to remove the current value.`,
	};
}

/** What a user notes about an object. */
export function updateFields(): INodeProperties {
	return {
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			detail('Address', 'address', 'The address that you use for the object'),
			detail('Client ID', 'client_id', 'Your own identifier of the object', 'clientId'),
			detail('Contact Person', 'contact_person', 'Whom to contact', 'contactPerson'),
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				placeholder: 'e.g. name@example.com',
				default: '',
				description: `The email address of the object, ${lengthOf('update_object', 'email')}`,
			},
			detail('Fax', 'fax', 'The fax number'),
			detail('Phone', 'phone', 'The phone number'),
			detail('Website', 'www', 'The address of the website'),
		],
	};
}

/** The parameters of update_object from Update Fields. */
export function detailsOf(fields: Readonly<Record<string, unknown>>): Details {
	const { address, phone, fax, email, www, contactPerson, clientId } = fields;
	return {
		address,
		phone,
		fax,
		email,
		www,
		contact_person: contactPerson,
		client_id: clientId,
	};
}

/** The object that these fields describe for an item. */
export function wantedOf(context: OperationContext): Wanted {
	return wantedReader(context)(context.itemIndex);
}

/** The same for many items. */
export function wantedReader(
	context: Pick<InputContext, 'n8n' | 'connection'>,
): (itemIndex: number) => Wanted {
	const { n8n } = context;
	const at = (itemIndex: number) => ({ ...context, itemIndex });
	const code = perItem(n8n, 'code', (index) => field(at(index), 'code'));
	const type = perItem(n8n, 'type', (index) => field(at(index), 'type'));
	const added = perItem(n8n, 'additionalFields', (index) =>
		collection(at(index), 'additionalFields'),
	);
	const details = perItem(n8n, 'updateFields', (index) =>
		detailsOf(collection(at(index), 'updateFields')),
	);
	return (index) => {
		const { name, checkUr } = added(index);
		return { code: code(index), type: type(index), name, checkUr, details: details(index) };
	};
}
