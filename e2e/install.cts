/** Installs what the tests need, once; the first step of `npm run test:e2e`. */
import { install } from './lib/install.cts';
import { inWords } from './lib/refusal.cts';

install().catch((error: unknown) => {
	console.error(inWords(error));
	process.exitCode = 1;
});
