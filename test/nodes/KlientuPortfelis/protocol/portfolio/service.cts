/** A service with lists and objects, on the way that a connection takes. */
import { once } from '../../../../../nodes/shared/retry';
import { escapeText } from '../../../../../nodes/shared/xml';
import type { Connection } from '../../../../../nodes/KlientuPortfelis/protocol/call';
import { sessions } from '../../../../../nodes/KlientuPortfelis/protocol/memory';

export interface ServedObject {
	readonly id: number;
	readonly code: string | null;
	readonly name: string | null;
	readonly virtual_id?: string | null;
	readonly client_id?: string | null;
}

export interface ServedList {
	readonly id: number;
	readonly name: string;
	readonly type?: string;
	readonly objects: ServedObject[];
	/** Refuses its objects with this code. */
	refused?: number;
	/** Is not among the lists. */
	hidden?: boolean;
}

const fieldOf = ([name, value]: [string, unknown]): string =>
	value === null || value === undefined
		? `<${name} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`
		: `<${name}>${escapeText(String(value))}</${name}>`;
const xml = (fields: object): string => Object.entries(fields).map(fieldOf).join('');

export class Service {
	readonly requests: string[] = [];
	/** What happens before a request is answered; may wait, or throw to lose it. */
	before: (request: string) => Promise<void> | void = () => {};

	constructor(readonly lists: ServedList[]) {}

	/** A new connection, as each execution has one. */
	connection(fingerprint = 'test'): Connection {
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
					const request = `${name} ${String(parameters.list_id ?? '')}`.trim();
					this.requests.push(request);
					const answer = this.answerTo(name, parameters);
					await this.before(request);
					const body = `<E:Envelope xmlns:E="e"><E:Body><${name}Response><return>${answer}</return></${name}Response></E:Body></E:Envelope>`;
					return { status: 200, body };
				},
			},
		};
	}

	private answerTo(name: string, { list_id: listId, start, rows }: Record<string, unknown>) {
		if (name === 'get_lists') {
			const lists = this.lists
				.filter(({ hidden }) => hidden !== true)
				.map(({ id, name: listName, type = 'PERSONS', objects }) =>
					xml({ id, name: listName, type, object_count: objects.length }),
				);
			return `<success>true</success><lists>${lists.map((list) => `<item>${list}</item>`).join('')}</lists>`;
		}
		if (name !== 'get_objects') return '<success>true</success>';
		const list = this.lists.find(({ id }) => id === listId);
		const refused = list === undefined ? 2008 : list.refused;
		if (list === undefined || refused !== undefined) {
			return `<success>false</success><code>${refused}</code><message>Nav</message>`;
		}
		const page = list.objects.slice(Number(start), Number(start) + Number(rows));
		const items = page.map((object) => `<item>${xml(object)}</item>`).join('');
		return `<success>true</success><list><object_count>${list.objects.length}</object_count><objects>${items}</objects></list>`;
	}
}
