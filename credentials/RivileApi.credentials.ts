import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { accessOf } from '../nodes/Rivile/protocol/access';
import { authenticated } from '../nodes/shared/n8nVersions';
import { checkTarget } from '../nodes/shared/urls';

export class RivileApi implements ICredentialType {
	name = 'rivileApi';

	displayName = 'Rivilė (Rivile) API';

	icon: Icon = { light: 'file:../icons/rivile.svg', dark: 'file:../icons/rivile.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-klientu-portfelis-rivile/n8n-nodes-klientu-portfelis-rivile#rivile-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key that you received when you ordered the Rivilė API service',
		},
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: 'https://api.manorivile.lt/client/v2',
			required: true,
			description: 'The address of the Rivilė gateway',
		},
		{
			displayName: 'Allow Unencrypted Addresses',
			name: 'allowUnencrypted',
			type: 'boolean',
			default: false,
			description:
				'Whether to allow an address that begins with http://, where others could read the API key on the way. Keep this off unless the service runs in your own network without HTTPS.',
		},
	];

	/** Adds the key to a request, for the gateway of this credential only. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await authenticated(requestOptions, () => {
			const { apiKey, endpoint, allowUnencrypted } = accessOf(credentials);
			checkTarget(requestOptions.url, endpoint, allowUnencrypted);
			return {
				...requestOptions,
				headers: { ...requestOptions.headers, ApiKey: apiKey },
			};
		});
	}
}
