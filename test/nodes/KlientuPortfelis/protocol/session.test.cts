/** One session for each credential, however many executions ask for it, and whatever happens to it. */
import fc from 'fast-check';

import { sessions, type SessionKey } from '../../../../nodes/KlientuPortfelis/protocol/memory';
import {
	currentSession,
	fingerprint,
	forgetSession,
	keepSession,
	openSession,
	renewSession,
	SESSION_LIFE,
} from '../../../../nodes/KlientuPortfelis/protocol/session';
import { Fault } from '../../../../nodes/shared/fault';

const NAME = 'credential';

beforeEach(() => {
	sessions.clear();
	jest.useFakeTimers({ now: 1_000_000, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => jest.useRealTimers());

/** A login that ends when the test says so. */
function logins() {
	const begun: Array<{ succeed: (sid: string) => void; fail: (reason: Error) => void }> = [];
	const login = async () =>
		await new Promise<string>((succeed, fail) => void begun.push({ succeed, fail }));
	return { begun, login };
}

const logIn = (sid: string) => async () => await Promise.resolve(sid);
const noLogin = async () => await Promise.reject(new Error('No login was expected'));
/** All that can go on has gone on. */
const settled = async () => await new Promise((resolve) => setImmediate(resolve));
const sidOf = ({ sid }: SessionKey) => sid;

describe('fingerprint', () => {
	const field = fc.oneof(fc.string(), fc.integer(), fc.boolean());
	const credential = fc.dictionary(fc.string(), field, { noNullPrototype: true });

	test('is the same for the same fields in any order, and for others it differs', () => {
		fc.assert(
			fc.property(credential, fc.string(), field, (fields, name, value) => {
				const same = Object.fromEntries(Object.entries(fields).reverse());
				expect(fingerprint(same)).toBe(fingerprint(fields));
				const changed = { ...fields, [name]: value };
				const isSame = Object.hasOwn(fields, name) && fields[name] === value;
				expect(fingerprint(changed) === fingerprint(fields)).toBe(isSame);
			}),
		);
	});

	test('is a SHA-256 hash, from which no field can be read', () => {
		// echo -n '[["password","b"],["username","a"]]' | sha256sum
		expect(fingerprint({ username: 'a', password: 'b' })).toBe(
			'57d193651989ea2cff8da10c034638a4fd1aaf600ed876547179cf8f73b1767b',
		);
	});
});

describe('openSession', () => {
	test('logs in once, then gives the same session', async () => {
		const first = await openSession(NAME, logIn('one'));
		expect(first.sid).toBe('one');
		expect(await openSession(NAME, noLogin)).toEqual(first);
		expect(currentSession(NAME)).toEqual(first);
		expect(currentSession('other')).toBeUndefined();
	});

	test('keeps the sessions of credentials apart', async () => {
		await openSession(NAME, logIn('one'));
		expect((await openSession('other', logIn('two'))).sid).toBe('two');
		expect((await openSession(NAME, noLogin)).sid).toBe('one');
	});

	test('gives each login a number of its own, even with the same key', async () => {
		const first = await openSession(NAME, logIn('one'));
		const second = await renewSession(NAME, first, logIn('one'));
		const third = await openSession('other', logIn('one'));
		expect(new Set([first, second, third].map(({ number }) => number)).size).toBe(3);
	});

	test('keeps a session that is used for 29 minutes after each use, and not longer', async () => {
		const start = Date.now();
		await openSession(NAME, logIn('one'), undefined, start);
		await openSession(NAME, noLogin, undefined, start + SESSION_LIFE);
		await openSession(NAME, noLogin, undefined, start + 2 * SESSION_LIFE);
		const late = start + 3 * SESSION_LIFE + 1;
		expect((await openSession(NAME, logIn('two'), undefined, late)).sid).toBe('two');
		expect(SESSION_LIFE).toBe(29 * 60_000);
	});

	test('forgets the old sessions of other credentials too, but none that is logging in', async () => {
		const { begun, login } = logins();
		await openSession('edited', logIn('old'));
		const pending = openSession('busy', login);
		await openSession(NAME, logIn('one'), undefined, Date.now() + SESSION_LIFE + 1);
		expect([...sessions.keys()]).toEqual(['busy', NAME]);
		begun[0]?.succeed('late');
		expect((await pending).sid).toBe('late');
	});

	test('counts the idle time from the end of the login', async () => {
		const { begun, login } = logins();
		const pending = openSession(NAME, login);
		jest.setSystemTime(Date.now() + SESSION_LIFE);
		begun[0]?.succeed('one');
		await pending;
		await openSession(NAME, noLogin, undefined, Date.now() + SESSION_LIFE);
	});

	test('waits by the rules of the caller', async () => {
		const tired = async () => await Promise.reject(new Fault('connection', 'Too long', ''));
		await expect(openSession(NAME, logIn('one'), tired)).rejects.toThrow('Too long');
	});
});

describe('renewSession', () => {
	test('callers with a refused session cause one login, whenever they notice', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), async (isLate) => {
				sessions.clear();
				const { begun, login } = logins();
				const refused = await openSession(NAME, logIn('old'));
				const early = isLate.filter((late) => !late);
				const waiting = early.map(async () => await renewSession(NAME, refused, login));
				await settled();
				expect(currentSession(NAME)).toEqual(early.length > 0 ? undefined : refused);
				begun[0]?.succeed('new');
				if (early.length === 0) await renewSession(NAME, refused, logIn('new'));
				const late = isLate
					.filter((one) => one)
					.map(async () => await renewSession(NAME, refused, login));
				const given = await Promise.all([...waiting, ...late]);
				expect(new Set(given.map(sidOf)).size).toBeLessThanOrEqual(1);
				expect(begun.length).toBeLessThanOrEqual(1);
				expect(currentSession(NAME)?.sid).toBe('new');
			}),
		);
	});

	test('those who open a session meanwhile wait for the same login', async () => {
		const { begun, login } = logins();
		const refused = await openSession(NAME, logIn('old'));
		const renewed = renewSession(NAME, refused, login);
		const opened = openSession(NAME, noLogin);
		begun[0]?.succeed('new');
		expect((await opened).sid).toBe('new');
		expect(await renewed).toEqual(await opened);
	});

	test('a login that fails leaves nothing behind: the next caller logs in', async () => {
		const { begun, login } = logins();
		const refused = await openSession(NAME, logIn('old'));
		const failing = renewSession(NAME, refused, login);
		const waiting = openSession(NAME, noLogin);
		begun[0]?.fail(new Fault('service', 'Refused', ''));
		await expect(failing).rejects.toThrow('Refused');
		await expect(waiting).rejects.toThrow('Refused');
		expect(currentSession(NAME)).toBeUndefined();
		expect((await openSession(NAME, logIn('new'))).sid).toBe('new');
	});

	test('a login without an earlier session does not log in when somebody else has', async () => {
		const session = await openSession(NAME, logIn('one'));
		expect(await renewSession(NAME, undefined, noLogin)).toEqual(session);
	});
});

describe('keepSession and forgetSession', () => {
	test('a login for its own sake is used from then on, as if just used', async () => {
		await openSession(NAME, logIn('one'));
		jest.setSystemTime(Date.now() + SESSION_LIFE);
		keepSession(NAME, 'two');
		const session = await openSession(NAME, noLogin, undefined, Date.now() + SESSION_LIFE);
		expect(session.sid).toBe('two');
		keepSession('new', 'three');
		expect((await openSession('new', noLogin)).sid).toBe('three');
	});

	test('a logout forgets the session that was ended, and no newer one', async () => {
		const first = await openSession(NAME, logIn('one'));
		const second = await renewSession(NAME, first, logIn('two'));
		forgetSession(NAME, first);
		expect(currentSession(NAME)).toEqual(second);
		forgetSession(NAME, second);
		expect(currentSession(NAME)).toBeUndefined();
		expect(() => forgetSession(NAME, second)).not.toThrow();
	});
});
