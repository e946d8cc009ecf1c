import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { Fault } from '../../../shared/fault';
import { errorItem, toNodeError } from '../../../shared/items';
import { TimeSlice } from '../../../shared/timeSlice';
import { shown, toText } from '../../../shared/values';
import { perItem } from '../../../shared/wholeInput';
import { field, listIdOf, type InputContext, type InputOperation } from '../../operation';
import { codeKey } from '../../protocol/portfolio/code';
import { compareWith, type Compared } from '../../protocol/portfolio/compare';
import { readListed } from '../../protocol/portfolio/snapshot';
import { emptyFault } from '../../protocol/request/check';
import { listField } from '../fields';

export const compare: InputOperation = {
	effect: 'read',
	description: [
		listField('The list to compare'),
		{
			displayName: 'Compare With',
			name: 'compareWith',
			type: 'options',
			default: 'items',
			description: 'What to compare the list with',
			options: [
				{ name: 'Another List', value: 'list', description: 'The objects of another list' },
				{ name: 'Input Items', value: 'items', description: 'The codes of the input items' },
			],
		},
		{
			...listField('The list to compare with'),
			displayName: 'Other List',
			name: 'otherListId',
			displayOptions: { show: { compareWith: ['list'] } },
		},
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 40003053936',
			description:
				'The code of each input item. Spaces, dashes and LV in front do not matter, and a company can have its 9-digit number.',
			displayOptions: { show: { compareWith: ['items'] } },
		},
	],
	async executeInput(context) {
		const output: INodeExecutionData[][] = [];
		for (const group of await groupsOf(context)) output.push(await compareGroup(context, group));
		return output.flat();
	},
};

/** The input items that name the same lists, which are compared once. */
interface Group {
	readonly listId: number;
	/** Undefined to compare with the items. */
	readonly otherListId?: number;
	readonly items: number[];
}

async function groupsOf(context: InputContext): Promise<Group[]> {
	const { n8n } = context;
	const at = (itemIndex: number) => ({ ...context, itemIndex });
	const listId = perItem(n8n, 'listId', async (index) => await listIdOf(at(index)));
	const isList = perItem(n8n, 'compareWith', (index) =>
		isOtherList(field(at(index), 'compareWith')),
	);
	const otherListId = perItem(
		n8n,
		'otherListId',
		async (index) => await listIdOf(at(index), 'otherListId', 'Other List'),
	);
	const slice = new TimeSlice();
	const groups = new Map<string, Group>();
	for (const item of n8n.getInputData().keys()) {
		await slice.yieldIfDue();
		const lists = {
			listId: await listId(item),
			...(isList(item) && { otherListId: await otherListId(item) }),
		};
		const name = JSON.stringify(lists);
		const group = groups.get(name) ?? { ...lists, items: [] };
		group.items.push(item);
		groups.set(name, group);
	}
	return [...groups.values()];
}

/** @throws Fault (input) when the choice is neither */
function isOtherList(choice: unknown): boolean {
	if (choice === 'list' || choice === 'items') return choice === 'list';
	throw new Fault(
		'input',
		`'Compare With' must be Another List or Input Items: ${shown(choice)}`,
		'Choose one of the two, or use an expression that returns list or items.',
	);
}

async function compareGroup(context: InputContext, group: Group): Promise<INodeExecutionData[]> {
	const { connection } = context;
	const { listId, otherListId, items } = group;
	const [first = 0] = items;
	if (otherListId !== undefined) {
		const objects = await readListed(connection, listId);
		const others = await readListed(connection, otherListId);
		const compared = await compareWith(objects, others);
		return await new TimeSlice().map(compared, (one) => itemOf(one, [first]));
	}
	const { codes, errors } = await readCodes(context, items);
	const objects = await readListed(connection, listId);
	const compared = await compareWith(objects, codes);
	const output = await new TimeSlice().map(compared, (one) => {
		const pairs = one.others.map(({ item }) => item);
		return itemOf(one, pairs.length > 0 ? pairs : [first]);
	});
	return [...output, ...errors];
}

/** An input item with its code. */
interface CodeOfItem {
	readonly item: number;
	readonly code: unknown;
	readonly id?: undefined;
	readonly name?: undefined;
}

/**
 * The codes of input items. With On Error set to continue, one without a code becomes an item that
 * says so.
 *
 * @throws NodeOperationError with the item's index
 */
async function readCodes(context: InputContext, items: readonly number[]) {
	const { n8n } = context;
	const slice = new TimeSlice();
	const codes: CodeOfItem[] = [];
	const errors: INodeExecutionData[] = [];
	for (const item of items) {
		await slice.yieldIfDue();
		const code = field({ ...context, itemIndex: item }, 'code');
		if (codeKey(code) === '') {
			const error = toNodeError(n8n.getNode(), emptyFault('Code'), item);
			if (!n8n.continueOnFail()) throw error;
			errors.push({ json: errorItem(error), pairedItem: { item } });
		} else {
			codes.push({ item, code });
		}
	}
	return { codes, errors };
}

/** @param pairs the input items that it is about; without any, the first that named the list */
function itemOf(
	{ side, code, object, others: [other] }: Compared<{ name?: unknown; id?: unknown }>,
	pairs: readonly number[],
): INodeExecutionData {
	const json: IDataObject = {
		code: toText(code ?? ''),
		name: textOrNull(object?.name ?? other?.name),
		id: (object?.id ?? other?.id ?? null) as number | null,
		side,
	};
	const pairedItem = pairs.map((item) => ({ item }));
	return {
		json,
		pairedItem: pairedItem.length === 1 && pairedItem[0] ? pairedItem[0] : pairedItem,
	};
}

function textOrNull(value: unknown): string | null {
	return value === undefined || value === null ? null : toText(value);
}
