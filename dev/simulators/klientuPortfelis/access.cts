/** Who may do what: roles, sessions, signatures and the rights to lists and objects. */
import { randomBytes } from 'node:crypto';
import { forge } from './forge.cts';
import { ServiceError } from './errors.cts';
import { phpJson } from './phpJson.cts';
import type { Portfolio, Right, StoredList, StoredObject } from './portfolio.cts';
import type { Parameters } from './request.cts';

/** An account's role; a test may change it at any time. */
export interface Role {
	readonly id: number;
	readonly name: string;
	username: string;
	password: string;
	/** Null: no key was made for the role (3000). */
	publicKeyPem: string | null;
	/** False: the role has no right to use the API (1001). */
	apiAllowed: boolean;
	/** How many objects the portfolio may hold (1004). */
	objectLimit: number;
}

interface Session {
	readonly roleId: number;
	readonly address: string;
	lastRequest: number;
}

const LIFETIME = 30 * 60 * 1000;

export class Sessions {
	private readonly open = new Map<string, Session>();

	constructor(private readonly now: () => number) {}

	start(roleId: number, address: string): string {
		const sid = randomBytes(16).toString('hex');
		this.open.set(sid, { roleId, address, lastRequest: this.now() });
		return sid;
	}

	/** The role of a session, which lives on; 2005, 2006 or 2007 where there is none. */
	use(sid: string, address: string): number {
		const session = this.open.get(sid);
		if (!session) throw new ServiceError(2005);
		if (session.address !== address) throw new ServiceError(2006);
		if (this.now() - session.lastRequest > LIFETIME) throw new ServiceError(2007);
		session.lastRequest = this.now();
		return session.roleId;
	}

	end(sid: string): void {
		this.open.delete(sid);
	}

	/** Makes one session, or each, older than its lifetime. */
	expire(sid?: string): void {
		for (const [key, session] of this.open) {
			if (sid === undefined || key === sid) session.lastRequest = Number.NEGATIVE_INFINITY;
		}
	}

	forget(): void {
		this.open.clear();
	}
}

/** Whether a signature in Base64 belongs to the text. */
export type Verify = (publicKeyPem: string, text: string, signature: string) => boolean;

/** By node-forge: another implementation than the node's. */
export const verifyWithForge: Verify = (publicKeyPem, text, signature) => {
	const digest = forge.md.sha256.create().update(text, 'utf8').digest().bytes();
	try {
		const bytes = forge.util.decode64(signature.replace(/\s+/g, ''));
		return forge.pki.publicKeyFromPem(publicKeyPem).verify(digest, bytes);
	} catch {
		return false; // forge throws on a signature of another length or padding
	}
};

/** The JSON is made anew from what arrived, as the service does it. */
export function checkSignature(
	role: Role,
	parameters: Parameters,
	signature: string,
	verifies: Verify,
): void {
	if (role.publicKeyPem === null) throw new ServiceError(3000);
	if (!verifies(role.publicKeyPem, phpJson(parameters), signature)) throw new ServiceError(3002);
}

const RANKS: readonly Right[] = ['READ', 'WRITE', 'DELETE', 'OWNER'];

export function hasRight(list: StoredList, roleId: number, needed: Right): boolean {
	const right = list.users.find((user) => user.id === roleId)?.rights;
	return right !== undefined && RANKS.indexOf(right) >= RANKS.indexOf(needed);
}

/** A role's list, or 2008 (unknown), 1002 (not the role's), 1005 (not with the role's rights). */
export function listFor(
	portfolio: Portfolio,
	role: Role,
	listId: number,
	needed: Right,
): StoredList {
	const list = portfolio.lists.get(listId);
	if (!list) throw new ServiceError(2008);
	if (!hasRight(list, role.id, 'READ')) throw new ServiceError(1002);
	if (!hasRight(list, role.id, needed)) throw new ServiceError(1005);
	return list;
}

/** A role's object, or 2011 (unknown), 1003 (in none of its lists), 1005 (rights too small). */
export function objectFor(
	portfolio: Portfolio,
	role: Role,
	objectId: number,
	needed: Right,
): StoredObject {
	const object = portfolio.objects.get(objectId);
	if (!object) throw new ServiceError(2011);
	const may = (right: Right): boolean =>
		object.lists.some((list) => hasRight(list, role.id, right));
	if (!may('READ')) throw new ServiceError(1003);
	if (!may(needed)) throw new ServiceError(1005);
	return object;
}
