import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { addressesOf, ownAddress } from '../nodes/KlientuPortfelis/protocol/service/destination';
import { signedEnvelope } from '../nodes/KlientuPortfelis/protocol/request/signedEnvelope';
import { authenticated } from '../nodes/shared/n8nVersions';
import { checkTarget } from '../nodes/shared/urls';

export class KlientuPortfelisApi implements ICredentialType {
	name = 'klientuPortfelisApi';

	displayName = 'Klientu Portfelis (Lursoft) API';

	icon: Icon = {
		light: 'file:../icons/klientuPortfelis.svg',
		dark: 'file:../icons/klientuPortfelis.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-klientu-portfelis-rivile/n8n-nodes-klientu-portfelis-rivile#klientu-portfelis-credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'n8n must reach Lursoft from one fixed IP address, because sessions are tied to it.',
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
			description: 'The role number that Lursoft gave you',
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
				'Open the key file from Lursoft in a text editor and paste all of it, including the BEGIN and END lines. It does not matter if line breaks get lost.',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The passphrase of the private key. Leave this empty if the key has none.',
		},
		{
			displayName: 'WSDL URL',
			name: 'wsdlUrl',
			type: 'string',
			default: 'https://www.klientuportfelis.lv/api/wsdl',
			required: true,
			description: 'The address of the WSDL, which describes the service',
		},
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://www.klientuportfelis.lv/api/service',
			description: 'The address of the service. Leave this empty to use the address in the WSDL.',
		},
		{
			displayName: 'Allow Unencrypted Addresses',
			name: 'allowUnencrypted',
			type: 'boolean',
			default: false,
			description:
				'Whether to allow addresses that start with http://. Keep this off unless the service runs in your own network without HTTPS, because others could read your password.',
		},
	];

	/**
	 * Turns the body `{ function, parameters, namespace }` from the node into the signed envelope, only
	 * for the service of this credential.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await authenticated(requestOptions, () => {
			const addresses = addressesOf(credentials);
			checkTarget(requestOptions.url, ownAddress(addresses), addresses.allowUnencrypted);
			return { ...requestOptions, body: signedEnvelope(credentials, requestOptions.body) };
		});
	}
}
