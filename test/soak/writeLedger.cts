/** Holds what a node said of its writes against the service's log. */

/** What an item said: done; that it may have been done; that it was not done; or nothing, after a stop. */
export type Told = 'confirmed' | 'inDoubt' | 'refused' | 'nothing';

/** A write that a run asked for. Each has a name that no other write of the run has. */
export interface AskedWrite {
	readonly name: string;
	readonly told: Told;
}

/** A write that reached the service. */
export interface LoggedWrite {
	readonly name: string;
	/** Whether the service carried it out. */
	readonly isDone: boolean;
}

/** What can be known, outside n8n, of the requests of a run. */
export interface Network {
	/**
	 * What became of a write's own request: whether it got a response that tells the outcome.
	 * 'never': it did not arrive.
	 */
	readonly seen: (name: string) => 'answered' | 'lost' | 'never';
	/** How many requests may have been under way to the service when a stop ended them. */
	readonly unread: number;
}

/**
 * What is wrong with a run.
 *
 * @param log what reached the service, without what it refused for want of a session
 */
export function judgeWrites(
	asked: readonly AskedWrite[],
	log: readonly LoggedWrite[],
	{ seen, unread }: Network,
): string[] {
	const names = new Set(asked.map(({ name }) => name));
	const stray = log.filter(({ name }) => !names.has(name));
	const findings = stray.map(({ name }) => `${name} reached the service, and nobody asked for it`);
	for (const { name, told } of asked) {
		const reached = log.filter((logged) => logged.name === name);
		const done = reached.filter(({ isDone }) => isDone).length;
		if (reached.length > 1) findings.push(`${name} reached the service ${reached.length} times`);
		if (told === 'confirmed' && done !== 1) {
			findings.push(`${name} is confirmed, and the service has done it ${done} times`);
		}
		if (told === 'refused' && done > 0) {
			findings.push(`${name} is said not to be done, and the service has done it`);
		}
		if (told === 'inDoubt' && seen(name) === 'answered') {
			findings.push(`${name} is in doubt, and its request got a clear response`);
		}
	}
	const unseen = asked.filter(({ name, told }) => told === 'inDoubt' && seen(name) === 'never');
	if (unseen.length > unread) {
		const names = unseen.map(({ name }) => name).join(', ');
		findings.push(`in doubt, and at most ${unread} of them were sent: ${names}`);
	}
	return findings;
}

/**
 * What is wrong with a list that was read to its end.
 *
 * @param read the names that came
 * @param stayed the names that were there all the time
 * @param isKnown whether a name was there at some time
 */
export function judgeReading(
	read: readonly string[],
	stayed: ReadonlySet<string>,
	isKnown: (name: string) => boolean,
): string[] {
	const once = new Set(read);
	const findings: string[] = [];
	const missing = [...stayed].filter((name) => !once.has(name));
	if (missing.length > 0) findings.push(`${missing.length} are missing, such as ${missing[0]}`);
	if (once.size < read.length) findings.push(`${read.length - once.size} came twice`);
	const unknown = read.filter((name) => !isKnown(name));
	if (unknown.length > 0) findings.push(`${unknown.length} were never there: ${unknown[0]}`);
	return findings;
}
