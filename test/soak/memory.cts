/** What a process of n8n keeps: modules and memory. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const ROOT = join(__dirname, '../..');

const BUILT = join(ROOT, 'dist');

/** The built nodes are loaded again when they are next needed, as in a new process. */
export function forgetModules(): void {
	for (const [file, module] of Object.entries(require.cache)) {
		if (module === undefined) continue;
		if (file.startsWith(BUILT)) delete require.cache[file];
		// What loaded a module keeps it as well.
		else module.children = module.children.filter(({ id }) => !id.startsWith(BUILT));
	}
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are in use once everything that can be is given back. */
export function heapUsed(): number {
	collect();
	return process.memoryUsage().heapUsed;
}
