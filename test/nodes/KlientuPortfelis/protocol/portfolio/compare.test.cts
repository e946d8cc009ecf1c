/** What a comparison makes of codes that are not written in full, or fit several objects. */
import { compareWith } from '../../../../../nodes/KlientuPortfelis/protocol/portfolio/compare';
import { codeOf, company } from './companies.cts';

const short = codeOf(1).slice(2);

test('nothing, on either side', async () => {
	expect(await compareWith([], [])).toEqual([]);
	expect(await compareWith([company(1)], [])).toStrictEqual([
		{ side: 'onlyList', object: company(1), code: codeOf(1), others: [] },
	]);
	expect(await compareWith([], [{ code: 'x' }])).toStrictEqual([
		{ side: 'onlyOther', code: 'x', others: [{ code: 'x' }] },
	]);
});

test('a number with nine digits means the object that the service gives it to', async () => {
	const others = [{ code: short }, { code: codeOf(1) }];
	expect(await compareWith([company(1)], others)).toStrictEqual([
		{ side: 'both', object: company(1), code: codeOf(1), others },
	]);
});

test('a number with nine digits means the number with 11 on the same side', async () => {
	const others = [{ code: short }, { code: `LV${codeOf(1)}` }];
	expect(await compareWith([], others)).toStrictEqual([
		{ side: 'onlyOther', code: codeOf(1), others },
	]);
});

test('a code that is in no list is given as it is written', async () => {
	expect((await compareWith([], [{ code: codeOf(1) }]))[0]?.code).toBe(codeOf(1));
	expect((await compareWith([], [{ code: Number(codeOf(1)) }]))[0]?.code).toBe(Number(codeOf(1)));
});

test('several objects that a code fits all come, and no object comes twice', async () => {
	const twins = [company(1), company(2, { virtual_id: short }), company(3)];
	const others = [{ code: short }];
	expect(await compareWith(twins, others)).toStrictEqual([
		{ side: 'both', object: twins[0], code: codeOf(1), others },
		{ side: 'both', object: twins[1], code: codeOf(2), others },
		{ side: 'onlyList', object: twins[2], code: codeOf(3), others: [] },
	]);
});
