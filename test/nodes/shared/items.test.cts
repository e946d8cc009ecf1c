import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { Fault } from '../../../nodes/shared/fault';
import { forEachItem } from '../../../nodes/shared/items';

const node: INode = {
	id: '1',
	name: 'Node',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const context = (count: number, isContinuing: boolean, signal?: AbortSignal) =>
	({
		getInputData: () => Array.from({ length: count }, () => ({ json: {} })),
		getExecutionCancelSignal: () => signal,
		getNode: () => node,
		continueOnFail: () => isContinuing,
	}) as unknown as IExecuteFunctions;

const doubt = new Fault('connection', 'No answer came', 'The change may have been made.', {
	uncertain: true,
});
const refusal = new Fault('service', 'The role may not do this', 'Ask for the rights.');

/** Fails with what stands under the item's number. */
const failing = (faults: ReadonlyArray<Fault | undefined>) => async (index: number) => {
	const fault = faults[index];
	return fault === undefined ? [{ index }] : await Promise.reject<never>(fault);
};

describe('a batch that stops the workflow', () => {
	const all = { itemsPerBatch: 10, interval: 0 };
	const errorOf = async (faults: ReadonlyArray<Fault | undefined>): Promise<unknown> =>
		await forEachItem(context(faults.length, false), all, failing(faults)).catch(
			(error: unknown) => error,
		);

	test('names changes in doubt first, all of them, and then what was refused', async () => {
		expect(await errorOf([refusal, undefined, doubt, doubt, refusal])).toMatchObject({
			message: 'The changes of items 2, 3 may have been made',
			description:
				'Look them up in the service before you run this again. n8n counts items from 0. Item 2: No answer came. Item 3: No answer came. Item 0 was not processed: The role may not do this. Ask for the rights. Item 4 was not processed: The role may not do this. Ask for the rights.',
			context: { itemIndex: 2 },
		});
	});

	test('says what it always said when there is one reason only, or no doubt', async () => {
		expect(await errorOf([undefined, doubt])).toMatchObject({
			message: 'No answer came',
			context: { itemIndex: 1 },
		});
		expect(await errorOf([undefined, refusal, refusal])).toMatchObject({
			message: 'The role may not do this',
			context: { itemIndex: 1 },
		});
	});
});

test.each([1, 3, 10])(
	'what was not begun when the execution was stopped was not sent, %d at a time',
	async (itemsPerBatch) => {
		const stop = new AbortController();
		const begun: number[] = [];
		const [items = []] = await forEachItem(
			context(8, true, stop.signal),
			{ itemsPerBatch, interval: 0 },
			async (index) => {
				begun.push(index);
				if (index === 4) stop.abort();
				return await Promise.reject<never>(doubt);
			},
		);
		expect(items.map(({ json }) => json.error)).toEqual(
			Array.from({ length: 8 }, (_, index) =>
				begun.includes(index)
					? 'No answer came'
					: `Item ${index} was not sent, because the execution was stopped`,
			),
		);
		expect(begun).toEqual([0, 1, 2, 3, 4]);
	},
);
