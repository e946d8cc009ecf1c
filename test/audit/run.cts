/** `npm run audit`; with `-- --strict`, a registry that offers no audit is a reason to stop. */
import { join } from 'node:path';

import { audit } from './audit.cts';

audit(join(__dirname, '../..'), { strict: process.argv.includes('--strict'), env: process.env })
	.then(({ passed, lines }) => {
		console.log(lines.join('\n'));
		process.exitCode = passed ? 0 : 1;
	})
	.catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	});
