/** Every page that is written from the catalogues and from the results of runs. */
import { codePages } from './codes.cts';
import { measurementPages } from './measurements.cts';
import { operationPages } from './operations.cts';
import type { Page } from './page.cts';
import { registerPages } from './registers.cts';

/**
 * All but the table in docs/reliability.md: only a run of `test/faults/matrix.test.cts` knows what it says,
 * so that run writes it.
 */
export const PAGES: readonly Page[] = [
	...operationPages,
	...codePages,
	...registerPages,
	...measurementPages,
];
