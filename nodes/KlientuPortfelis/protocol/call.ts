import { asThrown } from '../../shared/asThrown';
import { excerpt, Fault } from '../../shared/fault';
import { unmarked } from '../../shared/quote';
import { maskSecrets, withoutSecrets } from '../../shared/secrets';
import { once, type Repeat } from '../../shared/retry';
import { patiently } from '../../shared/sharing';
import { destinationOf, type Addresses } from './service/destination';
import { checkParameters } from './request/check';
import { CODES, INTERNAL_FAULT, serviceFault, SESSION_CODES } from './answer/codes';
import { functionNamed, type FunctionName } from './catalogue/functions';
import type { Transport } from './transport';
import { currentSession, forgetSession, keepSession, openSession, renewSession } from './session';
import type { Arguments } from './request/sign';
import { readReply, type Reply } from './answer/reply';

/** One credential's connection to the service, for one execution. */
export interface Connection {
	readonly transport: Transport;
	readonly addresses: Addresses;
	/** The name of the credential's session (session.ts, fingerprint). */
	readonly fingerprint: string;
	/** What must not come back in a message, should the service quote what it was sent. */
	readonly secrets: readonly string[];
	/** IANA zone in which a point of time becomes a date. */
	readonly timezone: string;
	/** The refusal of a login: further items do not try it again, or the account might be locked. */
	refusal?: Fault;
}

/** The longest words of the service that are shown. */
const MAX_WORDS = 500;

/** The decoded fields of a successful answer. */
export type Answer = Reply['fields'];

/**
 * Calls a function: checks its parameters, takes the session or logs in, has the call signed and
 * sent, reads the answer. Calls that change nothing are tried again when the connection or the
 * service falters, others only when they certainly have not reached the service. When the service no
 * longer takes the session, logs in and repeats the call once; it has not been carried out then.
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
	const { transport, addresses, fingerprint } = connection;
	const logIn = async () => (await requestLogin(connection, once)).sid;
	const patience = () => transport.patience?.() ?? patiently;
	// Where to send it is found out before the login, which then makes a single request an attempt.
	await destinationOf(name, addresses, transport);
	const session = await transport.repeat(
		async () => await openSession(fingerprint, logIn, patience()),
	);
	const reply = await exchange(connection, name, { sid: session.sid, ...parameters });
	if (reply.success || !SESSION_CODES.has(reply.code ?? '')) return fieldsOf(reply, name);
	const renewed = await transport.repeat(
		async () => await renewSession(fingerprint, session, logIn, patience()),
	);
	return fieldsOf(await exchange(connection, name, { sid: renewed.sid, ...parameters }), name);
}

/**
 * Logs in, whether or not there is a session, and keeps the new one for all calls.
 *
 * @returns the answer, with `sid`
 * @throws Fault in words for the user
 */
export async function login(connection: Connection): Promise<Answer> {
	const { sid, answer } = await requestLogin(connection, connection.transport.repeat);
	keepSession(connection.fingerprint, sid);
	return answer;
}

/**
 * Ends the session at the service and forgets it; does nothing when there is none.
 *
 * @throws Fault in words for the user
 */
export async function logout(connection: Connection): Promise<void> {
	const session = currentSession(connection.fingerprint);
	if (session === undefined) return;
	forgetSession(connection.fingerprint, session);
	const reply = await exchange(connection, 'logout', { sid: session.sid });
	// A session that is over already is what was asked for.
	if (!SESSION_CODES.has(reply.code ?? '')) fieldsOf(reply, 'logout');
}

/** The credential fills in who logs in. */
async function requestLogin(
	connection: Connection,
	repeat: Repeat,
): Promise<{ sid: string; answer: Answer }> {
	if (connection.refusal !== undefined) throw connection.refusal;
	const reply = await exchange(connection, 'login', {}, repeat);
	if (!reply.success) connection.refusal = serviceFault(reply);
	const answer = fieldsOf(reply, 'login');
	const sid = typeof answer.sid === 'string' ? answer.sid.trim() : '';
	if (sid !== '') return { sid, answer: { ...answer, sid } };
	throw new Fault(
		'answer',
		'The service accepted the login but gave no session',
		'Try again later. If it stays, check the addresses in the credential.',
	);
}

async function exchange(
	{ transport, addresses, secrets }: Connection,
	name: FunctionName,
	parameters: Arguments,
	repeat: Repeat = transport.repeat,
): Promise<Reply> {
	const destination = await destinationOf(name, addresses, transport);
	const hidden = [...secrets, String(parameters.sid ?? '')];
	const attempt = async () => {
		const answer = await transport.send({ function: name, parameters }, destination);
		if (answer.status >= 300 && answer.status < 400) throw redirected(answer.location);
		return await readReply(name, answer);
	};
	try {
		const reply = await repeat(async () => await flagUncertainWrite(name, attempt));
		return reply.success ? reply : withoutSecretsIn(reply, hidden);
	} catch (error) {
		throw withoutSecrets(error, hidden);
	}
}

/** A refusal with its words shortened and the secrets taken out. */
function withoutSecretsIn({ message, code, ...rest }: Reply, hidden: readonly string[]): Reply {
	const shown = (words: string) => maskSecrets(unmarked(excerpt(words, MAX_WORDS)), hidden);
	// A known code is left as it is, even when the password consists of the same digits.
	const isKnown = code === undefined || Object.hasOwn(CODES, code);
	return { ...rest, message: shown(message), code: isKnown ? code : shown(code) };
}

function redirected(location = 'nowhere'): Fault {
	return new Fault(
		'service',
		'The service sent the call on to another address',
		`A signed call is not sent on by itself. If Lursoft confirms the address, put it into the credential's Endpoint field: ${excerpt(location)}`,
	);
}

function fieldsOf(reply: Reply, name: FunctionName): Answer {
	if (reply.success) return reply.fields;
	const fault = serviceFault(reply);
	// What breaks down inside the service may do so after the change was made.
	const isLost = reply.code === INTERNAL_FAULT && functionNamed(name).effect === 'write';
	throw isLost ? uncertain(fault) : fault;
}

/**
 * Makes one attempt. After a write without a readable response, nobody knows whether it was carried
 * out. The fault says so, and is not retried.
 */
async function flagUncertainWrite<Result>(
	name: FunctionName,
	attempt: () => Promise<Result>,
): Promise<Result> {
	try {
		return await attempt();
	} catch (error) {
		const isUncertain = functionNamed(name).effect === 'write' && mayHaveArrived(error);
		throw isUncertain ? uncertain(error) : asThrown(error);
	}
}

function mayHaveArrived(error: unknown): error is Fault {
	return error instanceof Fault && (error.kind === 'answer' || error.details.maybeSent === true);
}

function uncertain(fault: Fault): Fault {
	return fault.with({
		description: (words) =>
			`The change may have been made anyway: look it up in Klientu Portfelis before you run this again. ${words}`,
		details: { transient: false, uncertain: true },
	});
}
