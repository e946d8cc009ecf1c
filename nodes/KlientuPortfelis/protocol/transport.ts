import type { HttpAnswer } from '../../shared/http';
import type { LongText } from '../../shared/longText';
import type { Repeat } from '../../shared/retry';
import type { Patience } from '../../shared/sharing';
import type { FunctionName } from './catalogue/functions';
import type { Arguments } from './request/sign';

/** Where and how a function is called. */
export interface Destination {
	readonly url: string;
	readonly soapAction: string;
	readonly namespace: string;
}

/** A call before it is signed, as the node passes it to the credential. */
export interface UnsignedCall {
	readonly function: FunctionName;
	readonly parameters: Arguments;
}

/**
 * How the protocol sends requests. The node, the list searches and the credential test each provide
 * one, because n8n gives them different helpers.
 */
export interface Transport {
	/**
	 * Fetches a document without credentials.
	 *
	 * @throws Fault (connection) when no response comes
	 */
	fetch(url: string): Promise<HttpAnswer>;
	/**
	 * Has the credential sign a call, and sends it.
	 *
	 * @throws Fault (connection) when no response comes; Fault (credential, input) when it cannot be
	 * signed
	 */
	send(call: UnsignedCall, destination: Destination): Promise<HttpAnswer<string | LongText>>;
	/** Retries what is safe to repeat. */
	readonly repeat: Repeat;
	/** How many seconds the next request may take; default: no limit. */
	readonly timeout?: () => number;
	/** How long to wait, from now on, for what one execution does for several; default: no limit. */
	readonly patience?: () => Patience;
}
