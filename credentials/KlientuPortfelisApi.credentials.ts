import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { addressesOf, checkTarget } from '../nodes/KlientuPortfelis/protocol/service/destination';
import { signedEnvelope } from '../nodes/KlientuPortfelis/protocol/request/signedEnvelope';
import { keepingFaults } from '../nodes/shared/n8nVersions';

export class KlientuPortfelisApi implements ICredentialType {
	name = 'klientuPortfelisApi';

	displayName = 'Klientu Portfelis API';

	icon: Icon = {
		light: 'file:../icons/klientuPortfelis.svg',
		dark: 'file:../icons/klientuPortfelis.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-klientu-portfelis-rivile/n8n-nodes-klientu-portfelis-rivile#klientu-portfelis-credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'The service binds a session to the address it was opened from: n8n needs a steady outgoing address.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			description: 'The username with which you log in to Klientu Portfelis',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The password with which you log in to Klientu Portfelis',
		},
		{
			displayName: 'Role ID',
			name: 'roleId',
			type: 'number',
			default: '',
			required: true,
			description: 'The number of your role, which you received from Lursoft',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. -----BEGIN PRIVATE KEY-----',
			description:
				'The key file from Lursoft: open it in a text editor and paste all of it, with the BEGIN and END lines. It does not matter if the line breaks get lost.',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only if the private key is protected by one',
		},
		{
			displayName: 'WSDL URL',
			name: 'wsdlUrl',
			type: 'string',
			default: 'https://www.klientuportfelis.lv/api/wsdl',
			required: true,
			description: "The address of the service's description, which names where calls are sent",
		},
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://www.klientuportfelis.lv/api/service',
			description: 'Where calls are sent, if it is not the address that the WSDL names',
		},
		{
			displayName: 'Allow Unencrypted Addresses',
			name: 'allowUnencrypted',
			type: 'boolean',
			default: false,
			description:
				'Whether to use an address that begins with http:// although passwords can be read on the way. Only for a service inside your own network.',
		},
	];

	/**
	 * Turns `{ function, parameters, namespace }`, which the node hands over as the body, into the
	 * signed envelope, for the service of this credential only.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await keepingFaults(requestOptions, () => {
			checkTarget(requestOptions.url, addressesOf(credentials));
			return { ...requestOptions, body: signedEnvelope(credentials, requestOptions.body) };
		});
	}
}
