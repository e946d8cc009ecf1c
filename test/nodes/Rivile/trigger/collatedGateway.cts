/**
 * A gateway without HTTP whose database sorts keys in any order that it is told, for the triggers:
 * knows nothing of the nodes but the conditions that they send.
 */
import {
	PAGE_SIZE,
	type PageRequest,
	type ReadPage,
} from '../../../../nodes/Rivile/protocol/paging/page';
import type { Row } from '../../../../nodes/Rivile/protocol/answer/rows';

export type Compare = (a: string, b: string) => number;

export const byCode: Compare = (a, b) => (a < b ? -1 : Number(a > b));

export interface Behaviour {
	readonly compare: Compare;
	/** Whether the highest keys of a condition are served first. */
	readonly newestFirst: boolean;
	/** Whether a page is sorted from the highest to the lowest. */
	readonly descending: boolean;
}

export interface Operation {
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
	readonly rows = new Map<string, Required<Operation>>();
	requests: PageRequest[] = [];
	private sorted: readonly string[] = [];
	/** How the gateway writes dates. */
	notation = (changed: string): string => changed;
	fault: () => void = () => {};

	constructor(public behaviour: Behaviour) {}

	put(key: string, operation: Operation = {}): void {
		const before = this.rows.get(key) ?? { changed: point(START), date: '2026-01-10', name: '' };
		this.rows.set(key, { ...before, ...operation });
	}

	clear(): void {
		this.rows.clear();
		this.sorted = [];
	}

	readonly readPage: ReadPage = async (request) => {
		this.requests.push(request);
		this.fault();
		const { compare, newestFirst, descending } = this.behaviour;
		const keys = this.sortedKeys(compare).filter(this.conditionOf(request.fil ?? ''));
		if (newestFirst) keys.reverse();
		const start = ((request.pagenumber ?? 1) - 1) * PAGE_SIZE;
		const page = keys.slice(start, start + PAGE_SIZE);
		if (newestFirst !== descending) page.reverse();
		return await Promise.resolve(page.map((key, index) => this.rowOf(key, index)));
	};

	/** Sorting takes longest, and only a new key changes the order. */
	private sortedKeys(compare: Compare): readonly string[] {
		if (this.sorted.length !== this.rows.size) this.sorted = [...this.rows.keys()].sort(compare);
		return this.sorted;
	}

	private rowOf(key: string, index: number): Row {
		const { changed = '', date = '', name = '' } = this.rows.get(key) ?? {};
		return {
			Row_number: index + 1,
			I04_KODAS_CH: key,
			I04_OP_DATA: `${date}T00:00:00`,
			I04_R_DATE: this.notation(changed),
			I04_PAV: name,
		};
	}

	/** All conditions have to be met, however they are nested. */
	private conditionOf(fil: string): (key: string) => boolean {
		const { compare } = this.behaviour;
		const known = /(I04_\w+) (>=|>|<|IN) (\((?:N?'(?:[^']|'')*'(?:, )?)+\)|N?'(?:[^']|'')*')/g;
		const left = fil.replace(known, '').replace(/AND|[() ]/g, '');
		if (left !== '') throw new Error(`Not understood: ${left} in ${fil}`);
		const tests = [...fil.matchAll(known)].map(([, column = '', sign, list = '']) => {
			const texts = textsIn(list);
			const [first = ''] = texts;
			const isKey = column === 'I04_KODAS_CH';
			const by: Compare = isKey ? compare : byCode;
			const valueOf = (key: string) => (isKey ? key : this.columnOf(key, column));
			const set = new Set(texts);
			if (sign === 'IN')
				return (key: string) =>
					set.has(valueOf(key)) ||
					(by !== byCode && texts.some((text) => by(valueOf(key), text) === 0));
			if (sign === '>') return (key: string) => by(valueOf(key), first) > 0;
			if (sign === '<') return (key: string) => by(valueOf(key), first) < 0;
			return (key: string) => by(valueOf(key), first) >= 0;
		});
		return (key) => tests.every((test) => test(key));
	}

	private columnOf(key: string, column: string): string {
		const { changed = '', date = '' } = this.rows.get(key) ?? {};
		return column === 'I04_R_DATE' ? changed : `${date}T00:00:00`;
	}
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
export const keysOf = (rows: readonly Row[]) => rows.map((row) => String(row.I04_KODAS_CH));
