import type { Engine, PinnedData } from '../dev/engine/harness.cts';
import {
	startKlientuPortfelis,
	type KlientuPortfelisSimulator,
} from '../dev/simulators/klientuPortfelis.cts';
import {
	OBJECT_TYPES,
	type ObjectType,
} from '../nodes/KlientuPortfelis/protocol/catalogue/functions';
import { sampleCode } from '../dev/simulators/klientuPortfelis/samples.cts';
import { heading, runStep, type Step } from './report.cts';

/** Objects that somebody else adds, so that a list takes several pages. */
const MANY = 2500;

/** Rows of the sample spreadsheet for each type of object. */
const ROWS_EACH = 25;

const LIST_OF: Readonly<Record<ObjectType, string>> = {
	COMPANY: 'Sample: clients',
	PERSON: 'Sample: clients',
	AUTHORITY: 'Sample: clients',
	PLEDGE: 'Sample: pledges',
	ADDRESS: 'Sample: addresses',
	KEYWORD: 'Sample: keywords',
	EST_COMPANY: 'Sample: Estonian companies',
	CAD_CADASTER: 'Sample: properties',
	CAD_BUILD: 'Sample: properties',
	CAD_PARCEL: 'Sample: properties',
	CAD_PARCEL_PART: 'Sample: properties',
	CAD_PREMISE_GROUP: 'Sample: properties',
};

/** Where each type's codes start, so that types which share a list do not share a code. */
const spreadsheet = (): PinnedData => ({
	'Spreadsheet Rows': OBJECT_TYPES.flatMap((type, index) =>
		Array.from({ length: ROWS_EACH }, (_, row) => ({
			json: {
				list: LIST_OF[type],
				type,
				code: sampleCode(type, (index + 1) * 1000 + row),
				name: `Paraugs Nr. ${row + 1} & "${type}"`,
			},
		})),
	),
});

/** Runs the Klientu Portfelis examples in turn; true when every one ran through. */
export async function demonstrateKlientuPortfelis(engine: Engine): Promise<boolean> {
	const simulator = await startKlientuPortfelis();
	heading(`Klientu Portfelis, simulated at ${simulator.serviceUrl}`);
	try {
		const outcomes: boolean[] = [];
		for (const step of stepsOf(simulator)) {
			outcomes.push(await demonstrate(engine, simulator, step));
			meanwhile(simulator, step);
		}
		console.log(
			`\n  ${simulator.calls.length} signed calls, every signature verified; ${simulator.logins} login.`,
		);
		return outcomes.every((succeeded) => succeeded) && simulator.logins === 1;
	} finally {
		await simulator.stop();
	}
}

function stepsOf(simulator: KlientuPortfelisSimulator): Step[] {
	const progress = () => `${simulator.calls.length} calls`;
	const added = OBJECT_TYPES.length * (ROWS_EACH + 1);
	return [
		{ file: 'basics/klientu-portfelis-1-create-lists', outcome: { node: 'Create List', out: 6 } },
		{
			file: 'basics/klientu-portfelis-2-add-objects',
			outcome: { node: 'Add Object', out: OBJECT_TYPES.length, refused: 2 },
		},
		{
			file: 'basics/klientu-portfelis-2-add-objects',
			pinData: spreadsheet(),
			outcome: { node: 'Add Object', out: OBJECT_TYPES.length * ROWS_EACH },
		},
		{
			file: 'basics/klientu-portfelis-3-update-contacts',
			outcome: { node: 'Update Object', out: 2 },
		},
		{
			file: 'basics/klientu-portfelis-4-monitor-a-list',
			outcome: { node: 'Create Monitoring', out: 1 },
		},
		{ file: 'basics/klientu-portfelis-5-what-happened', outcome: { node: 'Get Events', out: 5 } },
		{
			file: 'basics/klientu-portfelis-6-all-objects',
			outcome: { node: 'Get Objects', out: added + MANY },
		},
		{ file: 'basics/klientu-portfelis-7-delete-lists', outcome: { node: 'Delete List', out: 6 } },
	].map((step) => ({ ...step, progress }));
}

async function demonstrate(
	engine: Engine,
	simulator: KlientuPortfelisSimulator,
	step: Step,
): Promise<boolean> {
	const credentials = { 'Klientu Portfelis account': simulator.credentials };
	return (await runStep(engine, step, credentials)).succeeded;
}

/** What happens at the service between the workflows. */
function meanwhile(simulator: KlientuPortfelisSimulator, { file }: Step): void {
	const listNamed = (wanted: string) =>
		[...simulator.portfolio.lists.values()].find(({ name }) => name === wanted)?.id ?? 0;
	if (file.includes('monitor')) {
		for (const [daysAgo, events] of [
			[2, 2],
			[1, 0],
			[0, 3],
		] as const) {
			const sent = new Date(Date.now() - daysAgo * 24 * 60 * 60 * 1000).toISOString();
			simulator.seedMonitoringSession(listNamed('Sample: clients'), {
				sent: sent.slice(0, 19).replace('T', ' '),
				events,
			});
		}
		console.log('  (Meanwhile the service runs the monitoring three times.)');
	}
	if (file.includes('what-happened')) {
		simulator.seedObjects(listNamed('Sample: keywords'), MANY);
		console.log(`  (Meanwhile somebody adds ${MANY} keywords.)`);
	}
}
