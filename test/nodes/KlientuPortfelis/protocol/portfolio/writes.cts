/** A service that notes what it gets, and answers as the test says. */
import { Fault } from '../../../../../nodes/shared/fault';
import { escapeText } from '../../../../../nodes/shared/xml';
import { connectionTo } from '../connection.cts';

/** A request as the service gets it: its function, and its parameters without the session. */
export interface Write {
	readonly function: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** The result of a function, as XML. */
interface Result {
	readonly xml: string;
}

/**
 * What becomes of a request: done, with the object that it answers with, or without one (null); a
 * result of another kind; a code; or no response.
 */
export type Fate = Readonly<Record<string, unknown>> | null | Result | number | Fault;

/** No response, to a request that may have arrived. */
export const lost = () =>
	new Fault('connection', 'The connection was lost', 'Try again.', { maybeSent: true });

const elements = (fields: object): string =>
	Object.entries(fields)
		.filter(([, value]) => value !== null)
		.map(([name, value]) => `<${name}>${escapeText(String(value))}</${name}>`)
		.join('');

/** The result of get_objects. */
export const listed = (objects: readonly object[]): Result => ({
	xml: `<list><object_count>${objects.length}</object_count><objects>${objects.map((object) => `<item>${elements(object)}</item>`).join('')}</objects></list>`,
});

const isResult = (fate: object): fate is Result => 'xml' in fate;

function resultOf(fate: Exclude<Fate, Fault>): string {
	if (typeof fate === 'number') {
		return `<success>false</success><code>${fate}</code><message>Nē</message>`;
	}
	if (fate === null) return '<success>true</success>';
	const result = isResult(fate) ? fate.xml : `<object>${elements(fate)}</object>`;
	return `<success>true</success>${result}`;
}

/**
 * A connection with a session, and what was sent on it.
 *
 * @param answer decides on each request; may wait
 */
export function writesTo(answer: (write: Write, number: number) => Fate | Promise<Fate>) {
	const sent: Write[] = [];
	const connection = connectionTo('test', async (name, parameters) => {
		const given = Object.entries(parameters).filter(([key]) => key !== 'sid');
		const write = { function: name, parameters: Object.fromEntries(given) };
		sent.push(write);
		const fate = await answer(write, sent.length - 1);
		if (fate instanceof Fault) throw fate;
		return resultOf(fate);
	});
	return { connection, sent };
}
