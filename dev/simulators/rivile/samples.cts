/** Sample data, and plainly so: no person or company in it exists. */
import type { AnyRow, NewRow } from './database.cts';

const CLIENTS = [
	{ code: 'PVZ001', name: 'Pavyzdinė įmonė „Ąžuolas“, UAB' },
	{ code: 'PVZ002', name: "Pavyzdys O'Brien & sūnūs" },
	{ code: 'PVZ003', name: 'Bandymas 50% [nuolaida]_x' },
	{ code: 'PVZ004', name: 'Žalia <žolė> pavyzdžiui, MB' },
	{ code: 'PVZ005', name: 'Bandomasis "klientas" \\ Šiauliai' },
] as const;

/** The clients of the sample receipts and payments. */
export const sampleClients = (): AnyRow[] =>
	CLIENTS.map(({ code, name }, index) => ({
		N08_KODAS_KS: code,
		N08_PAV: name,
		N08_RUSIS: 1,
		N08_IM_KODAS: `30000000${index + 1}`,
		N08_PVM_KODAS: `LT30000000${index + 1}1`,
		N08_ADR: 'Pavyzdžio g. 1, Vilnius',
		N08_R_DATE: `2026-01-3${index % 2}T11:28:47`,
	}));

/** What a client owes for a document. */
export const sampleDebt = (code: string, number: number, amount: number, paid = 0): AnyRow => ({
	T03_KODAS_KS: code,
	T03_DOK_NR: `PVZ-SF-${number}`,
	T03_DATA_DOK: `2026-0${(number % 6) + 1}-01T00:00:00`,
	T03_DATA_MOK: `2026-0${(number % 6) + 2}-01T00:00:00`,
	T03_KODAS_VL: 'EUR',
	T03_SUMA_DB: amount,
	T03_SUMA_CR: paid,
});

/** Operation numbers as Rivilė gives them. */
export const sampleKey = (number: number): string => String(number).padStart(12, '0');

const day = (date: Date) => `${date.toISOString().slice(0, 10)}T00:00:00`;

/** A receipt or payment, the same for the same number. */
function sample(number: number, last: Date): NewRow {
	const client = CLIENTS[number % CLIENTS.length] ?? CLIENTS[0];
	// The higher the number, the later: one a day and a half, up to the last day.
	const date = new Date(last.getTime() - Math.floor((number % 60) * 1.5) * 86_400_000);
	const cents = ((number * 7919) % 100_000) + 1;
	const lines = Array.from({ length: number % 4 }, (_, index) => ({
		I05_DOK_NR: `PVZ-SF-${number}-${index + 1}`,
		I05_DATA_DOK: day(date),
		I05_DATA_MOK: day(date),
		I05_SUMA: (cents + index) / 100,
		I05_KODAS_SS: '2410',
		I05_KODAS_VL: 'EUR',
		I05_KOEF: 1,
		I05_KOEF_S: 1,
		I05_KODAS_IS: '01',
		I05_APR: index === 0 ? 'avansas' : '',
	}));
	return {
		I04_KODAS_CH: sampleKey(number),
		I04_DOK_NR: `PVZ-${number}`,
		I04_OP_RUSIS: number % 3 === 0 ? 2 : 1,
		I04_OP_TIPAS: 0,
		I04_OP_STORNO: 0,
		I04_OP_DATA: day(date),
		I04_KODAS_SS: '2710',
		I04_MOKETOJAS: 1,
		I04_KODAS_KS: client.code,
		I04_PAV: client.name,
		I04_ADR: number % 2 === 0 ? 'Pavyzdžio g. 1, Vilnius' : '',
		I04_SUMA: cents / 100,
		I04_SUMA_DSK: 0,
		I04_SUMA_PLK: 0,
		I04_PASTABOS: 'pavyzdys',
		I04_PERKELTA: 2,
		I04_IMP_EXP: 0,
		I04_KODAS_VL: 'EUR',
		I04_SUMA_VAL: cents / 100,
		I04_KOEF: 1,
		I04_USERIS: 'PAVYZDYS',
		I04_R_DATE: new Date(date.getTime() + 41_327_000).toISOString().slice(0, 19),
		I04_ADDUSR: 'PAVYZDYS',
		I04_APRASYMAS: `Pavyzdinė operacija ${number}`,
		I04_SUMA_PER: 0,
		I04_BUSENA: 1,
		lines,
	};
}

/**
 * Sample receipts and payments.
 *
 * @param first the number of the first of them
 * @param last the day of the latest
 */
export function sampleRows(count: number, first = 1, last = new Date('2026-01-31')): NewRow[] {
	return Array.from({ length: count }, (_, index) => sample(first + index, last));
}
