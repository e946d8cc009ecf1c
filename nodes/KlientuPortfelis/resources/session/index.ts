import { resource } from '../../../shared/resource';
import { login } from './login';
import { logout } from './logout';

export const session = resource('session', 'login', [
	{
		name: 'Login',
		value: 'login',
		action: 'Log in to Klientu Portfelis',
		description: 'Open a new session and get its key. The other operations log in automatically.',
		operation: login,
	},
	{
		name: 'Logout',
		value: 'logout',
		action: 'Log out of Klientu Portfelis',
		description: 'End the session. The next operation opens a new one.',
		operation: logout,
	},
]);
