import type { Operation } from '../../operation';
import { call } from '../../protocol/call';
import { one } from '../results';
import { monitoringFields, monitoringSettings } from './settings';

export const create: Operation = {
	effect: 'write',
	description: monitoringFields('The list to monitor'),
	async execute(context) {
		const settings = await monitoringSettings(context);
		return [one(await call(context.connection, 'add_list_monitoring', settings), 'monitoring')];
	},
};
