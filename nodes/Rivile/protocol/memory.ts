/**
 * What lives as long as the process. The build makes this module a file of its own, so that the node
 * and the trigger, which are bundled apart, share one memory.
 */
import type { Turns } from './pace/turns';

/** Whose turn it is, by the fingerprint of the API key. */
export const limiters = new Map<string, Turns>();
