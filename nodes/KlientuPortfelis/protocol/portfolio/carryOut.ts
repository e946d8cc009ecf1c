import { Fault } from '../../../shared/fault';
import { isRecord } from '../../../shared/guards';
import { inParallel } from '../../../shared/inParallel';
import type { DecodedFields } from '../answer/decoder';
import { call, type Connection } from '../call';
import { changesTo, isEmpty, type Details } from './details';
import { reasonOf, type Row, type Step } from './plan';

/** A row of a plan after its writes. */
export interface DoneRow extends Row {
	/** Those of a new object. */
	readonly id?: number;
	readonly name?: string;
	/** What kept it from being as planned, other than a refusal of this one object. */
	readonly fault?: Fault;
	/** Whether the run ended before it. */
	readonly isLeft?: boolean;
}

export interface WriteSettings {
	/** Writes at the same time; Infinity for all. */
	readonly atOnce: number;
	/** Waits between two batches of writes; undefined for no pause. */
	readonly pause?: () => Promise<void>;
	/** Whether a write that fails leaves the others alone. */
	readonly continues: boolean;
	/** Plans rows whose objects turn out to be in their list already, on the list as it is now. */
	readonly planAgain: (rows: readonly Row[]) => Promise<readonly Row[]>;
}

export interface Outcome {
	/** In the order of the plan. */
	readonly rows: readonly DoneRow[];
	/** What ended the run before everything was done. */
	readonly stop?: Fault;
}

/** The service's code for an object that is in the list already. */
export const ALREADY_THERE = '2013';

/** Refusals that are about one object. */
const OF_ONE_OBJECT: ReadonlySet<string> = new Set([
	'1003',
	'2001',
	'2010',
	'2011',
	'2012',
	ALREADY_THERE,
	'2014',
	'2015',
	'2016',
	'2019',
	'2020',
]);

/** The service's code for a breakdown, which may be over with the next request. */
const BREAKDOWN = '1000';

/** The next run finds such an object in its list, and compares its details only when asked. */
const WITHOUT_DETAILS =
	"Added, but without its details. Turn on 'Compare Details' for the next run to write them.";

/** After so many failures in a row, the service is not tried any more. */
const MAX_STREAK = 10;

/**
 * Carries out a plan: first what is added, then what changes, then what is deleted; several at a
 * time, and each write is sent once. Deletions are made only when nothing before them failed. Once
 * the run is stopped, writes under way are finished and no other is begun.
 *
 * @returns what became of each row, also when the run was stopped
 * @throws nothing that a write ends with
 */
export async function carryOut(
	connection: Connection,
	rows: readonly Row[],
	settings: WriteSettings,
): Promise<Outcome> {
	return await new Run(connection, settings).carryOut(rows);
}

class Run {
	private readonly done = new Map<Row, DoneRow>();
	/** Rows to add whose objects somebody else has added meanwhile. */
	private readonly there: Row[] = [];
	private stop: Fault | undefined;
	private streak = 0;
	private mayDelete = true;

	constructor(
		private readonly connection: Connection,
		private readonly settings: WriteSettings,
	) {}

	async carryOut(rows: readonly Row[]): Promise<Outcome> {
		await this.phase(rows, 'add');
		const planned = await this.replaced(rows);
		await this.phase(planned, 'update');
		await this.phase(planned, 'delete');
		const outcome = planned.map((row) => this.done.get(row) ?? row);
		return { rows: outcome, ...(this.stop !== undefined && { stop: this.stop }) };
	}

	private async phase(rows: readonly Row[], kind: Step['kind']): Promise<void> {
		const waiting = rows.filter(({ step }) => step?.kind === kind);
		const { atOnce, pause } = this.settings;
		const size = pause === undefined ? waiting.length : atOnce;
		for (let start = 0; start < waiting.length; start += size) {
			if (start > 0) await pause?.();
			const batch = waiting.slice(start, start + size);
			await inParallel(batch, atOnce, async (row) => {
				this.done.set(row, await this.write(row));
			});
		}
	}

