import type { FaultCause } from '../../../shared/fault';
import { isTransientStatus } from '../../../shared/http';
import type { Register } from '../catalogue';

export const KEY_REFUSED = 'Rivilė did not accept the API key';

export const CHECK_KEY =
	"Check the 'API Key' in the credential: it may be mistyped or no longer valid. A wrong 'Endpoint' leads to the same response.";

/** What to do when a key is refused, which may be refused for one method only. */
export function checkKeyFor(status: number | undefined, { method }: Register): string {
	if (status !== 403) return CHECK_KEY;
	return `${CHECK_KEY} If the key works for other registers, allow the method ${method} for it in the ManoRivile portal.`;
}

/** The statuses with which a key is refused. */
export function isKeyStatus(status: number | undefined): boolean {
	return status === 401 || status === 403;
}

/** Whether the words are about the key, whatever the status. */
export function isAboutKey(words: string): boolean {
	return /\bapi[\s_-]*(?:key|rakt)/i.test(words);
}

/** What to do about a refusal, and whether a retry may help. */
export interface Advice {
	readonly description: string;
	readonly transient: boolean;
	readonly cause: FaultCause;
}

/** What to do, by the gateway's words. */
const ABOUT_WORDS: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/invalid column name|multi-part identifier|could not be bound/i,
		"Correct the column name in the filter. Only columns of the table TABLE can be used. Check the spelling in 'SQL Condition', or set 'Filter' to By Fields and choose the column from the list.",
	],
	[
		/incorrect syntax|unclosed quotation|syntax error|unexpected token/i,
		"Correct the filter. 'SQL Condition' is the part after WHERE in Transact-SQL, without that word. If you set 'Filter' to By Fields, the node writes the condition for you.",
	],
	[
		/conversion failed|converting|overflow|out-of-range/i,
		"Correct the value in the filter: it does not fit the type of its column. In 'SQL Condition', write texts in quotes, dates as '20260131', and numbers with a decimal point. With 'Filter' set to By Fields, check 'Value'.",
	],
];

const PASSING =
	/deadlock|time[d-]?[\s-]*out\b|connection (?:is|was|has been) (?:closed|reset|broken)|\bpool\b|transport-level/i;

const BUSY =
	'Run the workflow again later. The database behind the gateway was busy. If this keeps happening, narrow the filter or ask for fewer rows.';

const TOO_MANY = 'Wait a moment, and run fewer workflows at the same time.';

const LATER =
	"Try again later. If this keeps happening, check the 'Endpoint' in the credential, or ask Rivilė's support.";

const ASK =
	"Check the filter and the options of the node. If they are correct, ask Rivilė's support.";

/**
 * Some gateways respond with 500 to a wrong column or condition, which a retry does not cure. A retry
 * helps against too many requests, a busy database, and a server that is starting.
 *
 * @param status of the response, or else the one in its document
 * @param general whether the words are those of a server that could not reach its service
 * @param register what was to be read
 */
export function adviceFor(
	words: string,
	status: number,
	general: boolean,
	{ table }: Register,
): Advice {
	const isBusy = isTransientStatus(status) && status !== 500;
	const about = ABOUT_WORDS.find(([pattern]) => pattern.test(words));
	if (about !== undefined) {
		return {
			description: about[1].replaceAll('TABLE', table),
			transient: isBusy,
			cause: 'configuration-invalid',
		};
	}
	if (PASSING.test(words)) {
		return { description: BUSY, transient: true, cause: 'temporarily-unavailable' };
	}
	const transient = isBusy || (status === 500 && general);
	if (/too many|rate limit|limit exceeded/i.test(words)) {
		return { description: TOO_MANY, transient, cause: 'rate-limited' };
	}
	if (status === 429) return { description: LATER, transient, cause: 'rate-limited' };
	if (transient || general) {
		return { description: LATER, transient, cause: 'temporarily-unavailable' };
	}
	return { description: ASK, transient, cause: 'configuration-invalid' };
}
