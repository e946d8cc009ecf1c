/** The types of events that the sessions of a list have shown. */
import { eventTypesOf } from '../../../../nodes/KlientuPortfelis/protocol/eventTypes';
import { lost, writesTo, type Fate } from './portfolio/writes.cts';

interface Session {
	readonly id: number | string;
	readonly sent: string;
	readonly count?: number;
	readonly events?: ReadonlyArray<{ event_type?: string; title?: string }> | Fate;
}

const tags = (fields: object) =>
	Object.entries(fields)
		.map(([name, value]) => `<${name}>${String(value)}</${name}>`)
		.join('');
const items = (all: readonly object[]) => all.map((one) => `<item>${tags(one)}</item>`).join('');

function serviceWith(sessions: readonly Session[]) {
	return writesTo(({ function: name, parameters }) => {
		if (name === 'get_monitoring_sessions') {
			const listed = sessions.map(({ id, sent, count = 1 }) => ({
				id,
				sent,
				sent_events_count: count,
			}));
			return { xml: `<sessions>${items(listed)}</sessions>` };
		}
		const events = sessions.find(({ id }) => id === parameters.session_id)?.events ?? [];
		return Array.isArray(events) ? { xml: `<events>${items(events)}</events>` } : (events as Fate);
	});
}

const typesOf = async (sessions: readonly Session[]) =>
	await eventTypesOf(serviceWith(sessions).connection, 7);

test('each type once, by its latest title, in the order of the Latvian alphabet', async () => {
	const sessions: Session[] = [
		{ id: 1, sent: '2026-01-01', events: [{ event_type: 'A', title: 'Vecs' }] },
		{
			id: 3,
			sent: '2026-01-03',
			events: [
				{ event_type: 'B', title: 'Čeki' },
				{ event_type: 'A', title: 'Dati' },
			],
		},
		{
			id: 2,
			sent: '2026-01-02',
			events: [
				{ event_type: 'C', title: 'Cits' },
				{ event_type: 'A', title: 'Vecāks' },
			],
		},
	];
	expect(await typesOf(sessions)).toEqual([
		{ code: 'C', title: 'Cits' },
		{ code: 'B', title: 'Čeki' },
		{ code: 'A', title: 'Dati' },
	]);
});

test('a title that a later event lacks, and types without a title by their codes', async () => {
	const events = [{ event_type: 'B' }, { event_type: 'A' }, { event_type: '' }, { title: 'x' }];
	const sessions = [
		{ id: 2, sent: '2026-01-02', events },
		{ id: 1, sent: '2026-01-01', events: [{ event_type: 'C' }, { event_type: 'C', title: 'Ce' }] },
	];
	expect(await typesOf(sessions)).toEqual([
		{ code: 'A', title: '' },
		{ code: 'B', title: '' },
		{ code: 'C', title: 'Ce' },
	]);
});

test('sessions that found nothing, or have no number, are not read; of the others the latest 30', async () => {
	const sessions: Session[] = Array.from({ length: 35 }, (_, index) => ({
		id: index + 1,
		sent: `2026-01-01 ${String(index).padStart(2, '0')}`,
	}));
	const service = serviceWith([
		...sessions,
		{ id: 90, sent: '2026-02-01', count: 0 },
		{ id: 'x', sent: '2026-02-02' },
	]);
	await eventTypesOf(service.connection, 7);
	const read = service.sent.flatMap(({ parameters }) => parameters.session_id ?? []);
	expect(read).toEqual(Array.from({ length: 30 }, (_, index) => 35 - index));
});

test('a session that cannot be read is left out, a lost connection is not', async () => {
	const fine = { id: 1, sent: '2026-01-01', events: [{ event_type: 'A', title: 'Dati' }] };
	const refused = { id: 2, sent: '2026-01-02', events: 2009 };
	expect(await typesOf([fine, refused])).toEqual([{ code: 'A', title: 'Dati' }]);
	const gone = { id: 3, sent: '2026-01-03', events: lost() };
	await expect(typesOf([fine, gone])).rejects.toThrow('The connection was lost');
});

test('a list without monitoring has none; another refusal is said', async () => {
	const typesWhen = async (fate: Fate) => await eventTypesOf(writesTo(() => fate).connection, 7);
	expect(await typesWhen(2018)).toEqual([]);
	expect(await typesWhen(null)).toEqual([]);
	await expect(typesWhen(2008)).rejects.toMatchObject({ details: { code: '2008' } });
});
