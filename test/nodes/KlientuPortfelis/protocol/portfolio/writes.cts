/** A service that notes the writes and answers them as the test says. */
import type { Connection } from '../../../../../nodes/KlientuPortfelis/protocol/call';
import { sessions } from '../../../../../nodes/KlientuPortfelis/protocol/memory';
import { Fault } from '../../../../../nodes/shared/fault';
import { once } from '../../../../../nodes/shared/retry';
import { escapeText } from '../../../../../nodes/shared/xml';

/** A write as the service gets it: its function, and its parameters without the session. */
export interface Write {
	readonly function: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** What becomes of a write: done, with the object that it answers with; a code; or no response. */
export type Fate = Readonly<Record<string, unknown>> | number | Fault;

/** No response, to a request that may have arrived. */
export const lost = () =>
	new Fault('connection', 'The connection was lost', 'Try again.', { maybeSent: true });

const elements = (fields: object): string =>
	Object.entries(fields)
		.map(([name, value]) => `<${name}>${escapeText(String(value))}</${name}>`)
		.join('');

function resultOf(fate: Readonly<Record<string, unknown>> | number): string {
	if (typeof fate !== 'number') {
		return `<success>true</success><object>${elements(fate)}</object>`;
	}
	return `<success>false</success><code>${fate}</code><message>Nē</message>`;
}

/**
 * A connection with a session, and what was sent on it.
 *
 * @param answer decides on each write; may wait
 */
export function writesTo(answer: (write: Write, number: number) => Fate | Promise<Fate>) {
	const sent: Write[] = [];
	sessions.set('test', { sid: 'sid', number: 1, usedAt: Date.now(), login: undefined });
	const connection: Connection = {
		fingerprint: 'test',
		timezone: 'UTC',
		secrets: [],
		addresses: { wsdlUrl: '', endpoint: 'https://service.example/', allowUnencrypted: false },
		transport: {
			repeat: once,
			fetch: async () => await Promise.reject(new Error('not asked for')),
			send: async ({ function: name, parameters: { sid: _sid, ...parameters } }) => {
				const write = { function: name, parameters };
				sent.push(write);
				const fate = await answer(write, sent.length - 1);
				if (fate instanceof Fault) throw fate;
				const body = `<E:Envelope xmlns:E="e"><E:Body><${name}Response><return>${resultOf(fate)}</return></${name}Response></E:Body></E:Envelope>`;
				return { status: 200, body };
			},
		},
	};
	return { connection, sent };
}
