import { inParallel } from '../../../shared/inParallel';
import { isRecord } from '../../../shared/guards';
import { waitUnlessStopped } from '../../../shared/retry';
import { TimeSlice } from '../../../shared/timeSlice';
import { perItem } from '../../../shared/wholeInput';
import { listIdOf, type InputContext, type InputOperation } from '../../operation';
import type { DecodedFields } from '../../protocol/answer/decoder';
import { call, type Connection } from '../../protocol/call';
import { carryOut, type Outcome } from '../../protocol/portfolio/carryOut';
import { needsObject } from '../../protocol/portfolio/details';
import {
	objectsMeant,
	planSync,
	type ListState,
	type Plan,
	type Row,
	type SyncItem,
} from '../../protocol/portfolio/plan';
import { planned, stopFault } from '../../protocol/portfolio/report';
import { readListed } from '../../protocol/portfolio/snapshot';
import { listField } from '../fields';
import { newObjectFields, updateFields, wantedReader } from '../object/fields';
import { syncFields, syncOptions, syncSettings, type SyncSettings } from './syncFields';
import { syncItems } from './syncItems';

/** Writes and reads of single objects at the same time: they do not depend on each other. */
const AT_ONCE = 5;

export const sync: InputOperation = {
	effect: 'write',
	atOnce: AT_ONCE,
	description: [
		listField('The list that must contain the objects of the input items'),
		...newObjectFields(),
		updateFields(),
		...syncFields,
	],
	options: syncOptions,
	async executeInput(context) {
		const { n8n, connection } = context;
		const settings = syncSettings({ ...context, itemIndex: 0 });
		const states = await readStates(connection, await readItems(context), settings);
		const { timezone } = connection;
		const plan = await planSync(states, { ...settings, timezone });
		// Whoever chose to go on after an error gets the report; others must not see a success.
		if (plan.refusal !== undefined && !n8n.continueOnFail()) throw plan.refusal;
		const outcome = settings.dryRun ? planned(plan) : await write(context, plan, settings);
		const { rows, stop } = outcome;
		if (stop !== undefined && !n8n.continueOnFail()) throw stopFault(stop, rows);
		return await syncItems(n8n, outcome, settings.dryRun);
	},
};

/** The input items by the list that they are for. */
async function readItems(context: InputContext): Promise<Map<number, SyncItem[]>> {
	const { n8n } = context;
	const slice = new TimeSlice();
	const at = (itemIndex: number) => ({ ...context, itemIndex });
	const listId = perItem(n8n, 'listId', async (index) => await listIdOf(at(index)));
	const wanted = wantedReader(context);
	const lists = new Map<number, SyncItem[]>();
	for (const itemIndex of n8n.getInputData().keys()) {
		await slice.yieldIfDue();
		addTo(lists, await listId(itemIndex), { ...wanted(itemIndex), itemIndex });
	}
	return lists;
}

function addTo(lists: Map<number, SyncItem[]>, listId: number, item: SyncItem): void {
	const items = lists.get(listId);
	if (items === undefined) lists.set(listId, [item]);
	else items.push(item);
}

/**
 * The lists as they are. With Compare Details, each object that an item means and whose details the
 * list lacks is read too.
 */
async function readStates(
	connection: Connection,
	lists: ReadonlyMap<number, readonly SyncItem[]>,
	{ compareDetails }: SyncSettings,
): Promise<ListState[]> {
	const states: ListState[] = [];
	for (const [listId, items] of lists) {
		const objects = await readListed(connection, listId);
		const state = { listId, objects, items };
		const compared = compareDetails ? await readDetails(connection, state) : new Map();
		states.push({ ...state, compared });
	}
	return states;
}

async function readDetails(
	connection: Connection,
	state: Pick<ListState, 'objects' | 'items'>,
): Promise<Map<number, DecodedFields>> {
	const meant = await objectsMeant(state);
	const unknown = meant.filter(({ item }) => needsObject(item.details));
	const ids = [...new Set(unknown.map(({ object }) => object.id))];
	const read = await inParallel(ids, AT_ONCE, async (id) => {
		const { object } = await call(connection, 'get_object', { id });
		return [id, isRecord(object) ? (object as DecodedFields) : {}] as const;
	});
	return new Map(read);
}

async function write(
	{ n8n, connection, batching, signal }: InputContext,
	plan: Plan,
	settings: SyncSettings,
): Promise<Outcome> {
	if (plan.refusal !== undefined) return planned(plan);
	const { itemsPerBatch, interval } = batching;
	const pause = waitUnlessStopped(signal);
	return await carryOut(connection, plan.rows, {
		atOnce: itemsPerBatch,
		...(interval > 0 && { pause: async () => await pause(interval) }),
		continues: n8n.continueOnFail(),
		planAgain: async (rows) => await planAgain(connection, rows, settings),
	});
}

/** Plans rows again, on their lists as they are now. */
async function planAgain(
	connection: Connection,
	rows: readonly Row[],
	settings: SyncSettings,
): Promise<readonly Row[]> {
	const lists = new Map<number, SyncItem[]>();
	for (const { listId, item } of rows) {
		if (item !== undefined) addTo(lists, listId, item);
	}
	const states = await readStates(connection, lists, settings);
	const { timezone } = connection;
	const { rows: again } = await planSync(states, { ...settings, absent: 'keep', timezone });
	return again;
}
