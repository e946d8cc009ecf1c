/** Installs what the bench compares with, once; the first step of `npm run bench`. */
import { install } from '../e2e/lib/install.cts';
import { inWords } from '../e2e/lib/refusal.cts';
import { BENCH } from './lib/places.cts';

install({
	what: "n8n's own nodes and libraries to compare with",
	folder: BENCH,
	size: 0.85e9,
	room: 1.3e9,
	rebuild: [],
	env: process.env,
}).catch((error: unknown) => {
	console.error(inWords(error));
	process.exitCode = 1;
});
