/** The codes and functions of Klientu Portfelis, from the catalogue. */
import { CODES, SESSION_CODES } from '../../nodes/KlientuPortfelis/protocol/answer/codes';
import { FUNCTIONS, MAX_ROWS } from '../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { FIRST_PAGE, LARGEST_PAGE } from '../../nodes/KlientuPortfelis/protocol/pageSize';
import { SESSION_LIFE } from '../../nodes/KlientuPortfelis/protocol/session';
import { table, whole, withBlocks, type Page } from './page.cts';

const GROUPS: ReadonlyArray<readonly [first: string, title: string]> = [
	['1', 'General'],
	['2', 'Login, session and values'],
	['3', 'Signature'],
];

/** What the node does besides ending the item with the message, by codes. */
export const ACTIONS: Readonly<Record<string, string>> = {
	...Object.fromEntries(
		[...SESSION_CODES].map((code) => [
			code,
			'Logs in again and repeats the call once. The message comes only if that fails too.',
		]),
	),
	'1000':
		'Return All tries again with fewer objects at a time. After a change, the message says that the change may have been made.',
	'2013':
		'Object → Create returns the object that is there if If Object Exists is set to Skip. Create or Update and List → Sync go on with it.',
	'2018':
		'Monitoring → Create or Update creates the monitoring. The trigger, when it looks for event types, finds none.',
	'2021': 'Return All and a high Limit try again with fewer objects at a time.',
};

const codesTable = (first: string) =>
	table(
		['Code', 'Message', 'What to do', 'What the node does'],
		Object.entries(CODES)
			.filter(([code]) => code.startsWith(first))
			.map(([code, { message, description }]) => [code, message, description, ACTIONS[code] ?? '']),
	);

const page = `# Codes of Klientu Portfelis

When the service refuses a call, it gives a code and a message in Latvian. The node shows its own message, what to do, and then the service's words with the code.

${GROUPS.map(([first, title]) => `## ${title}\n\n${codesTable(first)}`).join('\n\n')}

A code that is not in these tables comes with the message "The service refused the request" and the service's words.
`;

const EFFECTS = { read: 'reads', write: 'changes', session: 'session' } as const;

const functionsTable = () =>
	table(
		['Function', 'Kind', 'Parameters in the order in which they are signed'],
		Object.entries(FUNCTIONS).map(([name, { effect, parameters }]) => [
			`\`${name}\``,
			EFFECTS[effect],
			parameters
				.map(({ name: parameter, required }) => `\`${parameter}\`${required ? '' : '?'}`)
				.join(', '),
		]),
	);

const number = (value: number) => value.toLocaleString('en-US');

const sizesTable = () =>
	table(
		['Number', 'Value'],
		[
			['Objects in the first request of a list', number(FIRST_PAGE)],
			['Objects in a request at most', number(LARGEST_PAGE)],
			['Objects that the service gives at most', number(MAX_ROWS)],
			['Minutes without use after which the node logs in again', number(SESSION_LIFE / 60_000)],
		],
	);

export const codePages: readonly Page[] = [
	whole('docs/klientu-portfelis-codes.md', page),
	withBlocks('docs/klientu-portfelis-protocol.md', {
		functions: functionsTable,
		sizes: sizesTable,
	}),
];
