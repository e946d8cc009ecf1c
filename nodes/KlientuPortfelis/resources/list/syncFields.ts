import type { INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { shown, toSwitch, toWholeNumber } from '../../../shared/values';
import { fixedSwitch } from '../../../shared/wholeInput';
import { collection, field, type OperationContext } from '../../operation';

/** What a sync does, the same for all items. */
export interface SyncSettings {
	readonly absent: 'report' | 'keep' | 'delete';
	readonly dryRun: boolean;
	readonly maxDeletions: number;
	readonly compareDetails: boolean;
}

const MAX_DELETIONS = 20;

/** What becomes of the other objects, and whether anything is changed. */
export const syncFields: INodeProperties[] = [
	{
		displayName: 'Objects Not in the Input',
		name: 'absent',
		type: 'options',
		default: 'report',
		description: 'What to do with the objects of the list that no input item asks for',
		options: [
			{ name: 'Delete', value: 'delete', description: 'Delete them from this list' },
			{ name: 'Keep', value: 'keep', description: 'Keep them, and do not mention them' },
			{ name: 'Report', value: 'report', description: 'Keep them, and return an item for each' },
		],
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		noDataExpression: true,
		default: true,
		description:
			'Whether to show what would be done without changing anything. Only you can turn this off: it takes no expression, so an AI agent cannot.',
	},
	{
		displayName:
			'Dry Run is on: the list is only read. Check the items of the output, then turn it off to make the changes.',
		name: 'dryRunNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { dryRun: [true] } },
	},
];

export const syncOptions: INodeProperties[] = [
	{
		displayName: 'Compare Details',
		name: 'compareDetails',
		type: 'boolean',
		default: false,
		description:
			'Whether to compare address, phone, fax, email, website and contact person too. It takes one request for each object that is in the list already. When this is off, these are written for new objects only.',
	},
	{
		displayName: 'Max Deletions (%)',
		name: 'maxDeletions',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: MAX_DELETIONS,
		description:
			'How much of the list a run may delete. Nothing at all is changed when it would be more.',
	},
];

/**
 * The settings of a sync; those of the first item count.
 *
 * @throws Fault (input) that names the field
 */
export function syncSettings(context: OperationContext): SyncSettings {
	const options = collection(context, 'options');
	return {
		absent: absentOf(field(context, 'absent')),
		dryRun: fixedSwitch(context.n8n, 'dryRun', 'Dry Run', true),
		maxDeletions: shareOf(options.maxDeletions ?? MAX_DELETIONS),
		compareDetails: toSwitch('Compare Details', options.compareDetails ?? false),
	};
}

function absentOf(value: unknown): SyncSettings['absent'] {
	if (value === 'report' || value === 'keep' || value === 'delete') return value;
	throw new Fault(
		'input',
		`'Objects Not in the Input' must be Report, Keep or Delete: ${shown(value)}`,
		'Choose one of them, or use an expression that returns report, keep or delete.',
	);
}

function shareOf(value: unknown): number {
	const share = toWholeNumber('Max Deletions (%)', value);
	if (share <= 100) return share;
	throw new Fault('input', `'Max Deletions (%)' is ${share}`, 'Enter a number from 0 to 100.');
}
