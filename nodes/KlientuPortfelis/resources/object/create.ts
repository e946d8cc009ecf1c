import type { INodeProperties } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { shown } from '../../../shared/values';
import { collection, field, listOf, type Operation } from '../../operation';
import { call } from '../../protocol/call';
import { checkParameters } from '../../protocol/request/check';
import { SharedList } from '../../protocol/portfolio/snapshot';
import { add, thatIsThere } from '../../protocol/portfolio/upsert';
import { listField } from '../fields';
import { one } from '../results';
import { newObjectFields } from './fields';

const ifExists: INodeProperties = {
	displayName: 'If Object Exists',
	name: 'ifExists',
	type: 'options',
	default: 'error',
	description: 'What to do when the list already contains the object',
	options: [
		{ name: 'Error', value: 'error', description: 'The item fails' },
		{ name: 'Skip', value: 'skip', description: 'Return the object that is there, unchanged' },
	],
};

export const create: Operation = {
	effect: 'write',
	description: [listField('The list to add the object to'), ...newObjectFields()],
	options: [ifExists],
	async execute(context) {
		const { connection } = context;
		const { name, checkUr } = collection(context, 'additionalFields');
		const given = {
			list_id: await listOf(context),
			code: field(context, 'code'),
			type: field(context, 'type'),
			name,
			check_ur: checkUr,
		};
		if (!skips(collection(context, 'options').ifExists ?? 'error')) {
			return [one(await call(connection, 'add_object', given), 'object')];
		}
		const parameters = checkParameters('add_object', given, connection.timezone);
		const list = SharedList.of(connection, Number(parameters.list_id));
		const added = await add(connection, list, parameters);
		if (added !== undefined) return [{ ...added, action: 'created' }];
		return [{ ...(await thatIsThere(list, parameters.code)), action: 'unchanged' }];
	},
};

/** @throws Fault (input) when the choice is neither */
function skips(choice: unknown): boolean {
	if (choice === 'error' || choice === 'skip') return choice === 'skip';
	throw new Fault(
		'input',
		`'If Object Exists' must be Error or Skip: ${shown(choice)}`,
		'Choose one of the two, or use an expression that returns error or skip.',
	);
}
