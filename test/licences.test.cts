/** The licences file, made from what esbuild says about the bundles. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { licencesText, packagesIn } from '../build/licences.cjs';

const folder = mkdtempSync(join(tmpdir(), 'licences-'));
const kept = join(folder, 'kept');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string) {
	mkdirSync(join(folder, file, '..'), { recursive: true });
	writeFileSync(join(folder, file), text);
}

/** A package with so many bytes in a bundle, as esbuild tells it. */
function bundled(place: string, manifest: object, files: Record<string, string>, bytes = 1) {
	write(`${place}/package.json`, JSON.stringify({ version: '1.2.3', ...manifest }));
	for (const [file, text] of Object.entries(files)) write(`${place}/${file}`, text);
	const inputs = {
		'nodes/own.ts': { bytesInOutput: 1 },
		[join(folder, place, 'lib/index.js')]: { bytesInOutput: bytes },
	};
	const output = { inputs, bytes, imports: [], exports: [] };
	return { inputs: {}, outputs: { 'dist/own.js': output } };
}

const textOf = (...metafiles: Array<ReturnType<typeof bundled>>) => licencesText(metafiles, kept);

test('holds each package once, with name, version, licence and its texts', () => {
	const plain = bundled(
		'node_modules/plain',
		{ name: 'plain', license: 'MIT' },
		{ LICENSE: 'All of MIT\r\n', 'NOTICE.txt': 'A notice\n', 'README.md': 'Not a licence' },
	);
	const nested = bundled(
		'node_modules/plain/node_modules/@scope/inner',
		{ name: '@scope/inner', license: 'ISC' },
		{ 'license.md': 'All of ISC' },
	);
	const text = textOf(plain, nested, plain);
	expect(packagesIn(text)).toEqual(['@scope/inner 1.2.3', 'plain 1.2.3']);
	expect(text).toContain('\nplain 1.2.3 (MIT)\n\nAll of MIT\n\nA notice\n');
	expect(text).toContain('\n@scope/inner 1.2.3 (ISC)\n\nAll of ISC\n');
	expect(text).not.toContain('Not a licence');
	expect(textOf(nested, plain)).toBe(text);
});

test('leaves out what was shaken off, and says when nothing is left', () => {
	const unused = bundled('node_modules/unused', { name: 'unused', license: 'MIT' }, {}, 0);
	expect(textOf(unused)).toBe('This package contains no code of other packages.\n');
});

test('takes the kept text for the version that ships none', () => {
	const silent = bundled('node_modules/@a/silent', { name: '@a/silent', license: 'ISC' }, {});
	expect(() => textOf(silent)).toThrow('build/licences/@a-silent-1.2.3.txt');
	write('kept/@a-silent-1.2.2.txt', 'Of another version');
	expect(() => textOf(silent)).toThrow('ships no text of its licence');
	write('kept/@a-silent-1.2.3.txt', 'Kept text');
	expect(textOf(silent)).toContain('\n@a/silent 1.2.3 (ISC)\n\nKept text\n');
});

test.each([undefined, 'UNLICENSED', 'GPL-3.0-only', 'SEE LICENSE IN LICENSE'])(
	'stops the build at the licence %s',
	(license) => {
		const foreign = bundled('node_modules/foreign', { name: 'foreign', license }, { LICENSE: '…' });
		expect(() => textOf(foreign)).toThrow('its licence is not among the known ones');
	},
);
