/** One run: its steps, and what is held against what. */
import { createEngine, type Engine } from '../../dev/engine/harness.cts';
import { clock, DAY, HOUR } from './clock.cts';
import { forgetModules, heapUsed, ROOT } from './memory.cts';
import { readObjects, readOperations, type Place, type Ran, type Writer } from './nodeRuns.cts';
import type { Poller, Polled } from './pollers.cts';
import { Random } from './random.cts';
import { Stage, type Service } from './stage.cts';
import type { Mood } from './weather.cts';

/** After so many steps everything comes to rest, and nothing may be missing. */
const REST_EVERY = 300;

/** The memory after the first rests is what is there for good; this much more is a leak, in bytes. */
const MOST_GROWTH = 40e6;

export class Soak {
	private planned = clock.now;
	private step = 0;
	private until = 0;
	private readonly heap: number[] = [];
	readonly findings: string[] = [];
	runs = 0;

	private constructor(
		private readonly seed: number,
		private engine: Engine,
		private readonly stage: Stage,
	) {}

	static async open(seed: number): Promise<Soak> {
		const stage = await Stage.open(new Random(seed, -1));
		return new Soak(seed, await createEngine({ packageDir: ROOT }), stage);
	}

	async close(): Promise<void> {
		await this.engine.close();
		await this.stage.close();
	}

	get pollers(): readonly Poller[] {
		return this.stage.pollers;
	}

	get writer(): Writer {
		return this.stage.writer;
	}

	get steps(): number {
		return this.step;
	}

	/** The memory at each rest, in megabytes. */
	get megabytes(): readonly number[] {
		return this.heap.map((bytes) => Math.round(bytes / 1e6));
	}

	/** The first poll of each trigger, which begins with what is there. */
	async activate(): Promise<void> {
		for (const poller of this.pollers) await this.poll(poller, 'calm', new Random(this.seed, -2));
	}

	/** The next step. */
	async next(): Promise<void> {
		const random = new Random(this.seed, ++this.step);
		this.planned += this.pause(random);
		clock.now = Math.max(clock.now, this.planned);
		this.setClock(random);
		this.stage.portfolioWorld.grow(random);
		this.stage.registerWorld.grow(random);
		await this.act(random);
		if (this.step % REST_EVERY === 0) await this.rest();
	}

	/** All faults are over and all that is late has come: after eight days nothing may be missing. */
	async rest(): Promise<void> {
		const random = new Random(this.seed, this.step, -3);
		clock.skew = 0;
		this.stage.portfolioWorld.finish();
		this.stage.registerWorld.finish();
		const until = clock.now + 8 * DAY;
		for (let isQuiet = false; !isQuiet || clock.now < until; ) {
			// A backlog first, at a usual interval; then the time in which late events are looked for.
			clock.advance(isQuiet ? 6 * HOUR : 60_000);
			isQuiet = true;
			for (const poller of this.pollers) {
				if ((await this.poll(poller, 'calm', random)) > 0) isQuiet = false;
			}
		}
		for (const poller of this.pollers) {
			this.note(poller.lost());
			poller.settings.ledger.forgetOld();
		}
		this.planned = Math.max(this.planned, clock.now);
		this.checkMemory();
	}

	private pause(random: Random): number {
		if (random.chance(0.01)) return random.between(6 * HOUR, 2 * DAY);
		return random.between(1, random.chance(0.1) ? 360 : 45) * 60_000;
	}

	/** n8n's clock jumps now and then, and is set right after some steps. */
	private setClock(random: Random): void {
		if (clock.skew !== 0 && this.step < this.until) return;
		clock.skew = 0;
		if (!random.chance(0.04)) return;
		const size = random.pick([5 * 60_000, HOUR, 3 * HOUR, DAY, 10 * DAY]);
		clock.skew = random.pick([-1, 1]) * size;
		this.until = this.step + random.between(1, 5);
	}

