/** What a run is set up with: services behind proxies, data, triggers and their accounts. */
import { startKlientuPortfelis } from '../../dev/simulators/klientuPortfelis.cts';
import { startRivile } from '../../dev/simulators/rivile.cts';
import { clock, DAY } from './clock.cts';
import { Ledger } from './ledger.cts';
import { Writer } from './nodeRuns.cts';
import { Poller } from './pollers.cts';
import { eventIn, PortfolioWorld, type Watched } from './portfolioWorld.cts';
import { Proxy } from './proxy.cts';
import type { Random } from './random.cts';
import { changeIn, operationIn, RegisterWorld, type Followers } from './registerWorld.cts';
import { Weather } from './weather.cts';

export type Service = 'portfolio' | 'gateway';

const byId = (id: number) => ({ __rl: true, mode: 'id', value: id });

async function startServices(random: Random) {
	return {
		portfolio: await startKlientuPortfelis({
			now: () => clock.now,
			newestSessionsFirst: random.chance(0.5),
		}),
		gateway: await startRivile({
			newestFirst: random.chance(0.5),
			descending: random.chance(0.5),
			jsonNone: random.pick(['{}', '']),
			jsonRoot: random.chance(0.5),
			jsonNumbers: random.chance(0.5),
		}),
	};
}

type Services = Awaited<ReturnType<typeof startServices>>;

/** Two lists that are watched: one from now on, one from the first day and for one kind of event. */
function watchLists(portfolio: Services['portfolio']): Watched[] {
	return [[], ['EV_INSOLV']].map((eventTypes, index) => {
		const list = portfolio.seedList({ name: `Watched ${index + 1}` });
		portfolio.seedObjects(list.id, 2);
		portfolio.seedMonitoringSession(list.id, { sent: clock.stamp(-DAY), events: 3 });
		return { list, ledger: new Ledger(), eventTypes };
	});
}

function portfolioPoller({ list, ledger, eventTypes }: Watched, startDate: string): Poller {
	return new Poller({
		name: `Klientu Portfelis Trigger, ${list.name}`,
		type: 'klientuPortfelisTrigger',
		parameters: {
			event: 'monitoringEvent',
			listId: byId(list.id),
			options:
				eventTypes.length === 0
					? {}
					: { eventTypes: eventTypes.join(','), allowOtherTypes: true, startDate },
		},
		ledger,
		idOf: eventIn,
	});
}

function registerPollers(followers: Followers, startDate: string): Poller[] {
	const { created, fromFirstDay, updated } = followers;
	return [...created, updated].map((ledger) => {
		const isUpdated = ledger === updated;
		const isFromFirstDay = ledger === fromFirstDay;
		const name = isUpdated ? 'updated' : isFromFirstDay ? 'from a start date' : 'created';
		return new Poller({
			name: `Rivilė Trigger, ${name}`,
			type: 'rivileTrigger',
			parameters: {
				event: isUpdated ? 'operationUpdated' : 'operationCreated',
				detail: 'H',
				filterMode: 'none',
				simplify: false,
				options: isFromFirstDay ? { startDate } : {},
			},
			ledger,
			idOf: isUpdated ? changeIn : operationIn,
		});
	});
}

export class Stage {
	readonly pollers: readonly Poller[];
	readonly portfolioWorld: PortfolioWorld;
	readonly registerWorld: RegisterWorld;
	readonly writer: Writer;
	readonly weather: Readonly<Record<Service, Weather>>;
	/** A list that takes several pages to read. */
	readonly long: Watched['list'];

	private constructor(private readonly services: Services) {
		const { portfolio, gateway } = services;
		this.weather = {
			portfolio: new Weather(new Proxy(portfolio.serviceUrl)),
			gateway: new Weather(new Proxy(gateway.endpoint)),
		};
		this.long = portfolio.seedList({ name: 'Long' });
		portfolio.seedObjects(this.long.id, 2300);
		this.writer = new Writer(portfolio, portfolio.seedList({ name: 'Written', type: 'KEYWORDS' }));
		this.portfolioWorld = new PortfolioWorld(portfolio, watchLists(portfolio));
		this.weather.portfolio.proxy.adjust = (reply) => this.portfolioWorld.adjust(reply);
		const fromFirstDay = new Ledger();
		const followers = {
			created: [new Ledger(), fromFirstDay],
			fromFirstDay,
			updated: new Ledger(),
		};
		this.registerWorld = new RegisterWorld(gateway, followers);
		this.registerWorld.seed(350);
		const firstDay = clock.stamp().slice(0, 10);
		this.pollers = [
			...this.portfolioWorld.watched.map((watched) => portfolioPoller(watched, firstDay)),
			...registerPollers(followers, firstDay),
		];
	}

	static async open(random: Random): Promise<Stage> {
		const stage = new Stage(await startServices(random));
		for (const { proxy } of Object.values(stage.weather)) await proxy.open();
		return stage;
	}

	async close(): Promise<void> {
		for (const { proxy } of Object.values(this.weather)) await proxy.stop();
		await Promise.all([this.services.portfolio.stop(), this.services.gateway.stop()]);
	}

	get credentials() {
		const { portfolio, gateway } = this.services;
		const { weather } = this;
		const own = { allowUnencrypted: true };
		return {
			portfolio: { ...portfolio.credentials, ...own, endpoint: weather.portfolio.proxy.address },
			gateway: { ...gateway.credentials, ...own, endpoint: weather.gateway.proxy.address },
		};
	}

	/** Sessions end as they may: all at once, by age, or since n8n has another IP address. */
	loseSessions(random: Random): void {
		const { portfolio } = this.services;
		const way = random.pick(['forgotten', 'old', 'moved'] as const);
		if (way === 'forgotten') portfolio.forgetSessions();
		else if (way === 'old') portfolio.expireSession();
		else portfolio.changeAddress(random.pick(['192.0.2.1', '192.0.2.2', null]));
	}

	/** Between two requests, others change what is there. */
	stir(service: Service, random: Random): void {
		if (service === 'gateway') {
			this.registerWorld.stir(random);
			return;
		}
		const { portfolio } = this.services;
		const objects = [...this.long.objects.values()];
		if (objects.length > 2000 && random.chance(0.5)) {
			portfolio.portfolio.takeOut(random.pick(objects), this.long);
		} else portfolio.seedObjects(this.long.id, 1);
	}

	/** The simulators keep every request. */
	forgetLogs(): void {
		const { portfolio, gateway } = this.services;
		for (const log of [portfolio.calls, gateway.requests] as unknown[][]) log.length = 0;
	}
}
