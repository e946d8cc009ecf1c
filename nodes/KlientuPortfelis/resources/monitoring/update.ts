import type { Operation } from '../../operation';
import { call } from '../../protocol/call';
import { one } from '../results';
import { monitoringFields, monitoringSettings } from './settings';

export const update: Operation = {
	effect: 'write',
	description: monitoringFields(
		'The list whose monitoring to change. This replaces all settings, so include the ones that you want to keep.',
	),
	async execute(context) {
		const settings = monitoringSettings(context);
		return [one(await call(context.connection, 'update_list_monitoring', settings), 'monitoring')];
	},
};