	private async act(random: Random): Promise<void> {
		const mood = random.weighted<Mood>({ calm: 55, flaky: 33, stormy: 8, away: 4 });
		const { pollers, stage } = this;
		const actions = {
			poll: async () => void (await this.poll(random.pick(pollers), mood, random)),
			write: async () => await this.write(mood, random),
			readOperations: async () => await this.readOperations(mood, random),
			readObjects: async () =>
				await this.run('portfolio', mood, random, async (place) => readObjects(place, stage.long)),
			loseSessions: async () => stage.loseSessions(random),
			restart: async () => await this.restart(),
		};
		const weights = {
			poll: 72,
			write: 14,
			readOperations: 2,
			readObjects: 2,
			loseSessions: 5,
			restart: 4,
		};
		await actions[random.weighted(weights)]();
	}

	private async readOperations(mood: Mood, random: Random): Promise<void> {
		const limit = random.chance(0.5) ? 100_000 : undefined;
		const { truth } = this.stage.registerWorld;
		await this.run('gateway', mood, random, async (place) => readOperations(place, truth, limit));
	}

	/** @returns how many items came out */
	private async poll(poller: Poller, mood: Mood, random: Random): Promise<number> {
		const { type } = poller.settings;
		const isPortfolio = type === 'klientuPortfelisTrigger';
		const service: Service = isPortfolio ? 'portfolio' : 'gateway';
		const name = isPortfolio ? 'klientuPortfelisApi' : 'rivileApi';
		const credentials = { [name]: this.stage.credentials[service] };
		await this.begin(service, mood, random, false);
		const polled = await poller.poll(this.engine, credentials);
		this.end(service);
		this.note(polled.findings);
		this.checkFailure(service, poller.settings.name, polled);
		return polled.emitted;
	}

	private async write(mood: Mood, random: Random): Promise<void> {
		const { portfolio } = this.stage.weather;
		await this.run('portfolio', mood, random, async (place) =>
			this.writer.write(place, random, () => portfolio.network(place.signal.aborted)),
		);
	}

	private async run(
		service: Service,
		mood: Mood,
		random: Random,
		work: (place: Place) => Promise<Ran>,
	): Promise<void> {
		this.runs++;
		await this.begin(service, mood, random, true);
		const stop = new AbortController();
		const { proxy } = this.stage.weather[service];
		proxy.onStop = () => stop.abort();
		const ran = await work({
			engine: this.engine,
			credentials: this.stage.credentials,
			signal: stop.signal,
			settled: async () => await proxy.settled(),
		});
		this.end(service);
		this.note(ran.findings);
		this.checkFailure(service, `a run with ${service}`, ran);
	}

	private async begin(service: Service, mood: Mood, random: Random, mayStop: boolean) {
		const { stage } = this;
		await stage.weather[service].set(mood, random, mayStop);
		stage.weather[service].proxy.onRequest = (body) => {
			if (service === 'portfolio') stage.portfolioWorld.beforeRequest(body);
			if (mood !== 'calm' && random.chance(0.1)) stage.stir(service, random);
		};
	}

	private end(service: Service): void {
		this.stage.weather[service].proxy.dropConnections();
		this.stage.forgetLogs();
		clock.forgetDeadlines();
	}

	/** Where nothing was spoiled, nothing may fail. */
	private checkFailure(service: Service, who: string, { failure }: Pick<Polled, 'failure'>): void {
		const { weather, portfolioWorld } = this.stage;
		if (failure === undefined || weather[service].isSpoilt) return;
		// Events that the service fails to give are told as a failure.
		const isBroken = portfolioWorld.watched.some((watched) => portfolioWorld.isBroken(watched));
		if (service === 'portfolio' && isBroken) return;
		this.note([`${who} failed, and nothing was spoiled: ${failure}`]);
	}

	/** n8n's process ends, and another begins with what was stored. */
	private async restart(): Promise<void> {
		await this.engine.close();
		forgetModules();
		this.engine = await createEngine({ packageDir: ROOT });
		for (const poller of this.pollers) poller.restart();
	}

	private note(findings: readonly string[]): void {
		for (const finding of findings) this.findings.push(`step ${this.step}, ${finding}`);
	}

	private checkMemory(): void {
		this.heap.push(heapUsed());
		const [, , kept = Infinity] = this.heap;
		const growth = Math.min(...this.heap.slice(-3)) - kept;
		if (growth > MOST_GROWTH) this.note([`the memory grew by ${Math.round(growth / 1e6)} MB`]);
	}
}
