/** What the service stores: lists, objects (each in one or more lists) and monitorings. */
import type { ObjectType } from '../../../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { isChecked, virtualId } from './register.cts';
import {
	OBJECTS_OF_LIST,
	SERVICES,
	sampleAddress,
	sampleCode,
	sampleEvent,
	sampleName,
	type ListType,
	type MonitoringEvent,
	type Service,
} from './samples.cts';

export type Right = 'READ' | 'WRITE' | 'DELETE' | 'OWNER';

export interface ListUser {
	readonly id: number;
	readonly name: string;
	readonly rights: Right;
}

/** An object under the API's field names, with its kind and the lists that hold it. */
export interface StoredObject {
	readonly id: number;
	readonly type: ObjectType;
	readonly lists: StoredList[];
	readonly code: string;
	readonly virtual_id: string;
	name: string;
	status: 'ACTIVE' | 'DISABLED';
	created: string;
	updated: string;
	address: string | null;
	contact_person: string | null;
	user_address: string | null;
	phone: string | null;
	email: string | null;
	fax: string | null;
	www: string | null;
	client_id: string | null;
}

export interface StoredMonitoring {
	readonly monitoring_id: number;
	readonly email: readonly string[];
	readonly period: string;
	readonly start_date: string;
	readonly end_date: string | null;
	readonly empty_email: boolean;
	readonly services: readonly Service[];
}

export interface StoredSession {
	readonly id: number;
	readonly sent: string;
	readonly events: readonly MonitoringEvent[];
}

export interface StoredList {
	readonly id: number;
	readonly type: ListType;
	readonly form: string;
	readonly users: ListUser[];
	readonly objects: Map<number, StoredObject>;
	readonly sessions: StoredSession[];
	name: string;
	description: string | null;
	monitoring: StoredMonitoring | null;
}

export interface NewList {
	readonly name: string;
	readonly type: ListType;
	readonly form?: string;
	readonly description?: string | null;
}

export type NewObject = Pick<StoredObject, 'type' | 'code' | 'name'> & Partial<StoredObject>;

/** "YYYY-MM-DD hh:mm:ss", in UTC so that answers do not depend on the machine. */
export function timestamp(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

const objectKey = (type: ObjectType, code: string): string => `${type} ${code}`;

export class Portfolio {
	readonly lists = new Map<number, StoredList>();
	readonly objects = new Map<number, StoredObject>();
	private readonly byCode = new Map<string, StoredObject>();
	private readonly ids = { list: 6750, object: 1_000_000, monitoring: 300, session: 900 };

	constructor(private readonly now: () => number) {}

	addList(list: NewList, users: ListUser[]): StoredList {
		const stored: StoredList = {
			id: this.nextId('list'),
			name: list.name,
			type: list.type,
			form: list.form ?? 'SIMPLE',
			description: list.description ?? null,
			users,
			objects: new Map(),
			sessions: [],
			monitoring: null,
		};
		this.lists.set(stored.id, stored);
		return stored;
	}

	removeList(list: StoredList): void {
		for (const object of [...list.objects.values()]) this.takeOut(object, list);
		this.lists.delete(list.id);
	}

	findObject(type: ObjectType, code: string): StoredObject | undefined {
		return this.byCode.get(objectKey(type, code));
	}

	/** Makes an object that is in no list yet. */
	addObject(object: NewObject): StoredObject {
		const moment = timestamp(this.now());
		const stored: StoredObject = {
			id: this.nextId('object'),
			lists: [],
			virtual_id: virtualId(object.type, object.code),
			status: 'ACTIVE',
			created: moment,
			updated: moment,
			address: null,
			contact_person: null,
			user_address: null,
			phone: null,
			email: null,
			fax: null,
			www: null,
			client_id: null,
			...object,
		};
		this.objects.set(stored.id, stored);
		this.byCode.set(objectKey(stored.type, stored.code), stored);
		return stored;
	}

	putIn(object: StoredObject, list: StoredList): void {
		list.objects.set(object.id, object);
		object.lists.push(list);
	}

	/** Takes an object out of a list; one that is in no list any more is gone. */
	takeOut(object: StoredObject, list: StoredList): void {
		list.objects.delete(object.id);
		object.lists.splice(object.lists.indexOf(list), 1);
		if (object.lists.length > 0) return;
		this.objects.delete(object.id);
		this.byCode.delete(objectKey(object.type, object.code));
	}

	setMonitoring(list: StoredList, monitoring: Omit<StoredMonitoring, 'monitoring_id'>): void {
		const id = list.monitoring?.monitoring_id ?? this.nextId('monitoring');
		list.monitoring = { monitoring_id: id, ...monitoring };
	}

	/** Fills a list with sample objects; made to be quick for 100,000 of them. */
	seedObjects(list: StoredList, count: number): StoredObject[] {
		const type = OBJECTS_OF_LIST[list.type][0];
		return Array.from({ length: count }, () => {
			// Counting over the whole portfolio keeps the codes of several lists apart.
			const index = this.ids.object - 1_000_000;
			const object = this.addObject({
				type,
				code: sampleCode(type, index),
				name: sampleName(index),
				address: isChecked(type) ? sampleAddress(index) : null,
				client_id: index % 2 === 0 ? `K-${index + 1}` : null,
			});
			this.putIn(object, list);
			return object;
		});
	}

	seedMonitoring(list: StoredList): void {
		if (list.monitoring) return;
		this.setMonitoring(list, {
			email: ['portfelis@example.lv'],
			period: 'D',
			start_date: '2026-01-01',
			end_date: null,
			empty_email: false,
			services: SERVICES[list.type].slice(0, 2),
		});
	}

	seedSession(
		list: StoredList,
		sent = timestamp(this.now()),
		events: number | ReadonlyArray<Partial<MonitoringEvent>> = 1,
	): StoredSession {
		this.seedMonitoring(list);
		const given = typeof events === 'number' ? Array.from({ length: events }, () => ({})) : events;
		const session: StoredSession = {
			id: this.nextId('session'),
			sent,
			events: given.map((event, index) => ({ ...sampleEvent(index, sent), ...event })),
		};
		list.sessions.push(session);
		return session;
	}

	private nextId(kind: keyof Portfolio['ids']): number {
		return ++this.ids[kind];
	}
}
