import { concernsOneSession } from '../../../../nodes/KlientuPortfelis/trigger/notices';
import { Fault, type FaultDetails, type FaultKind } from '../../../../nodes/shared/fault';

describe('a fault instead of the events of a session', () => {
	test.each<[string, boolean, FaultKind, FaultDetails]>([
		['a breakdown inside the service', true, 'service', { code: '1000', status: 200 }],
		['an unknown code', true, 'service', { code: '7777', status: 400 }],
		['a refusal without a code', true, 'service', { status: 500 }],
		['an empty answer', true, 'answer', { status: 200, transient: true }],
		['an answer that is cut off', true, 'answer', { status: 500, transient: true }],
		['a refused login', false, 'service', { code: '2003', status: 401 }],
		['a deleted list', false, 'service', { code: '2008', status: 400 }],
		['a rate limit', false, 'answer', { status: 429, transient: true }],
		['a proxy without a service', false, 'answer', { status: 502, transient: true }],
		['a redirect', false, 'service', {}],
		['no answer', false, 'connection', {}],
		['a key that is none', false, 'credential', {}],
	])('%s: %s that it is this session alone', (_name, expected, kind, details) => {
		expect(concernsOneSession(new Fault(kind, 'Title', 'What to do', details))).toBe(expected);
	});

	test('anything else is not the session', () => {
		expect(concernsOneSession(new Error('a defect'))).toBe(false);
	});
});
