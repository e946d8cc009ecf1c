import type { Operation } from '../../operation';
import { login as logIn } from '../../protocol/call';

export const login: Operation = {
	effect: 'write',
	description: [],
	async execute({ connection }) {
		return [await logIn(connection)];
	},
};
