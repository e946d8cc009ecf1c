import { asThrown } from '../../shared/asThrown';
import { excerpt, Fault } from '../../shared/fault';
import { unmarked } from '../../shared/quote';
import { checkRedirect } from '../../shared/responseFault';
import { maskSecrets, withoutSecrets } from '../../shared/secrets';
import { once, type Repeat } from '../../shared/retry';
import { patiently } from '../../shared/sharing';
import { destinationOf, type Addresses } from './service/destination';
import { checkParameters } from './request/check';
import { CODES, INTERNAL_FAULT, serviceFault, SESSION_CODES } from './answer/codes';
import { functionNamed, type FunctionName } from './catalogue/functions';
import { forgetPortfolio } from './memory';
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
	/** What to take out of messages, in case the service quotes what it was sent. */
	readonly secrets: readonly string[];
	/** IANA zone in which a point in time becomes a date. */
	readonly timezone: string;
	/** Why a login was refused. Further items do not try again, or the account might be locked. */
	refusal?: Fault;
}

/** How many characters of the service's message are shown. */
const MAX_WORDS = 500;

/** The decoded fields of a successful response. */
export type Answer = Reply['fields'];

/**
 * Calls a function: checks its parameters, takes the session or logs in, has the call signed and
 * sent, reads the response. Reads are retried when the connection or the service fails for a moment,
 * writes only when the service certainly never received them. When the service rejects the session, it
 * has not carried out the call: this logs in and repeats the call once.
 *
 * @param given values by the service's parameter names, as the fields hold them
 * @param repeat how the request is retried, once there is a session
 * @throws Fault in words for the user
 */
export async function call(
	connection: Connection,
	name: FunctionName,
	given: Readonly<Record<string, unknown>> = {},
	repeat: Repeat = connection.transport.repeat,
): Promise<Answer> {
	const parameters = checkParameters(name, given, connection.timezone);
	const { transport, addresses, fingerprint } = connection;
	const logIn = async () => (await requestLogin(connection, once)).sid;
	const patience = () => transport.patience?.() ?? patiently;
	// The destination is known before the login, so that each attempt to log in is a single request.
	await destinationOf(name, addresses, transport);
	const session = await transport.repeat(
		async () => await openSession(fingerprint, logIn, patience()),
	);
	const reply = await exchange(connection, name, { sid: session.sid, ...parameters }, repeat);
	if (reply.success || !SESSION_CODES.has(reply.code ?? '')) return fieldsOf(reply, name);
	const renewed = await transport.repeat(
		async () => await renewSession(fingerprint, session, logIn, patience()),
	);
	const again = await exchange(connection, name, { sid: renewed.sid, ...parameters }, repeat);
	return fieldsOf(again, name);
}

/**
 * Logs in, even if there is a session, and keeps the new session for all calls.
 *
 * @returns the response, with `sid`
 * @throws Fault in words for the user
 */
export async function login(connection: Connection): Promise<Answer> {
	const { sid, answer } = await requestLogin(connection, connection.transport.repeat);
	keepSession(connection.fingerprint, sid);
	return answer;
}

/**
 * Ends the session at the service and forgets it. Does nothing when there is none.
 *
 * @throws Fault in words for the user
 */
export async function logout(connection: Connection): Promise<void> {
	const session = currentSession(connection.fingerprint);
	if (session === undefined) return;
	forgetSession(connection.fingerprint, session);
	const reply = await exchange(connection, 'logout', { sid: session.sid });
	// It does not matter if the session had already ended.
	if (!SESSION_CODES.has(reply.code ?? '')) fieldsOf(reply, 'logout');
}

/** The credential fills in the username, password and role. */
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
		'The service accepted the login but opened no session',
		'Try again later. If it happens again, check the addresses in the credential.',
	);
}

async function exchange(
	{ transport, addresses, secrets, fingerprint }: Connection,
	name: FunctionName,
	parameters: Arguments,
	repeat: Repeat = transport.repeat,
): Promise<Reply> {
	const destination = await destinationOf(name, addresses, transport);
	const hidden = [...secrets, String(parameters.sid ?? '')];
	const attempt = async () => {
		const answer = await transport.send({ function: name, parameters }, destination);
		checkRedirect(answer, 'The service', 'Lursoft');
		return await readReply(name, answer);
	};
	try {
		const reply = await repeat(async () => await flagUncertainWrite(name, attempt));
		return reply.success ? reply : withoutSecretsIn(reply, hidden);
	} catch (error) {
		throw withoutSecrets(error, hidden);
	} finally {
		// Whatever came back: the change may have been made.
		if (functionNamed(name).effect === 'write') forgetPortfolio(fingerprint);
	}
}

/** A refusal with its words shortened and the secrets taken out. */
function withoutSecretsIn({ message, code, ...rest }: Reply, hidden: readonly string[]): Reply {
	const shown = (words: string) => maskSecrets(unmarked(excerpt(words, MAX_WORDS)), hidden);
	// A known code is left as it is, even when the password consists of the same digits.
	const isKnown = code === undefined || Object.hasOwn(CODES, code);
	return { ...rest, message: shown(message), code: isKnown ? code : shown(code) };
}

function fieldsOf(reply: Reply, name: FunctionName): Answer {
	if (reply.success) return reply.fields;
	const fault = serviceFault(reply);
	// The service may have made the change before it failed.
	const isLost = reply.code === INTERNAL_FAULT && functionNamed(name).effect === 'write';
	throw isLost ? uncertain(fault) : fault;
}

/**
 * Makes one attempt. After a write without a readable response, nobody knows whether it was carried
 * out: the fault says so, and the write is not retried.
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
