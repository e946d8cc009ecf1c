/**
 * Both simulators behind fault servers that spoil a part of the calls, as a program of its own: they
 * have a processor and a memory to themselves, and the load test's own can be watched.
 */
import { startKlientuPortfelis } from '../../dev/simulators/klientuPortfelis.cts';
import { startRivile } from '../../dev/simulators/rivile.cts';
import { FaultServer, type Choose } from './faultServer.cts';
import { faults } from './faults.cts';

/** What the load test is told at the beginning. */
export interface Ready {
	readonly portfolio: Record<string, string | number>;
	readonly gateway: Record<string, string>;
	readonly listId: number;
	readonly objectIds: readonly number[];
	readonly keys: readonly string[];
}

/** What the services saw, each time the load test asks. */
export interface Report {
	/** How often each code was asked to be added, whether or not the answer arrived. */
	readonly adding: Readonly<Record<string, number>>;
	/** The codes that are in the list. */
	readonly added: readonly string[];
	readonly logins: number;
	readonly spoiled: number;
}

/** One call in twenty, evenly spread and the same each time. */
function spoilSome(counter: { spoiled: number }): Choose {
	const some = faults(() => '').filter(({ name }) =>
		/^(HTTP 503|Half an answer, then the end|Connection reset (before|during))/.test(name),
	);
	let state = 1;
	return () => {
		// A linear congruential generator (Numerical Recipes).
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		if (state / 2 ** 32 >= 0.05) return undefined;
		return some[counter.spoiled++ % some.length]?.spoil;
	};
}

async function main(): Promise<void> {
	const portfolio = await startKlientuPortfelis();
	const gateway = await startRivile();
	gateway.seed(50);
	const list = portfolio.seedList({ name: 'Load', type: 'KEYWORDS' });
	const objects = portfolio.seedObjects(portfolio.seedList().id, 50);
	const counter = { spoiled: 0 };
	const fronts = [portfolio.serviceUrl, gateway.endpoint].map(
		(target) => new FaultServer(target, { at: 'connection' }),
	);
	for (const front of fronts) {
		await front.start();
		front.vary(spoilSome(counter));
	}
	const [first, second] = fronts.map(({ address }) => address);
	const ready: Ready = {
		portfolio: { ...portfolio.credentials, endpoint: first ?? '' },
		gateway: { ...gateway.credentials, endpoint: second ?? '' },
		listId: list.id,
		objectIds: objects.map(({ id }) => id),
		keys: Array.from({ length: 50 }, (_, index) => String(index + 1).padStart(12, '0')),
	};
	process.on('message', () => {
		const adding: Record<string, number> = {};
		for (const { function: name, parameters } of portfolio.calls) {
			const code = String(parameters.code);
			if (name === 'add_object') adding[code] = (adding[code] ?? 0) + 1;
		}
		const added = [...list.objects.values()].map(({ code }) => code);
		const { logins } = portfolio;
		process.send?.({ adding, added, logins, spoiled: counter.spoiled } satisfies Report);
	});
	process.on('disconnect', () => process.exit());
	process.send?.(ready);
}

void main();
