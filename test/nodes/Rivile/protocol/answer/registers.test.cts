/** Responses to the other methods: other tables, other lines, other ways to write them. */
import { I04, registerOf, type Register } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readRows } from '../../../../../nodes/Rivile/protocol/answer/answer';
import { Fault } from '../../../../../nodes/shared/fault';

function register(method: string): Register {
	const found = registerOf(method);
	if (found === undefined) throw new Error(`No ${method}`);
	return found;
}

const read = async (method: string, body: string, status = 200) =>
	await readRows(register(method), { status, body });

async function faultOf(method: string, body: string, status: number): Promise<Fault> {
	const [outcome] = await Promise.allSettled([read(method, body, status)]);
	if (outcome.status === 'rejected' && outcome.reason instanceof Fault) return outcome.reason;
	throw new Error('No fault');
}

describe('rows', () => {
	test('with or without RET_DOK, one or several, in JSON and XML', async () => {
		const expected = [{ N15_KODAS_MS: 'M01', N15_PAV: ' Pavyzdys' }];
		for (const body of [
			'{"N15":{"N15_KODAS_MS":"M01     ","N15_PAV":" Pavyzdys "}}',
			'{"N15":[{"N15_KODAS_MS":"M01","N15_PAV":" Pavyzdys"}]}',
			'{"RET_DOK":{"N15":{"N15_KODAS_MS":"M01","N15_PAV":" Pavyzdys"}}}',
			'<RET_DOK><N15><N15_KODAS_MS>M01  </N15_KODAS_MS><N15_PAV> Pavyzdys </N15_PAV></N15></RET_DOK>',
		]) {
			expect(await read('GET_N15_LIST', body)).toEqual(expected);
		}
	});

	test('with names in lower case, which become those of the catalogue', async () => {
		const rows = await read(
			'GET_T03_LIST',
			'<RET_DOK><T03><t03_kodas_ks>A1</t03_kodas_ks><t03_suma_db>10.50</t03_suma_db><t03_new>x</t03_new></T03></RET_DOK>',
		);
		expect(rows).toEqual([{ T03_KODAS_KS: 'A1', T03_SUMA_DB: 10.5, T03_NEW: 'x' }]);
		expect(await read('GET_N15_LIST', '{"n15":{"n15_kodas_ms":"M01"}}')).toEqual([
			{ N15_KODAS_MS: 'M01' },
		]);
	});

	test('of grouped stock, with columns of no table and of another', async () => {
		const row =
			'"I17_KODAS_PS":"P1","KIEKIS":"12","DES_LIKUTIS_US":"1.200000","N37_BAR_KODAS":"007 "';
		expect(await read('GET_I17_LIST', `{"I17":{${row},"LIKUTIS_US":"1,2"}}`)).toEqual([
			{
				I17_KODAS_PS: 'P1',
				KIEKIS: 12,
				des_likutis_us: 1.2,
				N37_BAR_KODAS: '007',
				likutis_us: '1,2',
			},
		]);
	});

	test('with columns of another table next to their own', async () => {
		const body =
			'{"N77":{"N77_KODAS_DC":"D1","T78_KODAS_DC":"D1","T78_GALIOJA_IKI":"2026-01-31T00:00:00","N08_CREDIT_LIM":"10.00","X":"1"}}';
		expect(await read('GET_N77_LIST', body)).toEqual([
			{
				N77_KODAS_DC: 'D1',
				T78_KODAS_DC: 'D1',
				T78_GALIOJA_IKI: '2026-01-31T00:00:00',
				N08_CREDIT_LIM: 10,
				X: '1',
			},
		]);
	});

	test('with lines of several tables, each a list', async () => {
		const body =
			'{"I06":{"I06_KODAS_PO":"1","I07":{"I07_EIL_NR":"1","I07_SUMA":"5.00"},"i08":[{"i08_eil_nr":"1"},{"I08_EIL_NR":"2"}]}}';
		expect(await read('GET_I06_LIST', body)).toEqual([
			{
				I06_KODAS_PO: '1',
				I07: [{ I07_EIL_NR: 1, I07_SUMA: 5 }],
				I08: [{ I08_EIL_NR: 1 }, { I08_EIL_NR: 2 }],
			},
		]);
	});

	test('with lines inside of lines', async () => {
		const body =
			'{"N51":{"N51_KODAS_KT":"S1","N52":{"N52_KODAS_KT":"S1","N56":{"N56_KODAS_KT":"S1"}}}}';
		expect(await read('GET_N51_LIST', body)).toEqual([
			{
				N51_KODAS_KT: 'S1',
				N52: [{ N52_KODAS_KT: 'S1', N56: [{ N56_KODAS_KT: 'S1' }] }],
			},
		]);
	});

	test.each(['1900-01-01T00:00:00', '1900-01-01 00:00:00', '1900-01-01'])(
		'%s is no date in a column of dates, and a text in others',
		async (none) => {
			const body = `{"I04":{"I04_OP_DATA":"${none}","I04_DOK_NR":"${none}","I04_NEW":"${none}"}}`;
			expect(await readRows(I04, { status: 200, body })).toEqual([
				{ I04_OP_DATA: null, I04_DOK_NR: none, I04_NEW: none },
			]);
		},
	);

	test('of another register are not rows', async () => {
		await expect(read('GET_N15_LIST', '{"I04":{"I04_KODAS_CH":"1"}}')).rejects.toThrow(
			'The response did not come from Rivilė',
		);
	});
});

describe('a refusal', () => {
	const details =
		'"errors":[{"data":"<N08/>","dataErrors":[{"tag":"N08_PAV","code":"2011","message":"Toks kodas yra"}]}]';

	test('shows the details behind the general words, and their code', async () => {
		const body = `{"id":"1","durationMs":"5","errorMessage":"Klaida",${details}}`;
		const fault = await faultOf('GET_N08_LIST', body, 400);
		expect(fault.message).toBe('Rivilė refused the request: Klaida; Toks kodas yra');
		expect(fault.description).toContain('code 2011');
	});

	test('next to rows (207) leaves no incomplete list', async () => {
		const body = `{"N08":{"N08_KODAS_KS":"1"},${details}}`;
		const fault = await faultOf('GET_N08_LIST', body, 207);
		expect(fault.message).toBe('Rivilė refused the request: Toks kodas yra');
	});

	test('for a column names the table of the register', async () => {
		const body = '{"errorMessage":"Invalid column name \'X\'."}';
		const { description } = await faultOf('GET_N08_LIST', body, 400);
		expect(description).toContain('Only columns of the table N08 can be used.');
	});

	test('for a method that the key may not use says where to allow it', async () => {
		const body = '{"errorMessage":"No permission for method GET_N08_LIST"}';
		const { description } = await faultOf('GET_N08_LIST', body, 403);
		expect(description).toContain('allow the method GET_N08_LIST for it in the ManoRivile portal');
	});
});
