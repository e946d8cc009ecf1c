import type { INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { notice } from '../../../shared/fields';
import { collection, isOn, listOf, type Operation, type OperationContext } from '../../operation';
import { call } from '../../protocol/call';
import { listField } from '../fields';
import { one } from '../results';
import { monitoringSettings, settingFields, singleSettings } from './settings';

const whenReplacing = { show: { keepOtherSettings: [false] } };
const whenKeeping = { show: { keepOtherSettings: [true] } };

const keepOtherSettings: INodeProperties = {
	displayName: 'Keep Other Settings',
	name: 'keepOtherSettings',
	type: 'boolean',
	default: false,
	description:
		'Whether to change only the settings that you give and keep the others as they are. When off, every setting is replaced.',
};

export const update: Operation = {
	effect: 'write',
	description: [
		listField('The list whose monitoring to change'),
		keepOtherSettings,
		{
			...notice(
				'replaceNotice',
				'This replaces every setting of the monitoring. Fill in all fields, and choose all services again that should stay. To change only some settings, turn on Keep Other Settings.',
			),
			displayOptions: whenReplacing,
		},
		...settingFields().map((field) => ({ ...field, displayOptions: whenReplacing })),
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: singleSettings(),
			displayOptions: whenKeeping,
		},
	],
	async execute(context) {
		const isKeeping = isOn(context, 'keepOtherSettings', 'Keep Other Settings');
		const settings = await (isKeeping ? keptSettings(context) : monitoringSettings(context));
		return [one(await call(context.connection, 'update_list_monitoring', settings), 'monitoring')];
	},
};

/**
 * The settings as they are, with those that are given. An End Date that is given and empty removes
 * the stored one.
 */
async function keptSettings(context: OperationContext) {
	const { connection } = context;
	const given = collection(context, 'updateFields');
	if (Object.keys(given).length === 0) {
		throw new Fault(
			'input',
			"'Update Fields' is empty",
			"Add at least one field under 'Update Fields'.",
		);
	}
	const listId = await listOf(context);
	const answer = await call(connection, 'get_list_monitoring', { list_id: listId });
	const current = one(answer, 'monitoring');
	return {
		list_id: listId,
		email: given.emails ?? current.email,
		empty_mail: given.emptyMail ?? current.empty_email,
		period: given.period ?? current.period,
		start_date: given.startDate ?? current.start_date,
		services: given.services ?? current.services,
		end_date: given.endDate ?? current.end_date,
	};
}
