/** Which file may import which: the rules stand in .dependency-cruiser.cjs. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..');

test('no import points upward, into another node, or in a circle', async () => {
	const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
	const args = [program, 'nodes', 'credentials', '--config', '.dependency-cruiser.cjs'];
	const run = promisify(execFile)(process.execPath, args, { cwd: ROOT });
	// What it found is printed with a fault.
	const { stdout } = await run.catch((fault: { stdout: string }) => fault);
	expect(stdout).toMatch(/no dependency violations found \(\d{3} modules/);
}, 60_000);
