/**
 * n8n's package scan, over what would be published: packs, unpacks, and lets the scanner lint the
 * packed files and the sources, as it does with a package from the registry.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const folder = mkdtempSync(join(tmpdir(), 'scan-'));

function unpack(): string {
	execFileSync('npx', ['gulp', 'build'], { stdio: 'ignore' });
	const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename, size, files }] = JSON.parse(packed) as [
		{ filename: string; size: number; files: unknown[] },
	];
	execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
	console.log(`Packed ${filename}: ${files.length} files, ${(size / 1000).toFixed(1)} kB`);
	return join(folder, 'package');
}

let findings = 0;
try {
	const scans = [
		{ what: 'packed files', directory: unpack() },
		{ what: 'sources', directory: process.cwd(), patterns: SOURCE_FILE_PATTERNS },
	];
	for (const { what, directory, patterns } of scans) {
		const { passed, message, details } = await analyzePackage(directory, patterns);
		console.log(`Scan of the ${what}: ${passed ? 'no finding' : (details ?? message)}`);
		if (!passed) findings++;
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
process.exitCode = findings === 0 ? 0 : 1;
