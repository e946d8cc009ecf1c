/** Runs of the two nodes: writes that are accounted for, and lists that are read to their end. */
import type { IDataObject } from 'n8n-workflow';

import type { Engine, RunResult } from '../../dev/engine/harness.cts';
import { chain } from '../../dev/engine/workflows.cts';
import type { KlientuPortfelisSimulator } from '../../dev/simulators/klientuPortfelis.cts';
import type { Random } from './random.cts';
import {
	judgeReading,
	judgeWrites,
	type AskedWrite,
	type LoggedWrite,
	type Network,
} from './writeLedger.cts';

type List = ReturnType<KlientuPortfelisSimulator['seedList']>;

/** Where a run finds n8n and the services. */
export interface Place {
	readonly engine: Engine;
	readonly credentials: Record<'portfolio' | 'gateway', IDataObject>;
	/** Waits until the service has answered what was sent, also where the execution did not wait. */
	settled(): Promise<void>;
	/** Tells when the execution is stopped. */
	readonly signal: AbortSignal;
}

/** How a node's run went. */
export interface Ran {
	readonly findings: readonly string[];
	readonly failure?: string;
}

const byId = (id: number) => ({ __rl: true, mode: 'id', value: id });

/** A session that the service does not take leads to a login and to the same call again. */
const SESSION_CODES: readonly number[] = [2005, 2006, 2007];

async function run(
	{ engine, credentials, signal }: Place,
	type: 'klientuPortfelis' | 'rivile',
	parameters: object,
	input: readonly IDataObject[],
): Promise<RunResult> {
	const node = {
		name: 'Node',
		type,
		parameters,
		onError: 'continueRegularOutput',
		credentials: {
			klientuPortfelisApi: { id: 'portfolio', name: 'Portfolio' },
			rivileApi: { id: 'gateway', name: 'Gateway' },
		},
	};
	return await engine.run(chain(node), {
		credentials: credentials as never,
		pinData: { Start: input.map((json) => ({ json })) },
		signal,
	});
}

/** One kind of write: the parameters for an item, and the name that its call has in the log. */
interface WriteKind {
	readonly parameters: object;
	readonly inputs: readonly IDataObject[];
	/** The service's function and the parameter that names the write. */
	readonly function: string;
	readonly key: string;
	readonly names: readonly string[];
}

export class Writer {
	private count = 0;
	/** Codes whose adding is in doubt; they are added again later, as a user would. */
	private doubts: string[] = [];
	/** How many writes of each outcome there were. */
	readonly told = { confirmed: 0, inDoubt: 0, refused: 0, nothing: 0 };

	constructor(
		private readonly portfolio: KlientuPortfelisSimulator,
		private readonly list: List,
	) {}

	/**
	 * Some writes in one run.
	 *
	 * @param network what became of the requests, once the run is over
	 */
	async write(place: Place, random: Random, network: () => Network): Promise<Ran> {
		const kind = this.kind(random);
		const batchSize = random.pick([1, 1, 2, 5, -1]);
		const logStart = this.portfolio.calls.length;
		const parameters = {
			...kind.parameters,
			options: { batching: { batch: { batchSize, batchInterval: random.pick([0, 0, 300]) } } },
		};
		const result = await run(place, 'klientuPortfelis', parameters, kind.inputs);
		await place.settled();
		const asked = this.tell(kind, result);
		for (const { told } of asked) this.told[told]++;
		const log = this.log(kind, logStart);
		const findings = judgeWrites(asked, log, network());
		if (kind.function === 'add_object') findings.push(...this.keepDoubts(asked));
		return { findings: findings.map((finding) => `Klientu Portfelis, ${finding}`) };
	}

	private kind(random: Random): WriteKind {
		const again = this.doubts.splice(0, 3);
		const codes = Array.from({ length: random.between(1, 7) }, () => `vārds ${++this.count}`);
		const objects = [...this.list.objects.values()];
		const chosen = objects.slice(-random.between(1, 7));
		const choice = objects.length < 20 ? 'create' : random.pick(['create', 'update', 'delete']);
		if (choice === 'create') return this.creating([...again, ...codes]);
		this.doubts.push(...again);
		if (choice === 'update') {
			const names = chosen.map(() => `tel ${++this.count}`);
			return {
				parameters: {
					resource: 'object',
					operation: 'update',
					objectId: '={{ $json.id }}',
					updateFields: { phone: '={{ $json.name }}' },
				},
				inputs: chosen.map(({ id }, index) => ({ id: String(id), name: names[index] ?? '' })),
				function: 'update_object',
				key: 'phone',
				names,
			};
		}
		return {
			parameters: {
				resource: 'object',
				operation: 'delete',
				objectId: '={{ $json.id }}',
				deleteFrom: 'list',
				listId: byId(this.list.id),
			},
			inputs: chosen.map(({ id }) => ({ id: String(id) })),
			function: 'delete_object',
			key: 'id',
			names: chosen.map(({ id }) => String(id)),
		};
	}

