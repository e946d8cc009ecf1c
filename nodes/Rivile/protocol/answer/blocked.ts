import type { HttpAnswer } from '../../../shared/http';
import { limitsIn } from '../pace/limits';

/**
 * Whether the rate limit blocked the request. Status 429 says so. With another status, an empty
 * response by which no token remains does: the operator of the gateway's framework chooses the status
 * of a blocked request, and the framework sends no body with it. A key that is refused, or a server
 * that is down, comes with words or with tokens left.
 */
export function isBlocked({ status, body, headers }: HttpAnswer): boolean {
	if (status === 429) return true;
	if (status < 400 || body.trim() !== '') return false;
	const { remaining, cost = 1 } = limitsIn(headers);
	return remaining !== undefined && remaining < cost;
}
