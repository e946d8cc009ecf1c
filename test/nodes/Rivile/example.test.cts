/** The example workflow runs as a user imports it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createEngine, type WorkflowJson } from '../../../dev/engine/harness.cts';
import { sampleRows, startRivile } from '../../../dev/simulators/rivile.cts';
import { summarize } from '../../../dev/engine/summarize.cts';

const root = join(__dirname, '../../..');

test('the receipts of last month, summed for each client', async () => {
	const file = join(root, 'examples/rivile-receipts-of-last-month.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;
	const gateway = await startRivile();
	const engine = await createEngine({
		packageDir: root,
		nodeTypes: { 'n8n-nodes-base.summarize': summarize },
	});
	const now = new Date();
	const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString();
	const rows = sampleRows(400, 1, now);
	gateway.seed(rows);

	const result = await engine.run(workflow, {
		credentials: { 'Rivilė account': gateway.credentials },
		timezone: 'UTC',
	});
	expect(result.error).toBeUndefined();
	const receipts = rows.filter(
		(row) => row.I04_OP_RUSIS === 1 && String(row.I04_OP_DATA).startsWith(month.slice(0, 7)),
	);
	expect(result.json('Get Receipts')).toHaveLength(receipts.length);
	expect(
		result.json('Get Receipts').some(({ lines }) => Array.isArray(lines) && lines.length > 0),
	).toBe(true);
	const sums = new Map<unknown, number>();
	for (const { I04_PAV, I04_SUMA } of receipts) {
		sums.set(I04_PAV, (sums.get(I04_PAV) ?? 0) + Math.round(Number(I04_SUMA) * 100));
	}
	const report = result.json('Report');
	expect(
		new Map(report.map(({ client, amount }) => [client, Math.round(Number(amount) * 100)])),
	).toEqual(sums);
	expect(report.every(({ currency }) => currency === 'EUR')).toBe(true);
	expect(report.reduce((count, { receipts: of }) => count + Number(of), 0)).toBe(receipts.length);
	await engine.close();
	await gateway.stop();
});
