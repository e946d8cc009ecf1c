import { createHash } from 'node:crypto';

import { patiently, share, type Patience } from '../../shared/sharing';
import { nextLogin, sessions, type Session, type SessionKey } from './memory';

/** The service ends a session after 30 idle minutes. It is renewed a little earlier here. */
export const SESSION_LIFE = 29 * 60 * 1000;

/**
 * The name under which a credential's session is kept: a hash over all its fields. After an edit, the
 * credential gets a session of its own, and no field can be read from the name.
 */
export function fingerprint(credential: Readonly<Record<string, unknown>>): string {
	const fields = Object.entries(credential).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/**
 * The session to call with. Logs in when there is none, or when it was idle for almost 30 minutes.
 *
 * @param name the credential's fingerprint
 * @param login makes one attempt to log in and gives the new key, for all callers that wait
 * @param wait how long the caller waits
 * @param now milliseconds since 1970
 * @throws what login and wait throw
 */
export async function openSession(
	name: string,
	login: () => Promise<string>,
	wait: Patience = patiently,
	now = Date.now(),
): Promise<SessionKey> {
	forgetOld(now);
	const session = sessions.get(name);
	if (session?.sid !== undefined && session.login === undefined) {
		session.usedAt = now;
		return { sid: session.sid, number: session.number };
	}
	return await renewSession(name, undefined, login, wait);
}

/** The open session, if there is one; does not log in. */
export function currentSession(name: string): SessionKey | undefined {
	const session = sessions.get(name);
	return session?.sid === undefined ? undefined : { sid: session.sid, number: session.number };
}

/**
 * A new session instead of one that the service rejected. Many callers may ask at once: the first one
 * logs in, the others wait for it, and later ones get the new session.
 *
 * @param refused the session that was refused, undefined when there was none
 * @param login makes one attempt to log in and gives the new key
 * @param wait how long the caller waits
 * @throws what login and wait throw
 */
export async function renewSession(
	name: string,
	refused: SessionKey | undefined,
	login: () => Promise<string>,
	wait: Patience = patiently,
): Promise<SessionKey> {
	return await share(
		() => {
			const current = currentSession(name);
			return current?.number === refused?.number ? undefined : current;
		},
		() => sessions.get(name)?.login,
		async () => await logIn(sessionNamed(name), login),
		wait,
	);
}

function sessionNamed(name: string): Session {
	const kept = sessions.get(name);
	if (kept !== undefined) return kept;
	const session: Session = { sid: undefined, number: 0, usedAt: Date.now(), login: undefined };
	sessions.set(name, session);
	return session;
}

async function logIn(session: Session, login: () => Promise<string>): Promise<SessionKey> {
	session.sid = undefined;
	const pending = login().then((sid) => keep(session, sid));
	session.login = pending;
	try {
		return await pending;
	} finally {
		session.usedAt = Date.now();
		session.login = undefined;
	}
}

function keep(session: Session, sid: string): SessionKey {
	session.sid = sid;
	session.number = nextLogin();
	return { sid, number: session.number };
}

/** Keeps the key of a login that was made for its own sake (Session → Login). */
export function keepSession(name: string, sid: string): void {
	const session = sessionNamed(name);
	keep(session, sid);
	session.usedAt = Date.now();
}

/** Forgets a session at logout. */
export function forgetSession(name: string, key: SessionKey): void {
	if (sessions.get(name)?.number === key.number) sessions.delete(name);
}

/** Sessions of edited or deleted credentials must not accumulate. */
function forgetOld(now: number): void {
	for (const [name, { usedAt, login }] of sessions) {
		if (login === undefined && now - usedAt > SESSION_LIFE) sessions.delete(name);
	}
}
