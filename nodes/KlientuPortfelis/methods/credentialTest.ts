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
import { differences, type Wsdl } from '../protocol/service/wsdl';

/**
 * Tests a credential when it is saved in n8n: compares the WSDL with the catalogue, then logs in and
 * out.
 */
export async function testKlientuPortfelis(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const connection: Connection = {
		transport: transportOf(this, data),
		addresses: addressesOf(data),
		// A session of its own: the test must log in, not use a session that is open already.
		fingerprint: `test ${fingerprint(data)}`,
		secrets: secretsOf(data),
		timezone: 'UTC',
	};
	return await credentialTest(async () => {
		const remark = await compareWsdl(connection);
		await login(connection);
		await tryToLogOut(connection);
		return remark;
	});
}

/** The login has worked; a session that stays open ends by itself after half an hour. */
async function tryToLogOut(connection: Connection): Promise<void> {
	try {
		await logout(connection);
	} catch {
		// The test has passed anyway.
	}
}

/**
 * Compares the WSDL with the catalogue.
 *
 * @returns a sentence to add to the result, or nothing
 * @throws Fault in words for the user
 */
async function compareWsdl(connection: Connection): Promise<string> {
	const wsdl = await wsdlOf(connection);
	if (wsdl === undefined) {
		return ' The WSDL could not be read, so the functions of the service were not compared.';
	}
	const { broken, added } = differences(wsdl);
	if (broken.length > 0) {
		throw new Fault(
			'answer',
			'The service expects other parameters than this version of the node sends',
			`Update the node. If there is no newer version, report this: ${excerpt(broken.join('; '), 1000)}.`,
		);
	}
	return added.length === 0
		? ''
		: ` The service offers more than this version of the node uses: ${unmarked(excerpt(added.join('; '), 500))}.`;
}

/** @returns undefined when it cannot be read and is not needed, because Endpoint is filled in */
async function wsdlOf({ transport, addresses }: Connection): Promise<Wsdl | undefined> {
	if (addresses.endpoint === '') {
		const wsdl = await loadWsdl(addresses.wsdlUrl, transport);
		addressIn(wsdl, addresses);
		return wsdl;
	}
	try {
		return await loadWsdl(addresses.wsdlUrl, transport);
	} catch {
		return undefined;
	}
}

/** n8n gives a credential test only its older request helper, which does not sign: it is done here. */
function transportOf(
	{ helpers }: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
): Transport {
	return {
		repeat: once,
		fetch: async (uri) =>
			await answerTo(
				async () => await helpers.request({ method: 'GET', uri, ...RAW_LEGACY_REQUEST }),
				SERVICE,
			),
		send: async ({ function: name, parameters }, { url, soapAction, namespace }) => {
			const body = signedEnvelope(data, { function: name, parameters, namespace });
			const headers = requestHeaders(soapAction);
			const request = { method: 'POST', uri: url, headers, body, ...RAW_LEGACY_REQUEST } as const;
			return await answerTo(async () => await helpers.request(request), SERVICE);
		},
	};
}
