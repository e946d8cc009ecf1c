import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { credentialTest } from '../../shared/credentialTest';
import { excerpt, Fault } from '../../shared/fault';
import { answerTo, RAW_LEGACY_REQUEST } from '../../shared/http';
import { unmarked } from '../../shared/quote';
import { once } from '../../shared/retry';
import { requestHeaders, secretsOf, SERVICE } from '../connection';
import { addressesOf, addressIn, loadWsdl } from '../protocol/service/destination';
import { login, logout, type Connection } from '../protocol/call';
import type { Transport } from '../protocol/transport';
import { fingerprint } from '../protocol/session';
import { signedEnvelope } from '../protocol/request/signedEnvelope';
import { differences } from '../protocol/service/wsdl';

/**
 * Tests a credential as its window in n8n asks for it: holds the WSDL against what the node knows,
 * then logs in and out.
 */
export async function testKlientuPortfelis(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const connection: Connection = {
		transport: transportOf(this, data),
		addresses: addressesOf(data),
		// A session of its own: a test shall show that logging in works, not that it once did.
		fingerprint: `test ${fingerprint(data)}`,
		secrets: secretsOf(data),
		timezone: 'UTC',
	};
	return await credentialTest(async () => {
		const remark = await compareWsdl(connection);
		await login(connection);
		// Logging in worked; a session that is left behind ends by itself.
		await Promise.allSettled([logout(connection)]);
		return remark;
	});
}

/** Without an Endpoint everything hangs on the WSDL; with one, a WSDL that is away is a remark. */
async function compareWsdl({ transport: port, addresses }: Connection): Promise<string> {
	const [outcome] = await Promise.allSettled([loadWsdl(addresses.wsdlUrl, port)]);
	if (outcome.status === 'rejected') {
		if (addresses.endpoint === '') throw outcome.reason;
		return ' The WSDL could not be read, so the functions of the service were not compared.';
	}
	if (addresses.endpoint === '') addressIn(outcome.value, addresses);
	const { broken, added } = differences(outcome.value);
	if (broken.length > 0) {
		throw new Fault(
			'answer',
			'The service takes other parameters than this version of the node sends',
			`Update the node; if there is no newer version, report this: ${excerpt(broken.join('; '), 1000)}.`,
		);
	}
	return added.length === 0
		? ''
		: ` The service has learned more: ${unmarked(excerpt(added.join('; '), 500))}.`;
}

/** A credential test has only n8n's older request helper, and signs by itself. */
function transportOf(
	{ helpers }: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
): Transport {
	return {
		repeat: once,
		fetch: async (uri) =>
			await answerTo(helpers.request({ method: 'GET', uri, ...RAW_LEGACY_REQUEST }), SERVICE),
		send: async ({ function: name, parameters }, { url, soapAction, namespace }) => {
			const body = signedEnvelope(data, { function: name, parameters, namespace });
			const headers = requestHeaders(soapAction);
			return await answerTo(
				helpers.request({ method: 'POST', uri: url, headers, body, ...RAW_LEGACY_REQUEST }),
				SERVICE,
			);
		},
	};
}
