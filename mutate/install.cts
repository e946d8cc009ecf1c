/** Installs Stryker, once; the first step of `npm run mutate`. */
import { join } from 'node:path';

import { install } from '../e2e/lib/install.cts';
import { ROOT } from '../e2e/lib/places.cts';
import { inWords } from '../e2e/lib/refusal.cts';

install({
	what: 'Stryker, which changes the sources in small ways',
	folder: join(ROOT, 'mutate'),
	size: 0.07e9,
	room: 0.3e9,
	rebuild: [],
	env: process.env,
}).catch((error: unknown) => {
	console.error(inWords(error));
	process.exitCode = 1;
});
