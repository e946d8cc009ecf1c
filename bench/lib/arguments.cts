/** What stands after `npm run bench --`. */
import { Refusal } from '../../e2e/lib/refusal.cts';
import { PARTS, type PartName } from './results.cts';

export interface Wanted {
	readonly parts: readonly PartName[];
	readonly rounds: number;
	readonly shrink: number;
	/** Whether the figures are to be kept: those of a whole run, or of parts when asked, with full sizes. */
	readonly keep: boolean;
}

const ROUNDS = 7;

const USAGE = `npm run bench [-- ${PARTS.join(' | ')} …] [--keep] [--rounds N] [--small]`;

function isPart(text: string): text is PartName {
	return PARTS.some((name) => name === text);
}

export function wantedBy(given: readonly string[]): Wanted {
	const parts: PartName[] = [];
	let [rounds, shrink, asked] = [ROUNDS, 1, false];
	for (let at = 0; at < given.length; at++) {
		const word = given[at] ?? '';
		if (isPart(word)) parts.push(word);
		else if (word === '--small') shrink = 10;
		else if (word === '--keep') asked = true;
		else if (word === '--rounds' && /^[1-9]\d?$/.test(given[at + 1] ?? '')) {
			rounds = Number(given[++at]);
		} else throw new Refusal(`There is no "${word}" here.\n${USAGE}`);
	}
	const whole = parts.length === 0;
	const isFull = shrink === 1 && rounds >= ROUNDS;
	if (asked && !isFull)
		throw new Refusal(`Only figures of full sizes and rounds are kept.\n${USAGE}`);
	return {
		parts: whole ? PARTS : parts,
		rounds,
		shrink,
		keep: (whole || asked) && isFull,
	};
}
