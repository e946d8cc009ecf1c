import { excerpt, Fault } from './fault';
import { isTransientStatus, type HttpAnswer } from './http';

/**
 * The fault for a response that is not a valid one of the service. It quotes the start of the response.
 *
 * @param transient whether a retry may succeed, whatever the status
 */
export function responseFault(
	response: HttpAnswer,
	message: string,
	description: string,
	transient = false,
): Fault {
	const { status, retryAfter } = response;
	const start = excerpt(response.body);
	const begins = start === '' ? '' : ` The response begins with: ${start}`;
	return new Fault('answer', message, `${description} (HTTP status ${status})${begins}`, {
		status,
		...(retryAfter !== undefined && { retryAfter }),
		transient: transient || isTransientStatus(status),
	});
}

/**
 * Rejects a redirect: a signed or keyed request must not be sent to another address. The service has
 * not carried the request out.
 *
 * @param service the service's name, which begins the message
 * @param owner who can confirm the new address
 * @throws Fault (service) if the response is a redirect
 */
export function checkRedirect(
	{ status, location }: Pick<HttpAnswer, 'status' | 'location'>,
	service: string,
	owner: string,
): void {
	if (status < 300 || status >= 400) return;
	const target = location === undefined ? '' : ` It redirects to: ${excerpt(location)}`;
	throw new Fault(
		'service',
		`${service} redirected the request to another address`,
		`Ask ${owner} for the right address and enter it in the credential's 'Endpoint' field. Redirects are not followed, so that no secrets are sent elsewhere.${target} (HTTP status ${status})`,
	);
}
