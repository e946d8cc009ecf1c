import type { INode } from 'n8n-workflow';

import { CODES, serviceFault } from '../../../nodes/KlientuPortfelis/protocol/answer/codes';
import { Fault, type FaultDetails, type FaultKind } from '../../../nodes/shared/fault';
import { failureOf } from '../../../nodes/shared/failure';
import { toNodeError } from '../../../nodes/shared/items';

const node: INode = {
	id: '1',
	name: 'Node',
	type: 'sample',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const failureFor = (kind: FaultKind, details: FaultDetails) =>
	failureOf(new Fault(kind, 'What happened', 'What to do', details));

describe('the cause that n8n is told', () => {
	test.each<[FaultKind, FaultDetails, ReturnType<typeof failureOf>]>([
		['input', {}, { cause: 'configuration-invalid' }],
		['credential', {}, { cause: 'credential-invalid' }],
		['connection', { transient: true }, { cause: 'temporarily-unavailable' }],
		['connection', {}, { cause: 'temporarily-unavailable' }],
		['answer', { status: 503, transient: true }, { cause: 'temporarily-unavailable' }],
		[
			'answer',
			{ status: 503, transient: true, retryAfter: 7 },
			{ cause: 'temporarily-unavailable', retryAfterMs: 7000 },
		],
		[
			'service',
			{ status: 429, transient: true, retryAfter: 1.5 },
			{ cause: 'rate-limited', retryAfterMs: 1500 },
		],
		['answer', { status: 401 }, { cause: 'credential-invalid' }],
		['service', { cause: 'quota-exhausted' }, { cause: 'quota-exhausted' }],
		['service', { cause: 'credential-invalid', retryAfter: 5 }, { cause: 'credential-invalid' }],
		['service', {}, undefined],
		['answer', {}, undefined],
	])('of a fault of the kind %s with %j', (kind, details, expected) => {
		expect(failureFor(kind, details)).toEqual(expected);
	});

	test.each([
		['1000', 'temporarily-unavailable'],
		['1002', 'configuration-invalid'],
		['1004', 'quota-exhausted'],
		['2003', 'credential-invalid'],
		['2007', 'temporarily-unavailable'],
		['2018', 'configuration-invalid'],
		['3002', 'credential-invalid'],
	])('of the code %s', (code, cause) => {
		const reply = { success: false, code, message: '', status: 200, fields: {} };
		expect(failureOf(serviceFault(reply))).toEqual({ cause });
	});

	test('is known for every code of the specification', () => {
		for (const { cause } of Object.values(CODES)) expect(cause).toBeDefined();
	});

	test('stands on the errors of n8n', () => {
		const quota = new Fault('service', 'Full', 'Delete some', { cause: 'quota-exhausted' });
		expect(toNodeError(node, quota).failure).toEqual({ cause: 'quota-exhausted' });
		const input = new Fault('input', "'Name' is empty", 'Fill it in');
		expect(toNodeError(node, input).failure).toEqual({ cause: 'configuration-invalid' });
		expect(toNodeError(node, new Fault('answer', 'Odd', 'Look'))).not.toHaveProperty(
			'failure.cause',
		);
	});
});

test('a message that holds a network code, even as a part of a word, stays as it is', () => {
	const message = 'Rivilė refused the request: keEPERMissions ENOTFOUND';
	expect(toNodeError(node, new Fault('service', message, 'Look')).message).toBe(message);
});
