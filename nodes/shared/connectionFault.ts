import { excerpt, Fault } from './fault';
import { networkCodeOf } from './n8nVersions';

/** How long one request may take unless the user says otherwise, in seconds. */
export const TIMEOUT = 120;

const TRY_LATER = 'Try again later.';

/** What a code of Node.js or of the HTTP client means. */
interface ConnectionFault {
	readonly codes: RegExp;
	/** What happened, behind the service's name. */
	readonly words: string;
	readonly advice: string;
	/** Whether a moment's wait may well cure it. */
	readonly transient?: true;
	/** Whether the request certainly has not reached the service. */
	readonly neverSent?: true;
	/** Whether it took longer than the request was given. */
	readonly timedOut?: true;
	/** Whether n8n stopped the execution. */
	readonly cancelled?: true;
}

const UNREACHABLE = {
	words: 'cannot be reached from here',
	advice: "Check n8n's network connection, and the proxy if there is one.",
	neverSent: true,
} as const;

const UNTRUSTED = {
	words: 'offers no connection that can be trusted',
	advice:
		'Check the address in the credential. Its certificate is out of date, for another name or unknown; on a network with its own certificates, add them to n8n.',
} as const;

/** Network faults by their codes; the first that fits counts. */
const CONNECTION_FAULTS: readonly ConnectionFault[] = [
	{
		codes: /^ECONNREFUSED$/,
		words: 'refused the connection',
		advice: 'Check the address in the credential; the service may also be down for a while.',
		transient: true,
		neverSent: true,
	},
	{
		codes: /^ENOTFOUND$/,
		words: 'was not found under its address',
		advice:
			'Check the address in the credential for typing mistakes, and that n8n can reach the internet.',
		neverSent: true,
	},
	{
		codes: /^(EAI_AGAIN|EAI_FAIL)$/,
		words: 'could not be looked up: no name server answered',
		advice: "Check that n8n can reach the internet, and its network's DNS settings.",
		transient: true,
		neverSent: true,
	},
	{
		// The HTTP client's code for an answer that is cut in the middle is ERR_BAD_RESPONSE.
		codes:
			/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ERR_BAD_RESPONSE|HPE_INVALID_EOF_STATE|HPE_CLOSED_CONNECTION)$/,
		words: 'closed the connection',
		advice: TRY_LATER,
		transient: true,
	},
	{
		codes: /^HPE_/,
		words: 'sent an answer that is not HTTP',
		advice:
			'Check the address in the credential, its port in particular, and whether a proxy or firewall stands between n8n and the service.',
		transient: true,
	},
	{
		codes: /^Z_/,
		words: 'sent an answer that cannot be unpacked',
		advice: `${TRY_LATER} If it stays, check whether a proxy or firewall stands between n8n and the service.`,
		transient: true,
	},
	{
		codes: /^(ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT)$/,
		words: 'did not answer within {timeout}',
		advice: `${TRY_LATER} If it needs longer, set Timeout under Options; for long lists, ask for fewer rows.`,
		transient: true,
		timedOut: true,
	},
	{ codes: /^(EHOSTUNREACH|ENETUNREACH)$/, ...UNREACHABLE, transient: true },
	{ codes: /^EADDRNOTAVAIL$/, ...UNREACHABLE },
	{ codes: /CERT|^ERR_TLS|SELF_SIGNED|^UNABLE_TO_/, ...UNTRUSTED, neverSent: true },
	{ codes: /^EPROTO$|^ERR_SSL/, ...UNTRUSTED },
	{
		codes: /^ERR_CANCELED$/,
		words: 'was not waited for: the execution was stopped',
		advice: 'Run the workflow again.',
		cancelled: true,
	},
];

/**
 * Says in words why a request got no answer. What was sent (keys, signatures) stays out of it.
 *
 * @param error what n8n's request helper threw
 * @param service the service's name, which begins the message
 * @param timeout seconds that the request was given
 */
export function connectionFault(error: unknown, service: string, timeout = TIMEOUT): Fault {
	const chain = causesOf(error);
	const own = chain.find((cause) => cause instanceof Fault);
	if (own !== undefined) return own;
	const code = networkCodeOf(chain) ?? '';
	const known = CONNECTION_FAULTS.find(({ codes }) => codes.test(code));
	if (known !== undefined) {
		const whole = Math.max(Math.round(timeout), 1);
		const seconds = whole === 1 ? '1 second' : `${whole} seconds`;
		return new Fault(
			'connection',
			`${service} ${known.words.replace('{timeout}', seconds)}`,
			`${known.advice} (${code})`,
			{
				transient: known.transient === true,
				maybeSent: known.neverSent !== true,
				timedOut: known.timedOut === true,
				cancelled: known.cancelled === true,
			},
		);
	}
	const words = chain.map(wordsOf).findLast((said) => said !== '') ?? 'no reason was given';
	return new Fault(
		'connection',
		`${service} could not be reached`,
		`Check the address in the credential. The reason given: ${words}`,
		{ maybeSent: true },
	);
}

/** An error with its causes, outermost first; n8n wraps what its HTTP client throws. */
function causesOf(error: unknown): object[] {
	const chain: object[] = [];
	let current: unknown = error;
	while (typeof current === 'object' && current !== null && chain.length < 6) {
		chain.push(current);
		current = 'cause' in current ? current.cause : undefined;
	}
	return chain;
}

/** Told by its property: what the HTTP client throws may come from another realm. */
function wordsOf(error: object): string {
	return 'message' in error && typeof error.message === 'string' ? excerpt(error.message) : '';
}
