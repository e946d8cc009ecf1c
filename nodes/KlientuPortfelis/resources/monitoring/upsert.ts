import type { Operation } from '../../operation';
import { call } from '../../protocol/call';
import { findMonitoring, hasSettings } from '../../protocol/portfolio/monitoring';
import { checkParameters } from '../../protocol/request/check';
import { one } from '../results';
import { monitoringFields, monitoringSettings } from './settings';

export const upsert: Operation = {
	effect: 'write',
	description: monitoringFields('The list that must be monitored with exactly these settings'),
	async execute(context) {
		const { connection } = context;
		const given = await monitoringSettings(context);
		const settings = checkParameters('update_list_monitoring', given, connection.timezone);
		const monitoring = await findMonitoring(connection, settings.list_id);
		if (monitoring === undefined) {
			const created = one(await call(connection, 'add_list_monitoring', settings), 'monitoring');
			return [{ ...created, action: 'created' }];
		}
		if (hasSettings(monitoring, settings)) return [{ ...monitoring, action: 'unchanged' }];
		const updated = one(await call(connection, 'update_list_monitoring', settings), 'monitoring');
		return [{ ...updated, action: 'updated' }];
	},
};
