/**
 * A gateway without HTTP whose database sorts keys in any order that it is told, for the triggers:
 * knows nothing of the nodes but the conditions that they send.
 */
import type { Row } from '../../../../nodes/Rivile/protocol/answer/rows';
import {
	PAGE_SIZE,
	type PageRequest,
	type ReadPage,
	type Source,
} from '../../../../nodes/Rivile/protocol/paging/page';
import { I04, N08, type Register } from '../../../../nodes/Rivile/protocol/catalogue';
import { rowKeyOf } from '../../../../nodes/Rivile/protocol/paging/rowKey';
import { judge } from '../../../../dev/simulators/rivile/judge.cts';

export type Compare = (a: string, b: string) => number;

export const byCode: Compare = (a, b) => (a < b ? -1 : Number(a > b));

export interface Behaviour {
	readonly compare: Compare;
	/** Whether the highest keys of a condition are served first. */
	readonly newestFirst: boolean;
	/** Whether a page is sorted from the highest to the lowest. */
	readonly descending: boolean;
}

/** The registers whose changes are followed, with the event. */
export const FOLLOWED = [
	['operationUpdated', I04],
	['clientChanged', N08],
] as const;

export interface Content {
	/** YYYY-MM-DDTHH:MM:SS */
	readonly changed?: string;
	/** YYYY-MM-DD */
	readonly date?: string;
	readonly name?: string;
}

export const START = Date.parse('2026-01-10T08:00:00Z');
export const point = (time: number) => new Date(time).toISOString().slice(0, 19);
export const numberKey = (number: number) => String(number).padStart(12, '0');

const TEXT = /N?'((?:[^']|'')*)'/g;
const textsIn = (list: string) =>
	[...list.matchAll(TEXT)].map(([, text]) => (text ?? '').replaceAll("''", "'"));

export class CollatedGateway {
	readonly rows = new Map<string, Required<Content>>();
	requests: PageRequest[] = [];
	/** All keys in the database's order; a new one is put into its place, as sorting takes longest. */
	private readonly sorted: string[] = [];
	/** How the gateway writes dates. */
	notation = (changed: string): string => changed;
	fault: () => void = () => {};

	readonly source: Source;
	private readonly key: string;

	constructor(
		public behaviour: Behaviour,
		private readonly register: Register = I04,
	) {
		const rowKey = rowKeyOf(register);
		this.key = rowKey.name;
		this.source = { register, rowKey, readPage: async (request) => await this.readPage(request) };
	}

	put(key: string, content: Content = {}): void {
		const before = this.rows.get(key) ?? { changed: point(START), date: '2026-01-10', name: '' };
		if (!this.rows.has(key)) this.sorted.splice(this.placeOf(key, true), 0, key);
		this.rows.set(key, { ...before, ...content });
	}

	clear(): void {
		this.rows.clear();
		this.sorted.length = 0;
	}

	readPage: ReadPage = async (request) => {
		this.requests.push(request);
		this.fault();
		if (request.fil !== undefined) judge(request.fil, this.register.table);
		const { newestFirst, descending } = this.behaviour;
		const { keys, meets } = this.conditionOf(request.fil ?? '');
		if (newestFirst) keys.reverse();
		let before = ((request.pagenumber ?? 1) - 1) * PAGE_SIZE;
		const page: string[] = [];
		for (const key of keys) {
			if (!meets(key) || before-- > 0) continue;
			if (page.push(key) === PAGE_SIZE) break;
		}
		if (newestFirst !== descending) page.reverse();
		return await Promise.resolve(page.map((key, index) => this.rowOf(key, index)));
	};

