/** A service with lists and objects, on the way that a connection takes. */
import { escapeText } from '../../../../../nodes/shared/xml';
import type { Connection } from '../../../../../nodes/KlientuPortfelis/protocol/call';
import { connectionTo } from '../connection.cts';

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
		return connectionTo(fingerprint, async (name, parameters) => {
			const request = `${name} ${String(parameters.list_id ?? '')}`.trim();
			this.requests.push(request);
			const answer = this.answerTo(name, parameters);
			await this.before(request);
			return answer;
		});
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
