/** `npm run docs`: writes the tables in docs/. With `--check`, it only says which are out of date. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { PAGES } from './index.cts';

const ROOT = join(__dirname, '../..');

/** The pages that are not as they should be, with what they should say. */
function stalePages(): Array<{ file: string; text: string }> {
	return PAGES.flatMap(({ file, write }) => {
		const path = join(ROOT, file);
		const present = existsSync(path) ? readFileSync(path, 'utf8') : '';
		const text = write(present);
		return text === present ? [] : [{ file, text }];
	});
}

function main(isCheck: boolean): void {
	const stale = stalePages();
	for (const { file, text } of stale) {
		console.log(`${isCheck ? 'Out of date' : 'Written'}: ${file}`);
		if (isCheck) continue;
		mkdirSync(dirname(join(ROOT, file)), { recursive: true });
		writeFileSync(join(ROOT, file), text);
	}
	if (isCheck && stale.length > 0) process.exitCode = 1;
	console.log(`${PAGES.length - stale.length} of ${PAGES.length} pages were up to date.`);
	console.log(
		'Only a run knows the table in docs/reliability.md: UPDATE_DOCS=1 npx jest test/faults/matrix',
	);
}

main(process.argv.includes('--check'));
