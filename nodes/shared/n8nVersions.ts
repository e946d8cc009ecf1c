/**
 * What the nodes use that some supported versions of n8n do not have. Each thing has one function here
 * that names the version it came with; no other file depends on versions. `npm run test:compat` runs
 * the package on all of them.
 */
import type {
	IAdditionalCredentialOptions,
	IAllExecuteFunctions,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	IPollFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { asThrown } from './asThrown';
import { Fault } from './fault';

/** Half a minute: n8n 2.37 abandons a poll after 45 seconds without telling the node. */
const ASSUMED_POLL_BUDGET = 30_000;

/**
 * How long a poll may take. n8n provides this since 2.38.
 *
 * @returns milliseconds
 */
export function pollBudget(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context ? context.getPollBudgetMs() : ASSUMED_POLL_BUDGET;
}

/** Why something failed, in n8n's own terms. */
export type Failure = NonNullable<NodeApiError['failure']>;

/**
 * Adds the cause to the options of an error. n8n reads it since 2.37, for example to poll a busy
 * service less often; earlier versions ignore it.
 */
export function withFailure<Options extends object>(options: Options, failure?: Failure): Options {
	return failure === undefined ? options : { ...options, failure };
}

/** Faults that the credentials' authenticate threw, by request. */
const authenticationFaults = new WeakMap<object, Fault>();

/** The signals that end requests, by request. */
const signals = new WeakMap<object, IHttpRequestOptions['abortSignal']>();

/**
 * Authenticates a request in a credential. Two things get lost in n8n's helper, so they are kept for
 * `requestWithCredential`: n8n before 2.37 replaces what this throws by an error of its own, and every
 * version replaces the request's signal by that of the execution, which knows no timeout.
 *
 * @throws what authenticate throws
 */
export async function authenticated(
	request: IHttpRequestOptions,
	authenticate: () => IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	try {
		const abortSignal = signals.get(request) ?? request.abortSignal;
		return { ...authenticate(), abortSignal };
	} catch (error) {
		if (error instanceof Fault) authenticationFaults.set(request, error);
		throw asThrown(error);
	}
}

/**
 * Makes a request that the credential authenticates.
 *
 * @param request its signal, if any, is used instead of the execution's
 * @param options may contain the credential's data, if it was read before
 * @returns the full response, if the request's options ask for it
 * @throws Fault when the credential refused to authenticate it; otherwise what n8n's helper throws
 */
export async function requestWithCredential(
	context: IAllExecuteFunctions,
	type: string,
	request: IHttpRequestOptions,
	options?: IAdditionalCredentialOptions,
): Promise<IN8nHttpFullResponse> {
	signals.set(request, request.abortSignal);
	try {
		const { httpRequestWithAuthentication } = context.helpers;
		return await httpRequestWithAuthentication.call(context, type, request, options);
	} catch (error) {
		throw authenticationFaults.get(request) ?? asThrown(error);
	}
}

const NETWORK_CODE = /^[A-Z][A-Z0-9_]+$/;

/** The HTTP client's messages for a response that is cut off or cannot be decompressed, with codes. */
const CODES_BY_WORDS: ReadonlyArray<readonly [RegExp, string]> = [
	[/stream has been aborted|\baborted\b|socket hang up/i, 'ERR_BAD_RESPONSE'],
	[
		/header check|data check|unexpected end of file|invalid (?:block|stored|distance|code|literal|bit|window|length)/i,
		'Z_DATA_ERROR',
	],
];

/**
 * The HTTP client's code for an error. n8n before 2.37 drops the client's error and keeps its code in
 * `httpCode`, or only its message if part of the response had arrived.
 *
 * @param chain an error with its causes, outermost first
 * @returns such as ECONNRESET; undefined if there is none
 */
export function networkCodeOf(chain: readonly object[]): string | undefined {
	for (const name of ['code', 'httpCode'] as const) {
		for (const error of chain) {
			const code: unknown = Reflect.get(error, name);
			if (typeof code === 'string' && NETWORK_CODE.test(code)) return code;
		}
	}
	const words = chain.map((error) => String(Reflect.get(error, 'message') ?? '')).join('\n');
	return CODES_BY_WORDS.find(([pattern]) => pattern.test(words.slice(0, 1000)))?.[1];
}

/** Shows a hint in the output panel of the node. Versions of n8n without execution hints ignore it. */
export function showHint(
	context: IExecuteFunctions,
	message: string,
	type: 'info' | 'warning' = 'info',
): void {
	if ('addExecutionHints' in context) {
		context.addExecutionHints({ message, type, location: 'outputPane' });
	}
}
