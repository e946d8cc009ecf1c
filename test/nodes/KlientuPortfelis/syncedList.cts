/** A list to be synced, what the service did to it, and what the node says of it. */
import { verify } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import {
	droppedConnection,
	soapFault,
	type Call,
	type OrderedAnswer,
	type OrderedFailure,
} from '../../../dev/simulators/klientuPortfelis.cts';
import type {
	StoredList,
	StoredObject,
} from '../../../dev/simulators/klientuPortfelis/portfolio.cts';
import type { RunResult } from '../../../dev/engine/harness.cts';
import { byId, type TestRig } from './helpers.cts';

/** A company as tests seed it and as an input item asks for it. */
export type Company = {
	readonly code: string;
	readonly clientId?: string;
	readonly phone?: string;
};

export type Given = Readonly<Record<string, unknown>>;

/** A registration number whose nine-digit form is its end. */
export const codeOf = (number: number): string => `40${String(100_000_000 + number)}`;

/** Checks signatures in a tenth of the time: node-forge does it in the other tests. */
export const verifyQuickly = (publicKeyPem: string, text: string, signature: string): boolean =>
	verify('sha256', Buffer.from(text), publicKeyPem, Buffer.from(signature, 'base64'));

export const WRITES: ReadonlySet<string | undefined> = new Set([
	'add_object',
	'update_object',
	'delete_object',
]);

type Order = OrderedAnswer | OrderedFailure;

/** What may happen to a write. */
export const ORDERS: Readonly<Record<string, Order>> = {
	fine: { wait: 0 },
	lost: droppedConnection(),
	lostButDone: { ...droppedConnection(), performed: true },
	crash: soapFault('Iekšēja kļūda'),
	breakdown: { code: 1000 },
	full: { code: 1004 },
	unknown: { code: 2016 },
};

export class SyncedList {
	readonly list: StoredList;
	private mark: number;

	constructor(
		private readonly rig: TestRig,
		companies: readonly Company[] = [],
	) {
		this.list = rig.simulator.seedList();
		for (const company of companies) this.seed(company);
		this.mark = rig.simulator.calls.length;
	}

	seed({ code, clientId, phone }: Company): StoredObject {
		const { portfolio } = this.rig.simulator;
		const object = portfolio.addObject({
			type: 'COMPANY',
			code,
			name: `SIA ${code}`,
			client_id: clientId ?? null,
			phone: phone ?? null,
		});
		portfolio.putIn(object, this.list);
		return object;
	}

	/** What the list holds, by code. */
	get content(): Record<string, Omit<Company, 'code'>> {
		return Object.fromEntries(
			[...this.list.objects.values()].map(({ code, client_id, phone }) => [
				code,
				{ clientId: client_id ?? '', phone: phone ?? '' },
			]),
		);
	}

	/** The calls since the last look. */
	takeCalls(): Call[] {
		const calls = this.rig.simulator.calls.slice(this.mark);
		this.mark = this.rig.simulator.calls.length;
		return calls;
	}

	takeWrites(): Call[] {
		return this.takeCalls().filter((call) => WRITES.has(call.function));
	}

	parameters(more: Given = {}): Record<string, unknown> {
		return {
			resource: 'list',
			operation: 'sync',
			listId: byId(this.list.id),
			type: 'COMPANY',
			code: '={{ $json.code }}',
			updateFields: { clientId: '={{ $json.clientId }}', phone: '={{ $json.phone }}' },
			dryRun: false,
			...more,
		};
	}

	async sync(items: readonly Given[], more: Given = {}, settings: Given = {}): Promise<RunResult> {
		return await this.rig.run(this.parameters(more), items, settings);
	}

	/** A sync that shall succeed: its items. */
	async rows(items: readonly Given[], more: Given = {}, settings: Given = {}) {
		const result = await this.sync(items, more, settings);
		// Also one that n8n has before it reaches the node.
		expect(result.error?.message).toBeUndefined();
		expect(result.nodeError('Node')?.message).toBeUndefined();
		return result.json('Node');
	}

	/** Runs something that reads the list, and seeds a company between that read and what follows. */
	async seedAfterRead<Result>(company: Company, run: () => Promise<Result>): Promise<Result> {
		const { simulator } = this.rig;
		const before = simulator.calls.length;
		let open = () => {};
		const gate = new Promise<void>((resolve) => {
			open = resolve;
		});
		simulator.answerNext({ function: 'get_objects', wait: gate });
		const running = run();
		const isRead = () =>
			simulator.calls.slice(before).some((call) => call.function === 'get_objects');
		while (!isRead()) await sleep(1);
		this.seed(company);
		open();
		return await running;
	}

	/** Orders what happens to the writes to come, function by function. */
	order(ordered: Record<string, readonly string[]>): void {
		for (const [name, kinds] of Object.entries(ordered)) {
			for (const one of kinds) {
				const what = { ...ORDERS[one], function: name } as Order;
				if ('code' in what) this.rig.simulator.failNext(what);
				else this.rig.simulator.answerNext(what);
			}
		}
	}

	/** Leaves nothing behind that another list could share. */
	remove(): void {
		this.rig.simulator.clearOrders();
		this.rig.simulator.portfolio.removeList(this.list);
	}
}

/** A report in short: the action of each code. */
export const actions = (rows: readonly IDataObject[]) =>
	rows.map(({ code, action }) => [code, action]);

const UNCERTAIN = /may have been made/;

/** Holds a report against what the service did. */
export function expectTrue(rows: readonly IDataObject[], writes: readonly Call[]): void {
	const sent = new Map<string, Call[]>();
	const added = new Map<unknown, unknown>();
	for (const row of rows) if (row.action === 'created') added.set(row.id, row.code);
	for (const call of writes) {
		const { id, code } = call.parameters;
		const name = `${call.function} ${String(code ?? id)}`;
		sent.set(name, [...(sent.get(name) ?? []), call]);
	}
	expect([...sent.values()].every((calls) => calls.length === 1)).toBe(true);
	const take = (name: string) => {
		const [call] = sent.get(name) ?? [];
		sent.delete(name);
		return call;
	};
	for (const { action, code, id, reason } of rows) {
		const text = String(reason ?? '');
		if (text.includes('means the same object')) continue;
		const add = take(`add_object ${String(code)}`);
		const update = take(`update_object ${String(id)}`);
		const remove = take(`delete_object ${String(id)}`);
		if (action === 'created') {
			expect(add?.performed).toBe(true);
			if (reason === undefined) expect(update?.performed).not.toBe(false);
		} else if (action === 'updated') expect(update?.performed).toBe(true);
		else if (action === 'deleted') expect(remove?.performed).toBe(true);
		else if (!UNCERTAIN.test(text)) {
			expect([add, update, remove].some((call) => call?.performed === true)).toBe(false);
		}
	}
	// No write without its row.
	expect([...sent.values()].flat().filter(({ performed }) => performed)).toEqual([]);
}
