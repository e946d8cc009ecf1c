import type { HttpAnswer } from '../../shared/http';
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

/** A call before it is signed: what the node hands to the credential. */
export interface UnsignedCall {
	readonly function: FunctionName;
	readonly parameters: Arguments;
}

/**
 * The protocol's way out. The node, the list searches and the credential test each bring one, as
 * n8n gives them different helpers.
 */
export interface Transport {
	/**
	 * Fetches a document without credentials.
	 *
	 * @throws Fault (connection) when no answer comes
	 */
	fetch(url: string): Promise<HttpAnswer>;
	/**
	 * Has the credential sign a call, and sends it.
	 *
	 * @throws Fault (connection) when no answer comes, Fault (credential, input) when it cannot be
	 * signed
	 */
	send(call: UnsignedCall, destination: Destination): Promise<HttpAnswer>;
	/** How what is safe to repeat is tried again. */
	readonly repeat: Repeat;
	/** How many seconds the next request may take; default: as long as it takes. */
	readonly timeout?: () => number;
	/** How long to wait, from now on, for what is done once for several executions; default: for ever. */
	readonly patience?: () => Patience;
}