	private creating(codes: readonly string[]): WriteKind {
		return {
			parameters: {
				resource: 'object',
				operation: 'create',
				listId: byId(this.list.id),
				type: 'KEYWORD',
				code: '={{ $json.code }}',
			},
			inputs: codes.map((code) => ({ code })),
			function: 'add_object',
			key: 'code',
			names: codes,
		};
	}

	private tell({ names }: WriteKind, result: RunResult): AskedWrite[] {
		const items = result.items('Node');
		return names.map((name, index): AskedWrite => {
			const item = items.find(({ pairedItem }) => Object(pairedItem).item === index);
			if (item === undefined) return { name, told: 'nothing' };
			const text = JSON.stringify(item.json);
			if (!('error' in item.json)) return { name, told: 'confirmed' };
			return { name, told: /may have been (made|carried out)/i.test(text) ? 'inDoubt' : 'refused' };
		});
	}

	private log({ function: name, key }: WriteKind, start: number): LoggedWrite[] {
		return this.portfolio.calls
			.slice(start)
			.filter((call) => call.function === name && !SESSION_CODES.includes(call.code ?? 0))
			.map(({ parameters, code }) => ({ name: String(parameters[key]), isDone: code === null }));
	}

	/** However often a code was tried, it is there once at most, and not at all only if nothing said so. */
	private keepDoubts(asked: readonly AskedWrite[]): string[] {
		const codes = [...this.list.objects.values()].map(({ code }) => code);
		this.doubts.push(...asked.filter(({ told }) => told === 'inDoubt').map(({ name }) => name));
		return asked.flatMap(({ name, told }) => {
			const count = codes.filter((code) => code === name).length;
			if (count > 1) return [`${name} is in the list ${count} times`];
			return told === 'confirmed' && count === 0 ? [`${name} is not in the list`] : [];
		});
	}
}

/** What a reading is held against. */
export interface Truth {
	/** The names of what is there at this moment. */
	readonly names: () => ReadonlySet<string>;
	/** Whether a name was there at some time. */
	readonly isKnown: (name: string) => boolean;
}

/** Reads a list to its end while it changes. */
async function readAll(
	place: Place,
	type: 'klientuPortfelis' | 'rivile',
	parameters: object,
	nameOf: (item: IDataObject) => string,
	{ names, isKnown }: Truth,
): Promise<Ran> {
	const before = names();
	const result = await run(place, type, parameters, [{}]);
	if (place.signal.aborted) return { findings: [] };
	const after = names();
	const items = result.json('Node').filter((item) => Object.keys(item).length > 0);
	const failure = items.find((item) => 'error' in item);
	if (failure !== undefined) return { findings: [], failure: JSON.stringify(failure) };
	if (result.error !== undefined) return { findings: [], failure: result.error.message };
	const stayed = new Set([...before].filter((name) => after.has(name)));
	const findings = judgeReading(items.map(nameOf), stayed, isKnown);
	const node = type === 'rivile' ? 'Rivilė' : 'Klientu Portfelis';
	return { findings: findings.map((finding) => `${node}, Get Many: ${finding}`) };
}

export async function readObjects(place: Place, list: List): Promise<Ran> {
	return await readAll(
		place,
		'klientuPortfelis',
		{
			resource: 'object',
			operation: 'getMany',
			listId: byId(list.id),
			returnAll: true,
			simplify: false,
		},
		({ id }) => String(id),
		{
			names: () => new Set([...list.objects.keys()].map(String)),
			isKnown: (name) => Number(name) > 0,
		},
	);
}

/** @param limit undefined for Return All; otherwise more than there are */
export async function readOperations(place: Place, truth: Truth, limit?: number): Promise<Ran> {
	return await readAll(
		place,
		'rivile',
		{
			resource: 'cashOperation',
			operation: 'getMany',
			simplify: false,
			filterMode: 'none',
			...(limit === undefined ? { returnAll: true } : { returnAll: false, limit }),
		},
		({ I04_KODAS_CH: key }) => String(key),
		truth,
	);
}
