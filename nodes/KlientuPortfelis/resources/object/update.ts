import type { INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { collection, field, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { objectField } from '../fields';
import { one } from '../results';

const detail = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description: `${description}; leave it empty to remove the present one`,
});

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
				detail(
					'Address',
					'address',
					'An address of your own for the object (up to 200 characters)',
				),
				detail('Client ID', 'clientId', 'Your own identifier of the object (up to 255 characters)'),
				detail('Contact Person', 'contactPerson', 'Whom to ask (up to 200 characters)'),
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					placeholder: 'e.g. name@example.com',
					default: '',
					description: 'The e-mail address of the object (4 to 254 characters)',
				},
				detail('Fax', 'fax', 'The fax number (up to 200 characters)'),
				detail('Phone', 'phone', 'The telephone number (up to 200 characters)'),
				detail('Website', 'www', 'The address of the website (up to 200 characters)'),
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
				"'Update Fields' holds nothing to change",
				'Add at least one field under Update Fields.',
			);
		}
		const answer = await call(context.connection, 'update_object', {
			id: field(context, 'objectId'),
			...changes,
		});
		return [one(answer, 'object')];
	},
};
