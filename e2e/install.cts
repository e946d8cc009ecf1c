/** Installs what the tests need, once; the first step of `npm run test:e2e`. */
import { install, ITS_OLDEST } from './lib/install.cts';
import { inWords } from './lib/refusal.cts';

async function installBoth(): Promise<void> {
	await install();
	await install(ITS_OLDEST);
}

installBoth().catch((error: unknown) => {
	console.error(inWords(error));
	process.exitCode = 1;
});
