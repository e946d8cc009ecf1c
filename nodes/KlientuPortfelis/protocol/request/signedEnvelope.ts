import { Fault } from '../../../shared/fault';
import { checkParameters } from './check';
import { isFunctionName, type FunctionName } from '../catalogue/functions';
import { buildEnvelope, NAMESPACE } from './envelope';
import { signingKey } from './privateKey';
import { canonicalJson, sign, type Arguments } from './sign';

/** A call as the node passes it to the credential. */
interface CallBody {
	readonly function: FunctionName;
	readonly parameters: Arguments;
	readonly namespace?: string;
}

function isCallBody(body: unknown): body is CallBody {
	return (
		typeof body === 'object' &&
		body !== null &&
		'function' in body &&
		isFunctionName(body.function) &&
		'parameters' in body &&
		typeof body.parameters === 'object'
	);
}

/**
 * Signs a call with the credential's key and puts it into its envelope. For login it fills in the
 * username, password and role.
 *
 * @param credential the decrypted fields of klientuPortfelisApi
 * @param body `{ function, parameters, namespace }`
 * @throws Fault (credential, input) that names the field of the credential
 */
export function signedEnvelope(
	credential: Readonly<Record<string, unknown>>,
	body: unknown,
): string {
	if (!isCallBody(body)) {
		throw new Fault(
			'credential',
			'This credential works with the Klientu Portfelis nodes only',
			'Use the Klientu Portfelis node instead of a general node such as HTTP Request.',
		);
	}
	const { function: name, namespace = NAMESPACE } = body;
	const parameters = name === 'login' ? loginParameters(credential) : body.parameters;
	const key = signingKey(String(credential.privateKey ?? ''), String(credential.passphrase ?? ''));
	return buildEnvelope(name, parameters, sign(canonicalJson(parameters), key), namespace);
}

function loginParameters({ username, password, roleId }: Readonly<Record<string, unknown>>) {
	return checkParameters('login', { username, password, role_id: roleId }, 'UTC');
}
