/** The examples about money in Rivilė. */
import { sampleRows } from '../../dev/simulators/rivile.cts';
import { debt, type ExampleStage, expectSuccess, setExampleStage } from './stage.cts';

let stage: ExampleStage;

beforeEach(async () => {
	stage = await setExampleStage();
});
afterEach(async () => await stage.close());

/** The text of the only mail that was sent. */
function onlyMail(): string {
	const [mail, ...others] = stage.sent('emailSend');
	expect(others).toEqual([]);
	return String(mail?.text);
}

test('receipts-of-last-month-by-client.json sends the sum of each client, the largest first', async () => {
	const now = new Date();
	const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString();
	const rows = sampleRows(400, 1, now);
	stage.rivile.seed(rows);

	const result = await stage.run('receipts-of-last-month-by-client.json');

	expectSuccess(result);
	const receipts = rows.filter(
		(row) => row.I04_OP_RUSIS === 1 && String(row.I04_OP_DATA).startsWith(month.slice(0, 7)),
	);
	expect(result.json('Get Receipts')).toHaveLength(receipts.length);
	const clients = [...new Set(receipts.map(({ I04_PAV }) => String(I04_PAV)))];
	const sums = clients.map((client) => {
		const own = receipts.filter(({ I04_PAV }) => I04_PAV === client);
		const cents = own.reduce((sum, { I04_SUMA }) => sum + Math.round(Number(I04_SUMA) * 100), 0);
		return { client, receipts: own.length, amount: cents / 100, currency: 'EUR' };
	});
	sums.sort((a, b) => b.amount - a.amount);
	expect(result.json('Largest First')).toEqual(sums);
	const lines = sums.map(
		({ client, receipts: count, amount }) =>
			`${client}: ${amount.toFixed(2)} EUR (receipts: ${count})`,
	);
	expect(onlyMail()).toBe(lines.join('\n'));
});

test('match-payments-to-invoices.json lists the paid, the unpaid, and receipts without an invoice', async () => {
	const today = new Date().toISOString().slice(0, 10);
	const operation = (number: number, reference: string, name: string, sum: number, kind = 1) => ({
		I04_KODAS_CH: String(number).padStart(12, '0'),
		I04_OP_RUSIS: kind,
		I04_OP_DATA: `${today}T00:00:00`,
		I04_APRASYMAS: reference,
		I04_PAV: name,
		I04_SUMA: sum,
		I04_KODAS_VL: 'EUR',
	});
	stage.rivile.seed([
		// All three match, and then two of three: the amount differs.
		operation(1, 'Apmokėjimas pagal SF-1001', 'UAB Pavyzdys', 120.5),
		operation(2, 'SF-1002', 'UAB Kitas', 70),
		// Only the amount of SF-1003 matches, and a payment to somebody.
		operation(3, 'Kita', 'UAB Ketvirtas', 310),
		operation(4, 'SF-1003', 'MB Trečias', 310, 2),
	]);

	expectSuccess(await stage.run('match-payments-to-invoices.json'));

	expect(onlyMail().split('\n\n')).toEqual([
		`Paid: 2\nSF-1001, UAB Pavyzdys, 120.50: 120.50 on ${today} (operation 000000000001)\nSF-1002, UAB Kitas, 75.00: 70.00 on ${today} (operation 000000000002)`,
		'Not paid: 1\nSF-1003, MB Trečias, 310.00, due 2026-11-10',
		`Receipts without an invoice: 1\nUAB Ketvirtas, 310.00 on ${today} (operation 000000000003)`,
	]);
});

test('match-payments-to-invoices.json lists all invoices when no payment has come', async () => {
	expectSuccess(await stage.run('match-payments-to-invoices.json'));
	expect(onlyMail()).toMatch(
		/^Paid: 0\n\n\nNot paid: 3\nSF-1001,.*\nSF-1002,.*\nSF-1003,.*\n\nReceipts without an invoice: 0\n$/,
	);
});

test('overdue-debts-reminder.json sends a reminder for each client, and a list of those without an address', async () => {
	const client = (number: number, email: string) => ({
		N08_KODAS_KS: `PVZ00${number}`,
		N08_PAV: `UAB ${number}`,
		N08_E_MAIL: email,
	});
	stage.rivile
		.registerOf('GET_N08_LIST')
		.add([client(1, 'pvz1@example.com'), client(2, ''), client(3, 'pvz3@example.com')]);
	stage.rivile
		.registerOf('GET_T03_LIST')
		.add([
			debt('PVZ001', 'A-1', '2026-01-31', 100.1, 0),
			debt('PVZ001', 'A-2', '2026-02-28', 50, 25.05),
			debt('PVZ001', 'A-3', '2999-01-01', 999, 0),
			debt('PVZ002', 'B-1', '2026-01-15', 10, 0),
			debt('PVZ003', 'C-1', '2026-01-15', 10, 10),
		]);

	expectSuccess(await stage.run('overdue-debts-reminder.json'));

	const mails = stage
		.sent('emailSend')
		.map(({ toEmail, subject, text }) => [toEmail, subject, text]);
	expect(mails).toEqual([
		[
			'anna@example.com',
			'Overdue invoices: 125.05 EUR',
			'Dear UAB 1,\n\nThese invoices are overdue:\nA-1, due 2026-01-31: 100.10\nA-2, due 2026-02-28: 24.95\n\nTotal: 125.05 EUR',
		],
		[
			'anna@example.com',
			'Overdue debts of clients without an email address',
			'UAB 2 (PVZ002): 10.00 EUR',
		],
	]);
});
