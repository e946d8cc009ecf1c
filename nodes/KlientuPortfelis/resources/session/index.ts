import type { INodeProperties } from 'n8n-workflow';

import { resource } from '../../../shared/resource';
import { login } from './login';
import { logout } from './logout';

const { description, operations } = resource('session', 'login', [
	{
		name: 'Logout',
		value: 'logout',
		action: 'Log out of Klientu Portfelis',
		description: 'End the session. The next operation opens a new one.',
		operation: logout,
	},
	{
		name: 'Login',
		value: 'login',
		action: 'Log in to Klientu Portfelis',
		description:
			'Open a new session and get its key. You do not need this: the other operations log in automatically.',
		operation: login,
	},
]);

export const session = { description: description.flatMap(withoutLoginForAgents), operations };

/** The node as a tool does not offer Login, which would hand a session key to a language model. */
function withoutLoginForAgents(field: INodeProperties): INodeProperties[] {
	if (field.name !== 'operation') return [field];
	const shownIf = (isTool: boolean) => ({
		displayOptions: { show: { ...field.displayOptions?.show, '@tool': [isTool] } },
	});
	const options = field.options?.filter((option) => 'value' in option && option.value !== 'login');
	return [
		{ ...field, ...shownIf(false) },
		{ ...field, ...shownIf(true), options, default: 'logout' },
	];
}
