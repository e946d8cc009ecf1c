/** The functions on monitorings, their sessions and events. */
import { listFor } from './access.cts';
import type { Arguments } from './checks.cts';
import { ServiceError } from './errors.cts';
import type { Context, Handler } from './lists.cts';
import type { StoredList, StoredMonitoring } from './portfolio.cts';
import { SERVICES, type Service } from './samples.cts';

function monitoringOf(list: StoredList): StoredMonitoring {
	if (!list.monitoring) throw new ServiceError(2018);
	return list.monitoring;
}

function monitoringView(list: StoredList): object {
	const monitoring = monitoringOf(list);
	return {
		...monitoring,
		list_id: list.id,
		email: monitoring.email.join(','),
		object_count: list.objects.size,
	};
}

export const getListMonitoring: Handler = ({ portfolio, role }, given) => ({
	monitoring: monitoringView(listFor(portfolio, role, given.id('list_id'), 'READ')),
});

export const getMonitoringSessions: Handler = (context, given) => {
	const { portfolio, role, newestSessionsFirst } = context;
	const list = listFor(portfolio, role, given.id('list_id'), 'READ');
	const { monitoring_id } = monitoringOf(list);
	const [from, to] = [given.text('from'), given.text('to')];
	const found = list.sessions
		.filter(({ sent }) => (!from || sent >= from) && (!to || sent.slice(0, 10) <= to))
		.map(({ id, sent, events }) => ({ id, sent, sent_events_count: events.length }))
		.sort((a, b) => (a.sent < b.sent ? -1 : a.sent > b.sent ? 1 : a.id - b.id));
	const sessions = newestSessionsFirst ? found.reverse() : found;
	return { sessions, session_count: sessions.length, monitoring_id };
};

export const getSessionEvents: Handler = ({ portfolio, role }, given) => {
	const list = listFor(portfolio, role, given.id('list_id'), 'READ');
	const session = list.sessions.find(({ id }) => id === given.id('session_id'));
	// The specification has no code of its own for this.
	if (!session) throw new ServiceError(2020, 'Parametrs session_id: sesija nav atrasta');
	return { events: session.events };
};

export const getAvailableServices: Handler = ({ portfolio, role }, given) => ({
	services: SERVICES[listFor(portfolio, role, given.id('list_id'), 'READ').type],
});

function chosenServices(list: StoredList, codes: readonly string[]): Service[] {
	return codes.map((code) => {
		const service = SERVICES[list.type].find(({ type }) => type === code);
		if (!service) throw new ServiceError(2020, `Parametrs services: nav pakalpojuma ${code}`);
		return service;
	});
}

function setMonitoring({ portfolio }: Context, list: StoredList, given: Arguments): object {
	if (list.objects.size === 0) throw new ServiceError(2017);
	portfolio.setMonitoring(list, {
		email: given.list('email'),
		period: given.required('period'),
		start_date: given.required('start_date'),
		end_date: given.text('end_date') || null,
		empty_email: given.flag('empty_mail') ?? false,
		services: chosenServices(list, given.list('services')),
	});
	return { monitoring: monitoringView(list) };
}

/** No code is documented for a list that has a monitoring already, so a new one replaces it. */
export const addListMonitoring: Handler = (context, given) => {
	const list = listFor(context.portfolio, context.role, given.id('list_id'), 'WRITE');
	return setMonitoring(context, list, given);
};

export const updateListMonitoring: Handler = (context, given) => {
	const list = listFor(context.portfolio, context.role, given.id('list_id'), 'WRITE');
	monitoringOf(list);
	return setMonitoring(context, list, given);
};