	/** How many keys come before a text in the order; with `isAfter`, those equal to it included. */
	private placeOf(text: string, isAfter = false): number {
		let [low, high] = [0, this.sorted.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			const order = this.behaviour.compare(this.sorted[middle] ?? '', text);
			if (order < 0 || (isAfter && order === 0)) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	private rowOf(key: string, index: number): Row {
		const { changed = '', date = '', name = '' } = this.rows.get(key) ?? {};
		return {
			Row_number: index + 1,
			[this.key]: key,
			...(this.register === I04 && { I04_OP_DATA: `${date}T00:00:00` }),
			[`${this.register.table}_R_DATE`]: this.notation(changed),
			[`${this.register.table}_PAV`]: name,
		};
	}

	/**
	 * All conditions have to be met, however they are nested. Those on the key are looked up in the
	 * order, so that a page of a large register is found without a look at every row.
	 */
	private conditionOf(fil: string): { keys: string[]; meets: (key: string) => boolean } {
		const known = /(\w+) (>=|>|<|IN) (\((?:N?'(?:[^']|'')*'(?:, )?)+\)|N?'(?:[^']|'')*')/g;
		const left = fil.replace(known, '').replace(/AND|[() ]/g, '');
		if (left !== '') throw new Error(`Not understood: ${left} in ${fil}`);
		let [from, to] = [0, this.sorted.length];
		let listed: readonly number[] | undefined;
		const tests: Array<(key: string) => boolean> = [];
		for (const [, column = '', sign = '', list = ''] of fil.matchAll(known)) {
			const texts = textsIn(list);
			const [first = ''] = texts;
			if (column !== this.key) tests.push((key) => holds(this.columnOf(key, column), sign, texts));
			else if (sign === '<') to = Math.min(to, this.placeOf(first));
			else if (sign !== 'IN') from = Math.max(from, this.placeOf(first, sign === '>'));
			else {
				const places = this.placesOf(texts);
				listed = listed?.filter((place) => places.includes(place)) ?? places;
			}
		}
		const keys =
			listed === undefined
				? this.sorted.slice(from, to)
				: listed
						.filter((place) => from <= place && place < to)
						.map((place) => this.sorted[place] ?? '');
		return { keys, meets: (key) => tests.every((test) => test(key)) };
	}

	/** Where the keys are that are equal to one of the texts, in ascending order. */
	private placesOf(texts: readonly string[]): number[] {
		const places = new Set<number>();
		for (const text of texts) {
			const end = this.placeOf(text, true);
			for (let place = this.placeOf(text); place < end; place++) places.add(place);
		}
		return [...places].sort((a, b) => a - b);
	}

	private columnOf(key: string, column: string): string {
		const { changed = '', date = '' } = this.rows.get(key) ?? {};
		return column.endsWith('_R_DATE') ? changed : `${date}T00:00:00`;
	}
}

/** Whether a value of a column that sorts by code meets a condition. */
function holds(value: string, sign: string, texts: readonly string[]): boolean {
	const [first = ''] = texts;
	if (sign === 'IN') return texts.includes(value);
	if (sign === '>') return value > first;
	if (sign === '<') return value < first;
	return value >= first;
}

/** Sorts by an alphabet of its own; characters that are not in it come last, by their code. */
export function alphabet(letters: string): Compare {
	const rank = (character: string) => {
		const place = letters.indexOf(character);
		return place === -1 ? letters.length + character.charCodeAt(0) : place;
	};
	return (a, b) => {
		for (let at = 0; at < Math.min(a.length, b.length); at++) {
			const step = rank(a.charAt(at)) - rank(b.charAt(at));
			if (step !== 0) return step;
		}
		return a.length - b.length;
	};
}

/** Every way to serve and to sort pages, by name. */
export const WAYS = [
	['newest first', { newestFirst: true, descending: false }],
	['newest first, turned', { newestFirst: true, descending: true }],
	['oldest first', { newestFirst: false, descending: false }],
	['oldest first, turned', { newestFirst: false, descending: true }],
] as const;

export const never = () => false;
/** As n8n stores it. */
export const stored = <State,>(state: State) => JSON.parse(JSON.stringify(state)) as State;
export const keysOf = (rows: readonly Row[]) =>
	rows.map((row) => String(row.I04_KODAS_CH ?? row.N08_KODAS_KS));
