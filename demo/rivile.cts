import type { Engine } from '../dev/engine/harness.cts';
import { sampleRows, startRivile } from '../dev/simulators/rivile.cts';
import { heading, runStep } from './report.cts';

/** Rows of the sample register; those of one month take several pages. */
const ROWS = 1300;

const RECEIPT = 1;

/** Runs the Rivilė example; true when it gave every receipt of last month. */
export async function demonstrateRivile(engine: Engine): Promise<boolean> {
	const gateway = await startRivile();
	heading(`Rivilė, simulated at ${gateway.endpoint}`);
	try {
		const now = new Date();
		const rows = sampleRows(ROWS, 1, now);
		gateway.seed(rows);
		const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1));
		const month = lastMonth.toISOString().slice(0, 7);
		const receipts = rows.filter(
			(row) => row.I04_OP_RUSIS === RECEIPT && String(row.I04_OP_DATA).startsWith(month),
		);
		const { succeeded, result } = await runStep(
			engine,
			{
				file: 'receipts-of-last-month-by-client',
				progress: () => `${gateway.requests.length} requests`,
				outcome: { node: 'Get Receipts', out: receipts.length },
			},
			{ 'Rivilė account': gateway.credentials, 'SMTP account': {} },
		);
		console.log(`\n  Receipts of ${month}, ${gateway.requests.length} requests of up to 100 rows:`);
		for (const { client, receipts: count, amount, currency } of result.json('Largest First')) {
			console.log(
				`    ${String(client).padEnd(34)} ${String(count).padStart(4)} receipts ${Number(amount).toFixed(2).padStart(12)} ${String(currency)}`,
			);
		}
		return succeeded;
	} finally {
		await gateway.stop();
	}
}
