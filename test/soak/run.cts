/** `npm run soak`: see README.md in this folder. */
import { machineTime, enterSimulatedTime } from './clock.cts';

enterSimulatedTime();

interface Wanted {
	readonly minutes: number;
	readonly seed: number;
	/** Ends after so many steps. */
	readonly steps: number;
	/** Ends after so many findings. */
	readonly findings: number;
}

const USAGE = 'npm run soak [-- --minutes N] [--seed N] [--steps N] [--findings N]';

function wantedBy(given: readonly string[]): Wanted {
	const seed = machineTime() % 1_000_000;
	const wanted = { minutes: 10, seed, steps: Infinity, findings: 1 };
	for (let at = 0; at < given.length; at += 2) {
		const name = (given[at] ?? '').replace(/^--/, '');
		const value = Number(given[at + 1]);
		if (!Object.hasOwn(wanted, name) || !(value > 0)) throw new Error(USAGE);
		Object.assign(wanted, { [name]: value });
	}
	return wanted;
}

async function main(): Promise<boolean> {
	const { minutes, seed, steps, findings } = wantedBy(process.argv.slice(2));
	console.log(`Seed ${seed}, ${minutes} minutes`);
	const started = machineTime();
	// Only now: n8n has to find simulated time when it is loaded.
	const { Soak } = await import('./soak.cts');
	const soak = await Soak.open(seed);
	try {
		await soak.activate();
		const isOver = () => machineTime() - started > minutes * 60_000 || soak.steps >= steps;
		while (soak.findings.length < findings && !isOver()) await soak.next();
		if (soak.findings.length < findings) await soak.rest();
		report(soak);
		if (soak.findings.length === 0) return true;
		console.log(`Seed ${seed}, after ${soak.steps} steps:`);
		for (const finding of soak.findings.slice(0, Math.max(findings, 30)))
			console.log(`  ${finding}`);
		console.log(`To see it again: npm run soak -- --seed ${seed} --steps ${soak.steps}`);
		return false;
	} finally {
		await soak.close();
	}
}

type Told = Readonly<Record<string, number>>;

interface Reported {
	readonly steps: number;
	readonly runs: number;
	readonly megabytes: readonly number[];
	readonly writer: { readonly told: Told };
	readonly pollers: ReadonlyArray<{
		readonly settings: { readonly name: string; readonly ledger: { readonly emitted: number } };
		readonly polls: number;
		readonly failed: number;
		readonly mostState: number;
	}>;
}

function report({ steps, runs, megabytes, writer, pollers }: Reported): void {
	console.log(`${steps} steps, ${runs} runs of the nodes; writes: ${JSON.stringify(writer.told)}`);
	for (const { settings, polls, failed, mostState } of pollers) {
		const { name, ledger } = settings;
		const size = `state at most ${mostState} bytes`;
		console.log(`${name}: ${polls} polls, ${failed} failed, ${ledger.emitted} items, ${size}`);
	}
	console.log(`Memory at rest: ${megabytes.join(', ')} MB`);
}

main().then(
	(isClean) => {
		console.log(isClean ? 'Clean.' : 'Not clean, see above.');
		process.exitCode = isClean ? 0 : 1;
	},
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
