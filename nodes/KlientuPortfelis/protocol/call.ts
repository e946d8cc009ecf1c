import { Fault } from '../../shared/errors';
import { ConnectionFault } from '../../shared/http';
import { destinationOf, type Addresses } from './address';
import { checkParameters } from './check';
import { serviceFault, SESSION_CODES } from './errors';
import { functionNamed, type FunctionName } from './functions';
import type { Port } from './port';
import { forgetSession, keepSession, renewSession, sessionKey } from './session';
import type { Parameters } from './signer';
import { readReply, type Reply } from './soap';

/** One credential's connection to the service. */
export interface Connection {
	readonly port: Port;
	readonly addresses: Addresses;
	/** The name of the credential's session (session.ts, fingerprint). */
	readonly fingerprint: string;
	/** IANA zone in which a point of time becomes a date. */
	readonly timezone: string;
}

/** The decoded fields of a successful answer. */
export type Answer = Reply['fields'];

/**
 * Calls a function: checks its parameters, takes the session or logs in, has the call signed and
 * sent, reads the answer. When the service no longer takes the session, logs in and repeats the
 * call once; it has not been carried out then.
 *
 * @param given values by the service's parameter names, as the fields hold them
 * @throws Fault in words for the user
 */
export async function call(
	connection: Connection,
	name: FunctionName,
	given: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
	const parameters = checkParameters(name, given, connection.timezone);
	const renewedBy = async () => String((await requestLogin(connection)).sid);
	const sid = await sessionKey(connection.fingerprint, renewedBy);
	const reply = await exchange(connection, name, { sid, ...parameters });
	if (reply.success || !SESSION_CODES.has(reply.code ?? '')) return fieldsOf(reply);
	const newSid = await renewSession(connection.fingerprint, sid, renewedBy);
	return fieldsOf(await exchange(connection, name, { sid: newSid, ...parameters }));
}

/**
 * Logs in, whether or not there is a session, and keeps the new one for all calls.
 *
 * @returns the answer, with `sid`
 * @throws Fault in words for the user
 */
export async function login(connection: Connection): Promise<Answer> {
	const answer = await requestLogin(connection);
	keepSession(connection.fingerprint, String(answer.sid));
	return answer;
}

/**
 * Ends the session at the service and forgets it.
 *
 * @throws Fault in words for the user
 */
export async function logout(connection: Connection): Promise<void> {
	const sid = await sessionKey(connection.fingerprint, async () =>
		String((await requestLogin(connection)).sid),
	);
	forgetSession(connection.fingerprint, sid);
	const reply = await exchange(connection, 'logout', { sid });
	// A session that is over already is what was asked for.
	if (!SESSION_CODES.has(reply.code ?? '')) fieldsOf(reply);
}

/** The credential fills in who logs in. */
async function requestLogin(connection: Connection): Promise<Answer> {
	const answer = fieldsOf(await exchange(connection, 'login', {}));
	if (typeof answer.sid === 'string' && answer.sid !== '') return answer;
	throw new Fault(
		'answer',
		'The service accepted the login but gave no session',
		'Try again later. If it stays, check the addresses in the credential.',
	);
}

async function exchange(
	{ port, addresses }: Connection,
	name: FunctionName,
	parameters: Parameters,
): Promise<Reply> {
	const destination = await destinationOf(name, addresses, port);
	try {
		const answer = await port.send({ function: name, parameters }, destination);
		if (answer.status >= 300 && answer.status < 400) throw redirected(answer.location);
		return readReply(name, answer);
	} catch (error) {
		throw withDoubt(name, error);
	}
}

function redirected(location = 'nowhere'): Fault {
	return new Fault(
		'service',
		'The service sent the call on to another address',
		`A signed call is not sent on by itself. If Lursoft confirms the address, put it into the credential's Endpoint field: ${location}`,
	);
}

function fieldsOf(reply: Reply): Answer {
	if (reply.success) return reply.fields;
	throw serviceFault(reply);
}

/** After a write without a readable answer nobody knows whether it was carried out. */
function withDoubt(name: FunctionName, error: unknown): unknown {
	const lost =
		error instanceof ConnectionFault
			? error.maybeSent
			: error instanceof Fault && error.kind === 'answer';
	if (!(error instanceof Fault) || !lost || functionNamed(name).kind !== 'write') return error;
	return new Fault(
		error.kind,
		error.message,
		`The change may have been made all the same: look it up in Klientu Portfelis before you run this again. ${error.description}`,
		error.details,
	);
}
