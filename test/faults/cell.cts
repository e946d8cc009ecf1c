/** One cell of the matrix: one fault strikes on one way. */
import type { IDataObject } from 'n8n-workflow';

import type { Certificates } from './certificates.cts';
import type { FaultCase } from './faults.cts';
import { FaultServer } from './faultServer.cts';
import { Clock, lanes, type Lane } from './lane.cts';
import { copyOf, type Ending, type Visit, type Way } from './way.cts';

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

let visits = 0;

export async function enter(
	way: Way,
	fault: FaultCase,
	mode: Mode,
	certificates: Certificates,
): Promise<Finding> {
	const server = new FaultServer(way.target, fault.spoil, certificates, way.wsdlUrl);
	const lane: Lane = { server, clock: new Clock(), waits: [] };
	await server.start();
	try {
		return await lanes.run(lane, async () => await meet(lane, way, fault, mode));
	} finally {
		await server.stop();
	}
}

async function meet(
	{ server, clock, waits }: Lane,
	way: Way,
	fault: FaultCase,
	mode: Mode,
): Promise<Finding> {
	const stop = new AbortController();
	server.onStop = () => stop.abort();
	server.onWait = (seconds) => clock.pass(seconds * 1000);
	const visit: Visit = {
		address: server.address,
		signal: stop.signal,
		number: ++visits,
		staticData: copyOf(way.memory),
		...(fault.timeout !== undefined && { timeout: fault.timeout }),
	};
	await way.prepare(visit);
	server.begin({ after: way.before, times: mode === 'passes' ? 1 : Infinity });
	const ending = await way.run(visit);
	const made = way.made(visit);
	const seen = {
		...ending,
		sent: server.sent,
		waited: waits.reduce((sum, milliseconds) => sum + milliseconds, 0),
		made,
		staticData: copyOf(visit.staticData),
	};
	await server.heal();
	// A long list is read by the same calls as a short one, and takes its time.
	const isRepeated = ending.words !== undefined && made === 0 && way.name !== 'page';
	const again = { ...visit, signal: new AbortController().signal };
	return { ...seen, afterwards: isRepeated ? await way.run(again) : undefined };
}
