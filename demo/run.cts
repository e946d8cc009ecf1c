/**
 * The demo: starts the simulated services and runs the workflows in `examples/` against them on n8n's
 * own engine, telling for each node what went in and what came out. Ends with 0 when all went well.
 */
import { join } from 'node:path';

import { createEngine } from '../dev/engine/harness.cts';
import { outsideNode } from '../dev/engine/outsideNodes.cts';
import { demonstrateKlientuPortfelis } from './klientuPortfelis.cts';
import { heading } from './report.cts';
import { demonstrateRivile } from './rivile.cts';

async function main(): Promise<boolean> {
	const emailSend = outsideNode({ name: 'emailSend', parameters: ['subject', 'text'] }, []);
	const engine = await createEngine({
		packageDir: join(__dirname, '..'),
		nodeTypes: { 'n8n-nodes-base.emailSend': emailSend },
	});
	try {
		const outcomes = [await demonstrateKlientuPortfelis(engine), await demonstrateRivile(engine)];
		return outcomes.every((succeeded) => succeeded);
	} finally {
		await engine.close();
	}
}

const started = Date.now();
main().then(
	(succeeded) => {
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		heading(succeeded ? `All done in ${seconds} s.` : 'Something went wrong, see above.');
		process.exitCode = succeeded ? 0 : 1;
	},
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
