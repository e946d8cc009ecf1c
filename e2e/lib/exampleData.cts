/** What the services must hold so that each of the ten examples finds something. */
import type { Services } from './services.cts';

/** The list that the examples use. */
export const LIST = 'Sample: portfolio';

/** A day from now, as YYYY-MM-DD. */
export const dayFromNow = (days: number): string =>
	new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const COMPANIES = [
	{ code: '40000000002', name: 'SIA Otrais', client_id: 'K-2' },
	{ code: '40000000009', name: 'SIA Devītais', client_id: 'K-9' },
	{ code: '40000000003', name: 'SIA Trešais', client_id: 'K-30' },
];

/** The clients in Rivilė, with what each owes. The last one has no email address. */
const CLIENTS = [
	{ client: 'SMP001', name: 'SIA Otrais', code: '40000000002', email: 'otrais@example.com' },
	{ client: 'SMP002', name: 'UAB Pavyzdys', code: '110065392', email: 'pavyzdys@example.com' },
	{ client: 'SMP003', name: 'MB Trečias', code: '110065393', email: '' },
];

/**
 * Puts a list with three monitored companies into Klientu Portfelis, and clients with debts and two
 * receipts into Rivilė.
 *
 * @returns the ID of the list
 */
export function seedForExamples({ klientuPortfelis, rivile }: Services): number {
	const { simulator } = klientuPortfelis;
	const list = simulator.seedList({ name: LIST });
	for (const company of COMPANIES) {
		const object = simulator.portfolio.addObject({ type: 'COMPANY', ...company });
		simulator.portfolio.putIn(object, list);
	}
	const event = { object_name: 'SIA Otrais', object_code: '40000000002', date: dayFromNow(0) };
	simulator.seedMonitoringSession(list.id, {
		sent: `${dayFromNow(0)} 06:00:00`,
		events: [
			{ ...event, title: 'Adreses maiņa', object_name: 'SIA "Ķīpsala & dēli"' },
			// The latest one is what a test run of the trigger gives.
			{ ...event, title: 'Maksātnespējas process' },
		],
	});
	seedRivile(rivile.simulator);
	return list.id;
}

function seedRivile(simulator: Services['rivile']['simulator']): void {
	simulator.registerOf('GET_N08_LIST').add(
		CLIENTS.map(({ client, name, code, email }) => ({
			N08_KODAS_KS: client,
			N08_PAV: name,
			N08_IM_KODAS: code,
			N08_E_MAIL: email,
			N08_R_DATE: `${dayFromNow(-1)}T08:00:00`,
		})),
	);
	simulator.registerOf('GET_T03_LIST').add(
		CLIENTS.map(({ client }, index) => ({
			T03_KODAS_KS: client,
			T03_DOK_NR: `SF-200${index}`,
			T03_DATA_MOK: '2026-01-31T00:00:00',
			T03_KODAS_VL: 'EUR',
			T03_SUMA_DB: 100 + index,
			T03_SUMA_CR: 0.5,
		})),
	);
	const receipt = (number: number, reference: string, name: string, amount: number) => ({
		I04_KODAS_CH: String(800_000 + number).padStart(12, '0'),
		I04_OP_RUSIS: 1,
		I04_OP_DATA: `${dayFromNow(0)}T00:00:00`,
		I04_KODAS_KS: 'SMP002',
		I04_APRASYMAS: reference,
		I04_PAV: name,
		I04_SUMA: amount,
		I04_KODAS_VL: 'EUR',
	});
	simulator.seed([
		receipt(1, 'Apmokėjimas pagal SF-1001', 'UAB Pavyzdys', 120.5),
		receipt(2, 'SF-1002', 'UAB Kitas', 75),
	]);
}
