/** Codes as they are sent, and the one object that a code means. */
import {
	codeToSend,
	isUsable,
	onlyOne,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/wanted';
import { codeOf } from './companies.cts';

test.each<[unknown, unknown, unknown]>([
	['COMPANY', ` LV ${codeOf(1)} `, codeOf(1)],
	['COMPANY', ` ${codeOf(1)} `, codeOf(1)],
	['PERSON', ' 010190-12345 ', '010190-12345'],
	['PERSON', '010190 12345', '01019012345'],
	// What fits in neither form is shown as it was written.
	['COMPANY', 'LV 12', 'LV 12'],
	['FIRM', ` LV ${codeOf(1)}`, `LV ${codeOf(1)}`],
	[undefined, ' x ', 'x'],
	['COMPANY', 40000000001, 40000000001],
	['COMPANY', null, null],
])('of the type %j, %j is sent as %j', (type, code, sent) => {
	expect(codeToSend(type, code)).toBe(sent);
});

test.each<[unknown, unknown, boolean]>([
	['COMPANY', codeOf(1), true],
	['COMPANY', Number(codeOf(1)), true],
	['COMPANY', '12', false],
	['FIRM', codeOf(1), false],
	['KEYWORD', 'Alfa', true],
	['KEYWORD', ' - ', false],
	['KEYWORD', 2 ** 60, false],
	['KEYWORD', undefined, false],
])('type %j and code %j name an object: %p', (type, code, expected) => {
	expect(isUsable({ type, code, details: {} })).toBe(expected);
});

test('of several objects none is the one', () => {
	expect(onlyOne([])).toBeUndefined();
	expect(onlyOne([{ id: 1 }])).toEqual({ id: 1 });
	expect(() => onlyOne([{ id: 1 }, { id: 2 }])).toThrow(
		expect.objectContaining({ name: 'Fault', kind: 'input' }),
	);
});
