import { createHash } from 'node:crypto';

import { ConnectionFault } from '../../shared/http';
import { sessions, type Session } from './memory';

/** The service ends a session that was idle for 30 minutes; ours is renewed a little before. */
export const SESSION_LIFE = 29 * 60 * 1000;

/**
 * The name under which a credential's session is kept: a hash over all its fields, so that an
 * edited credential never meets the session of the old one, and no field can be read from it.
 */
export function fingerprint(credential: Readonly<Record<string, unknown>>): string {
	const fields = Object.entries(credential).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/**
 * The session key to call with. Logs in when there is none, or it was idle for almost 30 minutes.
 *
 * @param name the credential's fingerprint
 * @param login logs in and gives the new key; called at most once for all who wait
 * @param now milliseconds since 1970
 */
export async function sessionKey(
	name: string,
	login: () => Promise<string>,
	now = Date.now(),
): Promise<string> {
	forgetOld(now);
	const session = sessions.get(name);
	if (session?.sid !== undefined && session.login === undefined) {
		session.usedAt = now;
		return session.sid;
	}
	return await renew(name, undefined, login);
}

/**
 * A new session key in the place of one that the service no longer takes. Many may ask at once:
 * the first logs in, the others wait for it, and who comes later gets the key that is there.
 *
 * @param refused the key that was refused, undefined when there was none
 * @throws what login throws
 */
export async function renewSession(
	name: string,
	refused: string,
	login: () => Promise<string>,
): Promise<string> {
	return await renew(name, refused, login);
}

async function renew(
	name: string,
	refused: string | undefined,
	login: () => Promise<string>,
): Promise<string> {
	for (;;) {
		const session = sessionNamed(name);
		if (session.login === undefined) {
			if (session.sid !== undefined && session.sid !== refused) return session.sid;
			return await logIn(session, login);
		}
		const sid = await followLogin(session.login);
		if (sid !== undefined) return sid;
	}
}

function sessionNamed(name: string): Session {
	const kept = sessions.get(name);
	if (kept !== undefined) return kept;
	const session: Session = { sid: undefined, usedAt: Date.now(), login: undefined };
	sessions.set(name, session);
	return session;
}

async function logIn(session: Session, login: () => Promise<string>): Promise<string> {
	session.sid = undefined;
	const pending = login();
	session.login = pending;
	try {
		session.sid = await pending;
		return session.sid;
	} finally {
		session.usedAt = Date.now();
		session.login = undefined;
	}
}

/** Waits for another's login; undefined when that execution was stopped, which is not our end. */
async function followLogin(login: Promise<string>): Promise<string | undefined> {
	const [outcome] = await Promise.allSettled([login]);
	if (outcome.status === 'fulfilled') return outcome.value;
	if (outcome.reason instanceof ConnectionFault && outcome.reason.cancelled) return undefined;
	return await login;
}

/** Keeps the key of a login that a person asked for. */
export function keepSession(name: string, sid: string): void {
	const session = sessionNamed(name);
	session.sid = sid;
	session.usedAt = Date.now();
}

/** Forgets a session after its logout. */
export function forgetSession(name: string, sid: string): void {
	const session = sessions.get(name);
	if (session?.sid === sid) sessions.delete(name);
}

/** Sessions of credentials that were edited or deleted do not pile up. */
function forgetOld(now: number): void {
	for (const [name, { usedAt, login }] of sessions) {
		if (login === undefined && now - usedAt > SESSION_LIFE) sessions.delete(name);
	}
}
