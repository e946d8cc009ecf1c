/** What older versions of n8n do not have. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { showHint } from '../../../nodes/shared/n8nVersions';

describe('hints', () => {
	test('are shown where n8n has them', () => {
		const addExecutionHints = jest.fn();
		showHint({ addExecutionHints } as never, 'More rows exist');
		showHint({ addExecutionHints } as never, 'Rows were skipped', 'warning');
		expect(addExecutionHints.mock.calls).toEqual([
			[{ message: 'More rows exist', type: 'info', location: 'outputPane' }],
			[{ message: 'Rows were skipped', type: 'warning', location: 'outputPane' }],
		]);
	});

	test('are left out where n8n does not have them', () => {
		expect(() => showHint({} as never, 'More rows exist')).not.toThrow();
	});

	test('have this guard wherever they are shown', () => {
		const nodes = join(__dirname, '../../../nodes');
		const files = readdirSync(nodes, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts'))
			.filter((file) => readFileSync(join(nodes, file), 'utf8').includes('addExecutionHints'));
		expect(files).toEqual([join('shared', 'n8nVersions.ts')]);
	});
});
