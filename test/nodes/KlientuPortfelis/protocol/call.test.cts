/** Calls, logins and logouts: what is sent, and what becomes of a session that the service rejects. */
import {
	call,
	login,
	logout,
	type Connection,
} from '../../../../nodes/KlientuPortfelis/protocol/call';
import { portfolios, sessions } from '../../../../nodes/KlientuPortfelis/protocol/memory';
import { currentSession } from '../../../../nodes/KlientuPortfelis/protocol/session';
import { lost, writesTo, type Fate, type Write } from './portfolio/writes.cts';

const sid = (text: string): Fate => ({ xml: `<sid>${text}</sid>` });

/** A service that answers as the test says, and a connection that has no session yet. */
function serviceWith(answer: (write: Write, number: number) => Fate) {
	const { connection, sent } = writesTo(answer);
	sessions.clear();
	return { connection, functions: () => sent.map(({ function: name }) => name) };
}
const keyOf = ({ fingerprint }: Connection) => currentSession(fingerprint)?.sid;

describe('a call', () => {
	test('logs in once, and later calls use the session', async () => {
		const { connection, functions } = serviceWith(({ function: name }) =>
			name === 'login' ? sid(' s1 ') : null,
		);
		await call(connection, 'get_lists');
		await call(connection, 'get_lists');
		expect(functions()).toEqual(['login', 'get_lists', 'get_lists']);
		expect(keyOf(connection)).toBe('s1');
	});

	test.each([2005, 2006, 2007])('logs in again after %d, and is repeated once', async (code) => {
		let logins = 0;
		const answer = ({ function: name }: Write, number: number): Fate => {
			if (name === 'login') return sid(`s${++logins}`);
			return number === 1 ? code : null;
		};
		const { connection, functions } = serviceWith(answer);
		await call(connection, 'get_lists');
		expect(functions()).toEqual(['login', 'get_lists', 'login', 'get_lists']);
		expect(keyOf(connection)).toBe('s2');
	});

	test('that is rejected again ends with that', async () => {
		const { connection, functions } = serviceWith(({ function: name }) =>
			name === 'login' ? sid('s') : 2005,
		);
		await expect(call(connection, 'get_lists')).rejects.toMatchObject({
			details: { code: '2005' },
		});
		expect(functions()).toHaveLength(4);
	});

	test('whose login is refused does not try again on the same connection', async () => {
		const { connection, functions } = serviceWith(() => 2003);
		const refused = { kind: 'service', details: { code: '2003' } };
		await expect(call(connection, 'get_lists')).rejects.toMatchObject(refused);
		await expect(call(connection, 'get_lists')).rejects.toMatchObject(refused);
		expect(functions()).toEqual(['login']);
	});

	test.each([
		['no key', null],
		['an empty key', sid('  ')],
	])('whose login gives %s ends with a message', async (_name, fate) => {
		const { connection } = serviceWith(() => fate);
		await expect(call(connection, 'get_lists')).rejects.toThrow('but opened no session');
	});

	test('that changes something says when the change may have been made', async () => {
		const parameters = { id: 5 };
		for (const fate of [lost(), 1000]) {
			const { connection } = serviceWith(({ function: name }) =>
				name === 'login' ? sid('s') : fate,
			);
			portfolios.set(connection.fingerprint, { readAt: 0 });
			await expect(call(connection, 'delete_object', parameters)).rejects.toMatchObject({
				description: expect.stringContaining('The change may have been made anyway'),
				details: { uncertain: true, transient: false },
			});
			// The editor's searches must not show what may be gone.
			expect(portfolios.has(connection.fingerprint)).toBe(false);
			await expect(call(connection, 'get_lists')).rejects.toMatchObject({
				description: expect.not.stringContaining('may have been made'),
			});
		}
	});
});

describe('login and logout for their own sake', () => {
	test('a login is kept, even if there is a session', async () => {
		let logins = 0;
		const { connection, functions } = serviceWith(() => sid(`s${++logins}`));
		expect(await login(connection)).toMatchObject({ sid: 's1' });
		expect(await login(connection)).toMatchObject({ sid: 's2' });
		expect(functions()).toEqual(['login', 'login']);
		expect(keyOf(connection)).toBe('s2');
	});

	test.each<[string, Fate]>([
		['is accepted', null],
		['finds that the session has ended already', 2005],
	])('a logout that %s forgets the session', async (_name, fate) => {
		const { connection, functions } = serviceWith(({ function: name }) =>
			name === 'login' ? sid('s') : fate,
		);
		await login(connection);
		await logout(connection);
		expect(keyOf(connection)).toBeUndefined();
		await logout(connection);
		expect(functions()).toEqual(['login', 'logout']);
	});

	test('a logout that is refused says so', async () => {
		const { connection } = serviceWith(({ function: name }) =>
			name === 'login' ? sid('s') : 1000,
		);
		await login(connection);
		await expect(logout(connection)).rejects.toMatchObject({ details: { code: '1000' } });
	});
});
