import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { credentialTest } from '../../shared/credentialTest';
import { answerTo, RAW_LEGACY_REQUEST, TIMEOUT } from '../../shared/http';
import { once } from '../../shared/retry';
import { SERVICE } from '../connection';
import { accessOf } from '../protocol/access';
import { checkKey, type Connection } from '../protocol/call';
import { paced } from '../protocol/limiter';

/** Tests a credential as its window in n8n asks for it, by a request that fetches no row. */
export async function testRivile(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const access = accessOf(data);
	const timezone = 'UTC';
	const send = paced(access, { timeout: () => TIMEOUT, timezone }, senderOf(this, access.apiKey));
	return await credentialTest(async () => {
		await checkKey({ ...access, timezone, repeat: once, send });
		return '';
	});
}

/** A credential test has only n8n's older request helper, so it adds the key itself. */
function senderOf({ helpers }: ICredentialTestFunctions, apiKey: string): Connection['send'] {
	return async ({ url, headers, body }) =>
		await answerTo(
			async () =>
				await helpers.request({
					method: 'POST',
					uri: url,
					headers: { ...headers, ApiKey: apiKey },
					body,
					...RAW_LEGACY_REQUEST,
				}),
			SERVICE,
		);
}
