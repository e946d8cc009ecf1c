import type { FaultCause } from '../../../shared/fault';
import type { HttpAnswer } from '../../../shared/http';
import { isBlocked } from './blocked';

/** What to do when an API key is used more than Rivilė allows. */
export const FEWER_REQUESTS =
	'Run fewer workflows at the same time, or use a separate API key for each program that reads from Rivilė.';

/** What a status means that does not come from the database behind the gateway. */
export interface Outage {
	readonly message: string;
	readonly description: string;
	readonly cause: FaultCause;
}

const BLOCKED: Outage = {
	message: 'Rivilė blocked the request: too many requests were made with the API key',
	description: `Wait a moment, then run the workflow again. ${FEWER_REQUESTS}`,
	cause: 'rate-limited',
};

const ADMINISTRATOR = 'the person who looks after Rivilė at your company';

const OUTAGES: ReadonlyMap<number, Outage> = new Map([
	[429, BLOCKED],
	[
		// https://gidas.rivile.lt/internetiniai_moduliai/api_rest/get_price
		502,
		{
			message: "Rivilė's gateway at your company is not running, or Rivilė cannot reach it",
			description: `Ask ${ADMINISTRATOR} to check that the gateway program (Manorivile-Gateway) is running and connected to the internet. Then run the workflow again.`,
			cause: 'temporarily-unavailable',
		},
	],
	[
		503,
		{
			message: 'Rivilė is not available at the moment',
			description: `Try again later. If this keeps happening, ask ${ADMINISTRATOR}, or Rivilė's support.`,
			cause: 'temporarily-unavailable',
		},
	],
	[
		504,
		{
			message: "Rivilė's gateway at your company did not respond in time",
			description: `Narrow the filter or ask for fewer rows, then run the workflow again. If this keeps happening, ask ${ADMINISTRATOR} whether the gateway or its database is overloaded.`,
			cause: 'temporarily-unavailable',
		},
	],
]);

/** What the status of a response means by itself; undefined when its content has to tell. */
export function outageOf(answer: HttpAnswer): Outage | undefined {
	return isBlocked(answer) ? BLOCKED : OUTAGES.get(answer.status);
}

/** What a status means by itself, such as one in a document. */
export function outageWith(status: number): Outage | undefined {
	return OUTAGES.get(status);
}
