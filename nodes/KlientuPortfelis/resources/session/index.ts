import { resource } from '../../../shared/resource';
import { login } from './login';
import { logout } from './logout';

export const session = resource('session', 'login', [
	{
		name: 'Login',
		value: 'login',
		action: 'Log in to the service',
		description: 'Open a new session and get its key; every other operation does so by itself',
		operation: login,
	},
	{
		name: 'Logout',
		value: 'logout',
		action: 'Log out of the service',
		description: 'End the session; the next operation opens a new one',
		operation: logout,
	},
]);
