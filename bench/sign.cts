/** Part 2: signatures. */
import { generateKeys } from '../dev/simulators/keys.cts';
import { rowsOf, type Part, type Row, type Settings } from './lib/part.cts';
import { bundled, Worker } from './lib/process.cts';
import { interleaved, type Figures } from './lib/rounds.cts';
import type { Contestant, Input } from './tasks/sign.cts';

/** How many signatures a contestant makes in a round: about a third of a second each. */
const SIGNATURES: Readonly<Record<Contestant, number>> = {
	ours: 600,
	'crypto.sign': 600,
	'node-forge': 10,
};

export const sign: Part = {
	title: 'Signing a call',
	note: 'RSA-2048 and SHA-256, the key parsed before; ours makes the signed JSON each time too.',
	async run({ rounds, show }: Settings): Promise<readonly Row[]> {
		const { privateKeyPem: privateKey } = await generateKeys();
		const worker = Worker.startBundle(await bundled('sign'));
		try {
			const contestants = Object.keys(SIGNATURES) as Contestant[];
			const measure = async (who: Contestant) => {
				const input: Input = { who, privateKey, signatures: SIGNATURES[who] };
				return await worker.ask<Figures>(input);
			};
			for (const who of contestants) await measure(who);
			const rows = rowsOf('1 signature', await interleaved(rounds, contestants, measure));
			show(rows);
			return rows;
		} finally {
			await worker.stop();
		}
	},
};
