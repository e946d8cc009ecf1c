/** Whether a list has a monitoring, and whether it is as it is wanted. */
import {
	findMonitoring,
	hasSettings,
} from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/monitoring';
import { lost, writesTo, type Fate } from './writes.cts';

const find = async (fate: Fate) => await findMonitoring(writesTo(() => fate).connection, 7);

test('the monitoring of a list, or none', async () => {
	const xml = '<monitoring><monitoring_id>5</monitoring_id><period>D</period></monitoring>';
	expect(await find({ xml })).toMatchObject({ monitoring_id: 5, period: 'D' });
	expect(await find(null)).toBeUndefined();
	expect(await find(2018)).toBeUndefined();
	await expect(find(2008)).rejects.toMatchObject({ details: { code: '2008' } });
	await expect(find(lost())).rejects.toThrow('The connection was lost');
});

describe('a monitoring has the settings', () => {
	const wanted = {
		email: ['a@example.com', 'B@example.com'],
		empty_mail: false,
		period: 'D',
		start_date: '2026-01-31',
		services: ['UR', 'VID'],
	};
	const monitoring = {
		email: 'b@example.com; A@example.com',
		empty_email: null,
		period: 'D',
		start_date: '2026-01-31 00:00:00',
		end_date: null,
		services: [
			{ type: 'VID', name: 'Nodokļi' },
			{ type: 'UR', name: 'Reģistrs' },
		],
	};

	test.each([
		['however they are written', {}, {}],
		['as one list', { email: ['a@example.com', ' b@example.com'] }, {}],
		['with a date at which it ends', { end_date: '2026-12-31' }, { end_date: '2026-12-31' }],
		['with mails also when nothing was found', { empty_email: true }, { empty_mail: true }],
	])('%s', (_name, given, more) => {
		expect(hasSettings({ ...monitoring, ...given }, { ...wanted, ...more })).toBe(true);
	});

	test.each([
		['an address too many', {}, { email: ['a@example.com'] }],
		['another address', { email: 'a@example.com, c@example.com' }, {}],
		['a service too few', { services: [{ type: 'UR' }] }, {}],
		['no services', { services: null }, {}],
		['other mails', {}, { empty_mail: true }],
		['another period', { period: 'W' }, {}],
		['another start', { start_date: '2026-02-01' }, {}],
		['an end that is not asked for', { end_date: '2026-12-31' }, {}],
		['no addresses', { email: null }, {}],
	])('but not with %s', (_name, given, more) => {
		expect(hasSettings({ ...monitoring, ...given }, { ...wanted, ...more })).toBe(false);
	});
});
