/** Where things lie. */
import { join } from 'node:path';

import { ROOT } from '../../e2e/lib/places.cts';

export { ROOT };
export const BENCH = join(ROOT, 'bench');
export const MODULES = join(BENCH, 'node_modules');