	private async write(row: Row): Promise<DoneRow> {
		const { step } = row;
		if (step === undefined) return row;
		if (this.stop !== undefined) return left(row, `Not done: ${this.stop.message}.`);
		if (step.kind === 'delete' && !this.mayDelete) {
			return left(row, 'Not deleted: a change before it failed.');
		}
		try {
			const written = await this.send(row, step);
			if (written.fault === undefined) this.streak = 0;
			return written;
		} catch (error) {
			if (step.kind === 'add' && isAlreadyThere(error)) this.there.push(row);
			return { ...row, action: 'refused', ...this.failed(error) };
		}
	}

	private async send(row: Row, step: Step): Promise<DoneRow> {
		if (step.kind === 'add') return await this.add(row, step);
		if (step.kind === 'update') {
			await call(this.connection, 'update_object', { id: step.id, ...step.changes });
		} else {
			await call(this.connection, 'delete_object', { id: step.id, list_id: row.listId });
		}
		return row;
	}

	/** Its details follow at once, so that they are lost only when this very object fails. */
	private async add(row: Row, step: Step & { kind: 'add' }): Promise<DoneRow> {
		const { object } = await call(this.connection, 'add_object', step.parameters);
		const added = isRecord(object) ? (object as DecodedFields) : {};
		const { id, name } = added;
		const created: DoneRow = {
			...row,
			...(typeof id === 'number' && { id }),
			...(typeof name === 'string' && { name }),
		};
		try {
			await this.writeDetails(added, step.details);
			return created;
		} catch (error) {
			const { reason, fault } = this.failed(error);
			return { ...created, reason: `${WITHOUT_DETAILS} ${reason}`, fault };
		}
	}

	private async writeDetails(added: DecodedFields, details: Details): Promise<void> {
		// An object of another list brings its details along.
		const changes = changesTo(added, details);
		if (isEmpty(changes)) return;
		await call(this.connection, 'update_object', { id: added.id, ...changes });
	}

	/** What a failure means for its row; it may end the run. */
	private failed(error: unknown): { reason: string; fault?: Fault } {
		const reason = reasonOf(error);
		if (!(error instanceof Fault) || isOfOneObject(error)) return { reason };
		this.mayDelete = false;
		const goesOn = this.settings.continues && mayPass(error) && ++this.streak < MAX_STREAK;
		if (!goesOn) this.stop ??= error;
		return { reason, fault: error };
	}

	/** The rows, with those planned again whose objects are in their list already. */
	private async replaced(rows: readonly Row[]): Promise<readonly Row[]> {
		if (this.there.length === 0 || this.stop !== undefined) return rows;
		try {
			const again = await this.settings.planAgain(this.there);
			const found = again.filter(({ action }) => action !== 'created');
			// The service finds an object by this code that cannot be told from the others.
			if (found.length < this.there.length) this.mayDelete = false;
			const byItem = new Map(found.map((row) => [row.item, row]));
			return rows.map((row) => (row.item && byItem.get(row.item)) ?? row);
		} catch (error) {
			this.failed(error);
			return rows;
		}
	}
}

function left(row: Row, reason: string): DoneRow {
	return { ...row, action: 'refused', reason, isLeft: true };
}

function isAlreadyThere(error: unknown): boolean {
	return error instanceof Fault && error.details.code === ALREADY_THERE;
}

function isOfOneObject({ kind, details }: Fault): boolean {
	return kind === 'input' || (kind === 'service' && OF_ONE_OBJECT.has(details.code ?? ''));
}

/** Whether the next write may well succeed. */
function mayPass({ kind, details }: Fault): boolean {
	if (details.cancelled === true) return false;
	return (
		kind === 'connection' ||
		kind === 'answer' ||
		details.transient === true ||
		details.code === BREAKDOWN
	);
}
