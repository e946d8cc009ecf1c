/** What is under way when a fault strikes: a column of the matrix, and one run of it. */
import { deepCopy, type IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../dev/engine/harness.cts';

/** How a run or a poll ended. */
export interface Ending {
	readonly items: readonly IDataObject[];
	/** What the user reads; undefined where all went well. */
	readonly words?: { readonly message: string; readonly description: string };
}

export interface Run {
	/** Where the service is, as far as the node knows. */
	readonly address: string;
	/** Ends the execution, as Stop in the editor does. */
	readonly signal: AbortSignal;
	/** Seconds that one request may take. */
	readonly timeout?: number;
	/** A number that no other run has. */
	readonly number: number;
	/** The trigger's memory. */
	readonly staticData: IDataObject;
}

export interface Scenario {
	readonly service: 'Klientu Portfelis' | 'Rivilė';
	readonly name:
		| 'read'
		| 'page'
		| 'login'
		| 'wsdl'
		| 'write'
		| 'poll'
		| 'list search'
		| 'option loading'
		| 'credential test';
	/** In the editor, a person waits for the outcome and can try again. */
	readonly place: 'execution' | 'editor';
	/** How many calls come before the one that is spoiled. */
	readonly before: number;
	/** Brings about what is there beforehand, such as a session. */
	prepare(run: Run): Promise<void>;
	run(run: Run): Promise<Ending>;
	/** How many objects a run made at the service. */
	made(run: Run): number;
	/** The simulator's address. */
	readonly target: string;
	/** That of its WSDL, where the scenario begins with that. */
	readonly wsdlUrl?: string;
	/** The memory that the trigger has before the poll. */
	readonly memory: IDataObject;
}

export const byId = (id: number) => ({ __rl: true, mode: 'id', value: id });

/** The items of the node, or why there are none. */
export function endingOf(result: RunResult): Ending {
	const { error } = result;
	const items = result.json('Node');
	if (error === undefined) return { items };
	return { items, words: wordsOf(error) };
}

/** What a user reads of an error. */
export function wordsOf(error: object) {
	const message = 'message' in error ? String(error.message) : '';
	const description = 'description' in error ? String(error.description) : '';
	return { message, description };
}

/** The memory of a trigger, for one run to change. */
export const copyOf = (memory: IDataObject): IDataObject => deepCopy(memory);
