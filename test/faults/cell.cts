/** One cell of the matrix: one fault strikes in one scenario. */
import type { IDataObject } from 'n8n-workflow';

import type { Certificates } from './certificates.cts';
import type { FaultCase } from './faults.cts';
import { FaultServer } from './faultServer.cts';
import { Clock, runContexts, type RunContext } from './runContext.cts';
import { copyOf, type Ending, type Run, type Scenario } from './scenario.cts';

/** `passes`: the fault strikes once. `stays`: it strikes as often as the call is made. */
export type Mode = 'passes' | 'stays';

/** What was seen in a cell. */
export interface Finding extends Ending {
	/** How often the spoiled call was made, the time that went well included. */
	readonly sent: number;
	/** The waits before the further tries, in milliseconds. */
	readonly waited: number;
	/** How many objects the service has got. */
	readonly made: number;
	/** What the trigger remembers. */
	readonly staticData: IDataObject;
	/** How the same ends once the fault is over; undefined where there is nothing left to do. */
	readonly afterwards: Ending | undefined;
}

let runs = 0;

export async function enter(
	scenario: Scenario,
	fault: FaultCase,
	mode: Mode,
	certificates: Certificates,
): Promise<Finding> {
	const server = new FaultServer(scenario.target, fault.spoil, certificates, scenario.wsdlUrl);
	const context: RunContext = { server, clock: new Clock(), waits: [] };
	await server.start();
	try {
		return await runContexts.run(context, async () => await meet(context, scenario, fault, mode));
	} finally {
		await server.stop();
	}
}

async function meet(
	{ server, clock, waits }: RunContext,
	scenario: Scenario,
	fault: FaultCase,
	mode: Mode,
): Promise<Finding> {
	const stop = new AbortController();
	server.onStop = () => stop.abort();
	server.onWait = (seconds) => clock.pass(seconds * 1000);
	const run: Run = {
		address: server.address,
		signal: stop.signal,
		number: ++runs,
		staticData: copyOf(scenario.memory),
		...(fault.timeout !== undefined && { timeout: fault.timeout }),
	};
	await scenario.prepare(run);
	server.begin({ after: scenario.before, times: mode === 'passes' ? 1 : Infinity });
	const ending = await scenario.run(run);
	const made = scenario.made(run);
	const seen = {
		...ending,
		sent: server.sent,
		waited: waits.reduce((sum, milliseconds) => sum + milliseconds, 0),
		made,
		staticData: copyOf(run.staticData),
	};
	await server.heal();
	// A long list is read by the same calls as a short one, and takes its time.
	const isRepeated = ending.words !== undefined && made === 0 && scenario.name !== 'page';
	const again = { ...run, signal: new AbortController().signal };
	return { ...seen, afterwards: isRepeated ? await scenario.run(again) : undefined };
}
