import type { INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { collection, field, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { lengthOf } from '../catalogue';
import { objectField } from '../fields';
import { one } from '../results';

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

export const update: Operation = {
	effect: 'write',
	description: [
		objectField('The object to change'),
		{
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
		},
	],
	async execute(context) {
		const { address, phone, fax, email, www, contactPerson, clientId } = collection(
			context,
			'updateFields',
		);
		const changes = {
			address,
			phone,
			fax,
			email,
			www,
			contact_person: contactPerson,
			client_id: clientId,
		};
		if (Object.values(changes).every((value) => value === undefined || value === null)) {
			throw new Fault(
				'input',
				"'Update Fields' is empty",
				"Add at least one field under 'Update Fields'.",
			);
		}
		const answer = await call(context.connection, 'update_object', {
			id: field(context, 'objectId'),
			...changes,
		});
		return [one(answer, 'object')];
	},
};
