/** Every operation as a workflow holds it, what PHP has to see of it, and what comes out. */
import { byId } from '../../test/nodes/KlientuPortfelis/helpers.cts';
import { hex } from './start.cts';

const of =
	(resource: string) =>
	(operation: string, more: object = {}) => ({ resource, operation, ...more });
const ofList =
	(resource: string) =>
	(operation: string, listId: number, more: object = {}) =>
		of(resource)(operation, { listId: byId(listId), ...more });

export const list = of('list');
export const object = of('object');
export const session = of('session');
export const monitoring = ofList('monitoring');
export const sessions = ofList('monitoringSession');

/** What samples.php has in texts: XML's specials, blanks at the ends, characters beyond the basic plane. */
export const ODD = ` \r\n"A" & <B> ']]>' /\u00a0\u2028\u007f\u{1f600} \t`;

const emails = ['anna@example.com', 'janis@example.com'];
const services = ['SV_A', 'SV_B'];
const settings = {
	emails,
	emptyMail: true,
	period: 'W',
	startDate: '2026-01-01T00:00:00',
	services,
};
const seenSettings = {
	list_id: 4,
	email: emails.map(hex),
	empty_mail: true,
	period: hex('W'),
	start_date: hex('2026-01-01'),
	services: services.map(hex),
};
const set = {
	list_id: 4,
	email: emails.join(', '),
	empty_email: true,
	period: 'W',
	start_date: '2026-01-01',
	services: services.map((type) => ({ type, name: `Pakalpojums ${type}` })),
};

/** Function, operation, the parameters as PHP sees them without the session, the first item. */
export const operations: ReadonlyArray<readonly [string, object, object, object]> = [
	[
		'login',
		session('login'),
		{ username: hex('a'), password: hex('b'), role_id: 1234 },
		{ sid: expect.any(String) },
	],
	['get_lists', list('getMany'), {}, { id: 1, name: 'Saraksts 1' }],
	[
		'add_list',
		list('create', { name: ODD, type: 'PERSONS' }),
		{ name: hex(ODD), type: hex('PERSONS') },
		{ id: 7, name: ODD, description: null },
	],
	[
		'add_list',
		list('create', {
			name: 'A',
			type: 'KEYWORDS',
			additionalFields: { description: ODD, form: 'OUTERID' },
		}),
		{ name: hex('A'), type: hex('KEYWORDS'), description: hex(ODD), form: hex('OUTERID') },
		{ description: ODD, form: 'OUTERID' },
	],
	[
		'update_list',
		list('update', { listId: byId(9), name: 'B' }),
		{ id: 9, name: hex('B') },
		{ id: 9, name: 'B' },
	],
	['delete_list', list('delete', { listId: byId(1) }), { id: 1 }, { deleted: true, id: 1 }],
	[
		'get_objects',
		object('getMany', { listId: byId(1) }),
		{ list_id: 1, start: 0, rows: 50 },
		{ id: 1, code: '00000000001' },
	],
	[
		'get_object',
		object('get', { objectId: '1' }),
		{ id: 1 },
		{ id: 1, code: '00000000001', address: ODD },
	],
	[
		'add_object',
		object('create', {
			listId: byId(1),
			type: 'KEYWORD',
			code: ODD,
			additionalFields: { name: 'Ķ', checkUr: false },
		}),
		{ list_id: 1, code: hex(ODD), type: hex('KEYWORD'), name: hex('Ķ'), check_ur: false },
		{ id: 11, code: ODD, name: 'Ķ' },
	],
	[
		'add_object',
		object('create', { listId: byId(1), type: 'COMPANY', code: '40000000001' }),
		{ list_id: 1, code: hex('40000000001'), type: hex('COMPANY') },
		{ id: 11, name: null },
	],
	[
		'update_object',
		object('update', {
			objectId: '5',
			updateFields: { address: ODD, phone: '', email: 'a@b.lv', clientId: '007' },
		}),
		{ id: 5, address: hex(ODD), phone: '', email: hex('a@b.lv'), client_id: hex('007') },
		{ id: 5, user_address: ODD, phone: '', fax: null, client_id: '007' },
	],
	[
		'delete_object',
		object('delete', { objectId: '5', deleteFrom: 'allLists' }),
		{ id: 5 },
		{ deleted: true, id: 5 },
	],
	[
		'delete_object',
		object('delete', { objectId: '5', listId: byId(2) }),
		{ id: 5, list_id: 2 },
		{ deleted: true, id: 5 },
	],
	[
		'get_list_monitoring',
		monitoring('get', 4),
		{ list_id: 4 },
		{ list_id: 4, end_date: null, empty_email: false, services: [] },
	],
	['get_available_services', monitoring('getServices', 1), { list_id: 1 }, { type: 'SV_BIRTH' }],
	[
		'add_list_monitoring',
		monitoring('create', 4, settings),
		seenSettings,
		{ ...set, end_date: null },
	],
	[
		'update_list_monitoring',
		monitoring('update', 4, { ...settings, additionalFields: { endDate: '2026-12-31' } }),
		{ ...seenSettings, end_date: hex('2026-12-31') },
		{ ...set, end_date: '2026-12-31' },
	],
	[
		'get_monitoring_sessions',
		sessions('getMany', 2),
		{ list_id: 2 },
		{ id: 1, sent: '2026-01-10 08:00:00', sent_events_count: 0 },
	],
	[
		'get_monitoring_sessions',
		sessions('getMany', 2, { filters: { to: '2026-02-01' } }),
		{ list_id: 2, to: hex('2026-02-01') },
		{ id: 1 },
	],
	[
		'get_session_events',
		sessions('getEvents', 1, { sessionId: '3' }),
		{ list_id: 1, session_id: 3 },
		{ event_type: 'EV_ADDRESS', notes: ODD },
	],
	['logout', session('logout'), {}, { loggedOut: true }],
];
