/** Answers that are cut, hostile, or hold a name twice or in other letters. */
import { I04 } from '../../../../../nodes/Rivile/protocol/catalogue';
import { readRows } from '../../../../../nodes/Rivile/protocol/answer/answer';
import { answerTo } from '../../../../../nodes/shared/http';
import { faultOfAnswer as faultOf } from './faultOfAnswer.cts';

const rows = (body: string) => readRows(I04, { status: 200, body });

const XML = `<?xml version='1.0' encoding='UTF-8' ?>
<!-- a > b -->
<RET_DOK><I04><I04_KODAS_CH>1</I04_KODAS_CH><I04_PAV a="x > y">Ąžuolas &amp; > <![CDATA[<Co> ]] ]]></I04_PAV>
<I05><I05_EIL_NR>1</I05_EIL_NR></I05><I05/></I04><I04><I04_KODAS_CH>2</I04_KODAS_CH></I04></RET_DOK>`;
const JSON_TEXT =
	'{ "RET_DOK": {"id": null, "I04": [{"I04_KODAS_CH":"1","I04_SUMA":-12.50e+1,"I04_PAV":"Ąž\\"\\\\\\u0041]}","X":[true,false]},{"I04_KODAS_CH":"2"}]}}';

describe('an answer that ends too early', () => {
	async function outcomeOf(bytes: Buffer): Promise<unknown> {
		const send = async () => ({ statusCode: 200, headers: {}, body: bytes });
		const [outcome] = await Promise.allSettled([
			answerTo(send, 'Rivilė').then((answer) => readRows(I04, answer)),
		]);
		return outcome.status === 'fulfilled' ? outcome.value : outcome.reason;
	}

	test.each([
		['XML', XML, 1],
		['JSON', JSON_TEXT, 0],
	])('%s, wherever it is cut', async (_, text, spare) => {
		const whole = Buffer.from(text);
		expect(await outcomeOf(whole)).toHaveLength(2);
		// Without any byte there is no answer, and the last character of XML adds nothing.
		for (let length = 1; length < whole.length - spare; length++) {
			expect([length, await outcomeOf(whole.subarray(0, length))]).toMatchObject([
				length,
				{ kind: 'answer', details: { transient: true } },
			]);
		}
		if (spare > 0) expect(await outcomeOf(whole.subarray(0, -spare))).toHaveLength(2);
	});

	test('is told apart from one in another encoding', async () => {
		expect(await outcomeOf(Buffer.from([0x7b, 0xe0, 0x22, 0x7d]))).toMatchObject({
			message: 'The response is not valid utf-8 text',
			details: { transient: false },
		});
	});
});

describe('hostile texts are read in time', () => {
	test.each([
		['comments', '<!---->'.repeat(100_000) + '<RET_DOK></RET_DOK'],
		['a page after comments', '<!---->'.repeat(50_000) + '<html></html>'],
		['escaped quotes without an end', '{"I04":"' + '\\"'.repeat(500_000)],
		['quotes without an end', '{"I04":"' + '"'.repeat(500_001)],
		['escapes', `{"I04_KODAS_CH":"${'\\n'.repeat(5_000_000)}"}`],
		['brackets', '['.repeat(1_000_000)],
		['digits', `{"I04_SUMA":${'1'.repeat(1_000_000)}x}`],
	])(
		'%s',
		async (_, body) => {
			const start = Date.now();
			try {
				await rows(body);
			} catch (fault) {
				expect(fault).toMatchObject({ name: 'Fault', kind: 'answer' });
			}
			expect(Date.now() - start).toBeLessThan(5000);
		},
		20_000,
	);
});

describe('names', () => {
	test.each([
		'{"ret_dok":{"i04":{"i04_kodas_ch":"1 ","i04_suma":"1.50","i05":{"i05_suma":"2.00"},"naujas":"x"}}}',
		'<Ret_Dok><I04><i04_Kodas_ch>1 </i04_Kodas_ch><I04_suma>1.50</I04_suma><i05><I05_Suma>2.00</I05_Suma></i05><naujas>x</naujas></I04></Ret_Dok>',
		'[{"i04_kodas_ch":"1","I04_SUMA":1.50,"I05":[{"i05_suma":2}],"naujas":"x"}]',
	])("in the catalogue's letters: %s", async (body) => {
		expect(await rows(body)).toEqual([
			{ I04_KODAS_CH: '1', I04_SUMA: 1.5, I05: [{ I05_SUMA: 2 }], naujas: 'x' },
		]);
	});

	test('one in other letters does not take the place of the right one', async () => {
		expect(await rows('{"I04":{"I04_PAV":"a","i04_pav":"b"}}')).toEqual([
			{ I04_PAV: 'a', i04_pav: 'b' },
		]);
	});

	test('that come twice lose nothing', async () => {
		expect(await rows('{"I04":{"I04_KODAS_CH":"1"},"I04":{"I04_KODAS_CH":"2"}}')).toEqual([
			{ I04_KODAS_CH: '1' },
			{ I04_KODAS_CH: '2' },
		]);
		expect(await rows('{"I04":[{"I04_KODAS_CH":"1"}],"I04":[{"I04_KODAS_CH":"2"}]}')).toHaveLength(
			2,
		);
	});

	test.each([
		'{"I05":{"I05":[{"I05_EIL_NR":1},{"I05_EIL_NR":2}]}}',
		'{"I05":[{"I05":{"I05_EIL_NR":1}},{"i05":{"I05_EIL_NR":2}}]}',
	])('of lines in lines: %s', async (lines) => {
		expect(await rows(`{"I04":{"I04_KODAS_CH":"1",${lines.slice(1)}}`)).toEqual([
			{ I04_KODAS_CH: '1', I05: [{ I05_EIL_NR: 1 }, { I05_EIL_NR: 2 }] },
		]);
	});
});

test.each([
	'{"I04":[{"I04_KODAS_CH":"1"},null]}',
	'[{},{"I04_KODAS_CH":"1"}]',
	'<RET_DOK><I04><I04_KODAS_CH>1</I04_KODAS_CH></I04><I04/></RET_DOK>',
])('an empty row among others is not passed over: %s', async (body) => {
	const { message, description } = await faultOf(body);
	expect(message).toBe("Rivilė's response has an unexpected structure");
	expect(description).toMatch(/A row in (?:I04|the response) is empty/);
});
