/** The matrix as docs/reliability.md shows it. */
import type { Finding } from './cell.cts';
import { DOUBT } from './expected.cts';
import type { FaultCase } from './faults.cts';
import type { Way } from './ways.cts';

/** What was seen when one fault struck on one way. */
export interface Cell {
	readonly fault: FaultCase;
	readonly way: Way;
	readonly passes: Finding;
	readonly stays: Finding;
}

export const START = '<!-- faults: written by test/faults/matrix.test.cts -->';
export const END = '<!-- end of faults -->';

const isWrite = ({ way }: Cell) => way.name === 'write';

/** How the call fares, in words. */
function faring({ passes, stays }: Cell): string {
	if (stays.words === undefined) return 'right at once';
	if (passes.words === undefined) return `sent ${stays.sent} times at most`;
	return `sent ${times(stays.sent)}`;
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

function afterWrite({ stays }: Cell): string {
	if (stays.words === undefined) return '';
	const state = stays.made === 0 ? 'not made' : 'made';
	return stays.words.description.startsWith(DOUBT) ? `, in doubt (here: ${state})` : `, ${state}`;
}

/** One text where all say the same, else who says what. */
function together(cells: readonly Cell[], say: (cell: Cell) => string): string {
	const said = new Map<string, string[]>();
	for (const cell of cells) {
		const text = say(cell);
		said.set(text, [...(said.get(text) ?? []), `${cell.way.service}, ${cell.way.name}`]);
	}
	if (said.size <= 1) return [...said.keys()].join('');
	return [...said].map(([text, ways]) => `${text} (${ways.join('; ')})`).join('. ');
}

/** What a user reads, without what differs from call to call. */
export function wordsOf({ words }: Finding): string {
	if (words === undefined) return '';
	const description = words.description
		.replace(DOUBT, '')
		.replace(/ The answer begins: .*/s, ' The answer begins: …')
		.replace(/\/\/[\w.-]*\.invalid:\d+/g, '//other.example')
		.replace(/HTTP status \d+/g, 'HTTP status …');
	return `**${words.message}**: ${description}`;
}

const escaped = (text: string) => text.replace(/\|/g, '\\|');

const row = (...texts: string[]) => `| ${texts.map(escaped).join(' | ')} |`;

function rowsOf(cells: readonly Cell[]): Map<string, Cell[]> {
	const rows = new Map<string, Cell[]>();
	for (const cell of cells) {
		const name = cell.fault.row ?? cell.fault.name;
		rows.set(name, [...(rows.get(name) ?? []), cell]);
	}
	return rows;
}

export function tableOf(cells: readonly Cell[]): string {
	const rows = [...rowsOf(cells)];
	const said = rows.filter(([, inRow]) => inRow.some(({ stays }) => stays.words !== undefined));
	const wordsIn = (inRow: readonly Cell[], service: Way['service']) =>
		together(
			inRow.filter(({ way }) => way.service === service),
			({ stays }) => wordsOf(stays),
		);
	return [
		row('What happens', 'Reads, pages, log-ins, polls', 'Changes'),
		row('---', '---', '---'),
		...rows.map(([name, inRow]) =>
			row(
				name,
				together(
					inRow.filter((cell) => !isWrite(cell)),
					faring,
				),
				together(inRow.filter(isWrite), (cell) => faring(cell) + afterWrite(cell)),
			),
		),
		'',
		'What the user reads when it does not pass:',
		'',
		row('What happens', 'Klientu Portfelis', 'Rivilė'),
		row('---', '---', '---'),
		...said.map(([name, inRow]) =>
			row(name, wordsIn(inRow, 'Klientu Portfelis'), wordsIn(inRow, 'Rivilė')),
		),
	].join('\n');
}
