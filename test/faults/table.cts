/** The matrix as docs/reliability.md shows it. */
import type { Finding } from './cell.cts';
import { DOUBT } from './expected.cts';
import type { FaultCase } from './faults.cts';
import type { Scenario } from './scenario.cts';

/** What was seen when one fault struck in one scenario. */
export interface Cell {
	readonly fault: FaultCase;
	readonly scenario: Scenario;
	readonly passes: Finding;
	readonly stays: Finding;
}

export const START = '<!-- faults: written by test/faults/matrix.test.cts -->';
export const END = '<!-- end of faults -->';

/** The column that shows what a user reads in a scenario. A WSDL is no answer of the service. */
export const columnOf = ({ service, name }: Scenario): Scenario['service'] | 'WSDL' =>
	name === 'wsdl' ? 'WSDL' : service;

const isWrite = ({ scenario }: Cell) => scenario.name === 'write';

const isInEditor = ({ scenario }: Cell) => scenario.place === 'editor';

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

/** The text that most say, and who says something else. */
function together(cells: readonly Cell[], say: (cell: Cell) => string): string {
	const said = new Map<string, string[]>();
	for (const cell of cells) {
		const text = say(cell);
		said.set(text, [...(said.get(text) ?? []), `${cell.scenario.name} (${cell.scenario.service})`]);
	}
	const [most, ...others] = [...said].sort(([, a], [, b]) => b.length - a.length);
	const rest = others.map(([text, scenarios]) => `; ${scenarios.join(', ')}: ${text}`);
	return [most?.[0], ...rest].join('');
}

/** What a user reads, without what differs from call to call. */
export function wordsOf({ words }: Finding): string {
	if (words === undefined) return '';
	const description = words.description
		.replace(DOUBT, '')
		.replace(/ (The response begins with|It begins): .*/s, ' $1: …')
		.replace(/\/\/[\w.-]*\.invalid:\d+/g, '//other.example')
		.replace(/HTTP status \d+/g, 'HTTP status …');
	const message = words.message
		.replace(/\b\d+ seconds/, '… seconds')
		.replace(/HTTP status \d+/, 'HTTP status …');
	return `**${message}**: ${description}`;
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
	const wordsIn = (inRow: readonly Cell[], column: ReturnType<typeof columnOf>) =>
		together(
			inRow.filter(({ scenario }) => columnOf(scenario) === column),
			({ stays }) => wordsOf(stays),
		);
	return [
		row('What happens', 'Reads, pages, log-ins, WSDL, polls', 'Changes', 'In the editor'),
		row('---', '---', '---', '---'),
		...rows.map(([name, inRow]) =>
			row(
				name,
				together(
					inRow.filter((cell) => !isWrite(cell) && !isInEditor(cell)),
					faring,
				),
				together(inRow.filter(isWrite), (cell) => faring(cell) + afterWrite(cell)),
				together(inRow.filter(isInEditor), faring),
			),
		),
		'',
		'What the user reads when it does not pass:',
		'',
		row('What happens', 'Klientu Portfelis', 'Its WSDL', 'Rivilė'),
		row('---', '---', '---', '---'),
		...said.map(([name, inRow]) => {
			const own = wordsIn(inRow, 'Klientu Portfelis');
			const wsdl = wordsIn(inRow, 'WSDL');
			return row(
				name,
				own,
				wsdl === own && own !== '' ? 'the same' : wsdl,
				wordsIn(inRow, 'Rivilė'),
			);
		}),
	].join('\n');
}
