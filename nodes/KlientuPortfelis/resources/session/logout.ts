import type { Operation } from '../../operation';
import { logout as logOut } from '../../protocol/call';

export const logout: Operation = {
	effect: 'write',
	description: [],
	async execute({ connection }) {
		await logOut(connection);
		return [{ loggedOut: true }];
	},
};
