/**
 * What is kept as long as the process runs. The build makes this module a file of its own, so that the
 * node and the trigger, which are separate bundles, share it.
 */
import type { PortfolioEntry } from './portfolio/entry';
import type { Wsdl } from './service/wsdl';

/** The key of a session, as a call uses it. */
export interface SessionKey {
	readonly sid: string;
	readonly number: number;
}

/** A session with the service. */
export interface Session {
	/** The session key, undefined before the first login and after a logout. */
	sid: string | undefined;
	/** The number of its login, which distinguishes it from an earlier session with the same key. */
	number: number;
	/** When the last call with it was sent, in milliseconds since 1970. */
	usedAt: number;
	/** The login in progress, which everyone waits for. */
	login: Promise<SessionKey> | undefined;
}

/** Sessions by the fingerprint of their credential. */
export const sessions = new Map<string, Session>();

let logins = 0;

/** A number that no other login of this process has. */
export const nextLogin = (): number => ++logins;

/** Each WSDL that was read, by its URL. */
export const wsdls = new Map<string, Promise<Wsdl>>();

/** A credential's objects, as the editor's searches keep them for a moment. */
export interface KeptPortfolio {
	/** When they had been read, in milliseconds since 1970; Infinity before. */
	readAt: number;
	entries?: readonly PortfolioEntry[];
	/** The read under way, which everyone waits for. */
	reading?: Promise<readonly PortfolioEntry[]> | undefined;
}

/** Portfolios by the fingerprint of their credential (portfolio/kept.ts). */
export const portfolios = new Map<string, KeptPortfolio>();

/** Ends the minute for which a portfolio is kept, as it may have changed. */
export function forgetPortfolio(fingerprint: string): void {
	portfolios.delete(fingerprint);
}
