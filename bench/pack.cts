/** Part 7: the package itself, against one that depends on soap, node-forge and fast-xml-parser. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { ourPackage } from '../e2e/lib/places.cts';
import { OURS, type Part, type Row, type Settings } from './lib/part.cts';
import { packed, writeTwin, LIBRARIES } from './lib/packing.cts';
import { MODULES, ROOT } from './lib/places.cts';
import { bundled, inFreshProcess, Worker } from './lib/process.cts';
import { interleaved, type Figures } from './lib/rounds.cts';
import type { Input } from './tasks/require.cts';

const TWIN = 'soap + node-forge + fast-xml-parser';

/** n8n has n8n-workflow at hand before it requires a node. */
const atHand = [createRequire(join(ROOT, 'package.json')).resolve('n8n-workflow')];

async function requireTimes({ rounds }: Settings): Promise<readonly Row[]> {
	const program = await bundled('require');
	const modules = new Map(ourPackage.n8n.nodes.map((file) => [file, [join(ROOT, file)]]));
	modules.set(TWIN, [...LIBRARIES]);
	const times = await interleaved(rounds, [...modules.keys()], async (name) => {
		const input: Input = { atHand, modules: modules.get(name) ?? [] };
		return await inFreshProcess<Figures>(Worker.startBundle(program), input);
	});
	return [...modules.keys()].map((name): Row => {
		const what = name === TWIN ? 'require' : `require ${/(\w+)\.node\.js$/.exec(name)?.[1]}`;
		return { what, who: name === TWIN ? TWIN : OURS, figures: times[name] ?? {} };
	});
}

export const pack: Part = {
	title: 'The package',
	note: 'Packed by npm pack; the other one with the three libraries and all they need bundled. Required in a fresh process that has n8n-workflow already.',
	async run(settings: Settings): Promise<readonly Row[]> {
		const sizes = [
			{ what: 'packed', who: OURS, figures: await packed(ROOT) },
			{ what: 'packed', who: TWIN, figures: await writeTwin(MODULES, packed) },
		];
		settings.show(sizes);
		const times = await requireTimes(settings);
		settings.show(times);
		return [...sizes, ...times];
	},
};
