/** What the parts of the bench are, and what they give. */
import type { Figures } from './rounds.cts';

/** The medians of one contestant in one case. */
export interface Row {
	/** The case, such as `25,000 objects`. */
	readonly what: string;
	readonly who: string;
	readonly figures: Figures;
}

export interface Settings {
	readonly rounds: number;
	/** What sizes are divided by: 1, except while the bench itself is being worked on. */
	readonly shrink: number;
	/** Shows rows as soon as they are there. */
	readonly show: (rows: readonly Row[]) => void;
}

export interface Part {
	readonly title: string;
	/** What the figures are, for the reader of the table. */
	readonly note: string;
	run(settings: Settings): Promise<readonly Row[]>;
}

/** The contestant that the others are compared with. */
export const OURS = 'ours';

export function rowsOf(what: string, figures: Readonly<Record<string, Figures>>): Row[] {
	return Object.entries(figures).map(([who, measured]) => ({ what, who, figures: measured }));
}

export const count = (value: number): string => value.toLocaleString('en-US');
