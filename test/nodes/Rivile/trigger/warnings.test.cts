/** What the trigger writes into n8n's log about a state that it cannot read. */
import type { IPollFunctions } from 'n8n-workflow';

import { pollTrigger } from '../../../../nodes/Rivile/trigger/poll';
import { byCode, CollatedGateway, numberKey, WAYS } from './collatedGateway.cts';

const gateway = new CollatedGateway({ compare: byCode, ...WAYS[0][1] });
for (let number = 1; number <= 120; number++) gateway.put(numberKey(number));

/** n8n, as far as a poll asks for it. */
function n8n(event: string, cursor: object, logger?: { warn: (message: string) => void }) {
	const parameters: Record<string, unknown> = {
		event,
		detail: 'H',
		filterMode: 'none',
		options: {},
	};
	const staticData = { cursor };
	const context = {
		getNodeParameter: (name: string) => parameters[name],
		getCredentials: () => ({
			endpoint: 'https://api.example.com/client/v2',
			apiKey: 'PAVYZDY.raktas',
		}),
		getTimezone: () => 'UTC',
		getMode: () => 'trigger',
		getPollBudgetMs: () => 60_000,
		getWorkflowStaticData: () => staticData,
		getNode: () => ({ name: 'Rivilė Trigger', type: 'rivileTrigger', parameters: {} }),
		...(logger !== undefined && { logger }),
		helpers: {
			httpRequestWithAuthentication: async (_credential: string, { body }: { body: string }) => ({
				statusCode: 200,
				headers: { 'content-type': 'application/json' },
				body: Buffer.from(
					JSON.stringify({ I04: await gateway.readPage(JSON.parse(body).params ?? {}) }),
				),
			}),
		},
	} as unknown as IPollFunctions;
	return { staticData, poll: async () => await pollTrigger(context) };
}

test.each([
	[
		'operationCreated',
		{ known: [numberKey(118), numberKey(119)] },
		1,
		'the trigger goes on after the highest operation number in it.',
	],
	['operationCreated', {}, 0, 'the state names no operation, so the trigger starts from now.'],
	[
		'operationUpdated',
		{ until: '2026-01-10T07:59:59' },
		120,
		'the trigger goes on with changes from 2026-01-10T08:00:00 on.',
	],
	['operationUpdated', {}, 0, 'the state names no operation, so the trigger starts from now.'],
])('%s with %j: one warning, and the trigger works', async (event, state, count, words) => {
	const warn = jest.fn();
	const { poll, staticData } = n8n(event, { version: 7, event, ...state }, { warn });
	const items = (await poll())?.[0] ?? [];
	expect(items).toHaveLength(count);
	expect(warn).toHaveBeenCalledTimes(1);
	expect(warn).toHaveBeenCalledWith(expect.stringContaining(words));
	expect(staticData.cursor).toMatchObject({ version: 2, event });
	expect(await poll()).toBeNull();
	expect(warn).toHaveBeenCalledTimes(1);
});

test('without a logger it works as well', async () => {
	const { poll, staticData } = n8n('operationCreated', { version: 7, event: 'operationCreated' });
	expect(await poll()).toBeNull();
	expect(staticData.cursor).toMatchObject({ version: 2 });
});
