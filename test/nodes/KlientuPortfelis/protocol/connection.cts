/** A connection that has a session, to a service that a test plays. */
import type { Connection } from '../../../../nodes/KlientuPortfelis/protocol/call';
import { sessions } from '../../../../nodes/KlientuPortfelis/protocol/memory';
import type { Arguments } from '../../../../nodes/KlientuPortfelis/protocol/request/sign';
import { once } from '../../../../nodes/shared/retry';

/**
 * @param fingerprint the name of its session
 * @param answer gives the fields of a response as XML; throws when no response comes
 */
export function connectionTo(
	fingerprint: string,
	answer: (name: string, parameters: Arguments) => Promise<string>,
): Connection {
	sessions.set(fingerprint, { sid: 'sid', number: 1, usedAt: Date.now(), login: undefined });
	return {
		fingerprint,
		timezone: 'UTC',
		secrets: [],
		addresses: { wsdlUrl: '', endpoint: 'https://service.example/', allowUnencrypted: false },
		transport: {
			repeat: once,
			fetch: async () => await Promise.reject(new Error('not asked for')),
			send: async ({ function: name, parameters }) => {
				const fields = await answer(name, parameters);
				const body = `<E:Envelope xmlns:E="e" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><E:Body><${name}Response><return>${fields}</return></${name}Response></E:Body></E:Envelope>`;
				return { status: 200, body };
			},
		},
	};
}
