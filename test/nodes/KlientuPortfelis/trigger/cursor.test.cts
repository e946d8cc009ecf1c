import fc from 'fast-check';

import {
	advance,
	cursorAfter,
	cursorBehind,
	newSessions,
} from '../../../../nodes/KlientuPortfelis/trigger/cursor';

const START = Date.parse('2026-01-01T00:00:00Z');
const HOUR = 60 * 60 * 1000;

const timeAfter = (hours: number) =>
	new Date(START + hours * HOUR).toISOString().slice(0, 19).replace('T', ' ');

const sessions = fc
	.uniqueArray(fc.nat(24 * 30), { maxLength: 60 })
	.map((hours) => hours.map((hour, index) => ({ id: index + 1, sent: timeAfter(hour) })));

describe('a cursor behind sessions', () => {
	test('is the one that handing them on leads to, one by one', () => {
		fc.assert(
			fc.property(sessions, (given) => {
				const stepwise = given.reduce(advance, cursorAfter(7, ''));
				expect(cursorBehind(7, given)).toEqual(stepwise);
			}),
		);
	});

	test('leaves none of them to be handed on, and takes the next', () => {
		const next = { id: 61, sent: timeAfter(24 * 30 + 1) };
		fc.assert(
			fc.property(sessions, (given) => {
				expect(newSessions(cursorBehind(7, given), [...given, next])).toEqual([next]);
			}),
		);
	});
});
