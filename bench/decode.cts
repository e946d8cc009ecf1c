/** Part 1: answers of get_objects decoded. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { successAnswer } from '../dev/simulators/klientuPortfelis/answers.cts';
import { Portfolio } from '../dev/simulators/klientuPortfelis/portfolio.cts';
import { count, rowsOf, type Part, type Row, type Settings } from './lib/part.cts';
import { bundled, inFreshProcess, Worker } from './lib/process.cts';
import { interleaved, type Figures } from './lib/rounds.cts';
import type { Contestant, Input } from './tasks/decode.cts';

const CONTESTANTS: readonly Contestant[] = [
	'ours',
	'xml2js',
	'node-soap',
	'fast-xml-parser',
	'saxes, tokens only',
];

const SIZES = [100, 1000, 5000, 25_000];

/** Milliseconds for which a size is decoded again and again. */
const PATIENCE = 500;

/** An answer as PHP's SoapServer writes it, about 550 bytes an object. */
function answerOf(objects: number): string {
	const portfolio = new Portfolio(() => Date.UTC(2026, 0, 31));
	const list = portfolio.addList({ name: 'Paraugu saraksts', type: 'PERSONS' }, []);
	const seeded = portfolio.seedObjects(list, objects);
	return successAnswer('get_objects', {
		list: { ...list, object_count: objects, objects: seeded },
	});
}

export const decode: Part = {
	title: 'Decoding an answer of get_objects',
	note: 'Each measurement in a fresh process: memory is by how much it grew at its height during the first decoding; time is that of later decodings, after a second of them; block is how long the event loop stood still.',
	async run({ rounds, shrink, show }: Settings): Promise<readonly Row[]> {
		const program = await bundled('decode');
		const folder = await mkdtemp(join(tmpdir(), 'bench-'));
		const all: Row[] = [];
		try {
			for (const objects of SIZES.map((size) => size / shrink)) {
				const file = join(folder, 'answer.xml');
				await writeFile(file, answerOf(objects));
				const figures = await interleaved(rounds, CONTESTANTS, async (who) => {
					const input: Input = { who, file, objects, patience: PATIENCE };
					const worker = Worker.startBundle(program, { flags: ['--expose-gc'] });
					return await inFreshProcess<Figures>(worker, input);
				});
				const rows = rowsOf(`${count(objects * shrink)} objects`, figures);
				show(rows);
				all.push(...rows);
			}
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
		return all;
	},
};
