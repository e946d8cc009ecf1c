/** What a sync says when it ended early, or was not begun. */
import type { DoneRow } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/carryOut';
import type { Row } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/plan';
import {
	planned,
	stopFault,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/report';
import { Fault } from '../../../../../nodes/shared/fault';
import { codeOf, company } from './companies.cts';

const row = (number: number, action: DoneRow['action'], more: Partial<DoneRow> = {}): DoneRow => ({
	listId: 7,
	object: company(number),
	action,
	...more,
});
const toDelete = (number: number): Row =>
	row(number, 'deleted', { step: { kind: 'delete', id: number } });

test('a plan that may not be carried out says so in each row that would have changed something', () => {
	const rows = [row(1, 'unchanged'), toDelete(2)];
	expect(planned({ rows })).toEqual({ rows });
	const refusal = new Fault('input', 'Too much', 'Check it.');
	expect(planned({ rows, refusal })).toStrictEqual({
		rows: [rows[0], { ...rows[1], action: 'refused', reason: 'Too much. Check it.', isLeft: true }],
	});
});

describe('a run that stopped', () => {
	const stop = new Fault('service', 'The list is full', 'Make room.', { code: '1004' });
	const uncertain = new Fault('connection', 'Lost', '', { uncertain: true });

	test('counts what was done and names what is open', () => {
		const rows = [
			row(1, 'created'),
			row(2, 'created', { reason: 'Added, but without its details.' }),
			row(3, 'updated'),
			row(4, 'deleted'),
			row(5, 'unchanged'),
			row(6, 'refused', { reason: 'It cannot be' }),
			row(7, 'refused', { fault: uncertain }),
			row(8, 'refused', { fault: stop }),
			row(9, 'refused', { isLeft: true }),
		];
		expect(stopFault(stop, rows)).toMatchObject({
			kind: 'service',
			message: 'The sync stopped midway: The list is full',
			description: [
				'Run the workflow again: it does what is left and repeats nothing. Done: 2 created, 1 updated, 1 deleted.',
				`May have been done (1): ${codeOf(7)}.`,
				`Added without details, which 'Compare Details' writes in the next run (1): ${codeOf(2)}.`,
				`Not done (2): ${codeOf(8)}, ${codeOf(9)}.`,
				'Make room.',
			].join(' '),
			details: { code: '1004', uncertain: true },
		});
	});

	test('names twenty codes at most, and no list that is empty', () => {
		const left = (count: number) =>
			Array.from({ length: count }, (_, index) => row(index + 1, 'refused', { isLeft: true }));
		const twenty = stopFault(stop, left(20));
		expect(twenty.description).toMatch(/Not done \(20\): (\d+, ){19}\d+\. Make room\.$/);
		expect(twenty.description).not.toMatch(/May have been done|without details/);
		expect(twenty.details.uncertain).toBe(false);
		const more = stopFault(stop, left(23)).description;
		expect(more).toMatch(/Not done \(23\): (\d+, ){19}\d+ and 3 more\. /);
	});
});
