import { excerpt, Fault } from './fault';
import { networkCodeOf } from './n8nVersions';

/** The default timeout of a request, in seconds. */
export const TIMEOUT = 120;

const TRY_LATER = 'Try again later.';

/** What error codes of Node.js or of the HTTP client mean. */
interface ConnectionFault {
	readonly codes: RegExp;
	/** What happened; follows the service's name. */
	readonly words: string;
	readonly advice: string;
	/** Whether a retry may succeed a moment later. */
	readonly transient?: true;
	/** Whether it is certain that the service never received the request. */
	readonly neverSent?: true;
	/** Whether the request timed out. */
	readonly timedOut?: true;
	/** Whether n8n stopped the execution. */
	readonly cancelled?: true;
}

const UNREACHABLE = {
	words: 'cannot be reached from n8n',
	advice: "Check n8n's network connection, and its proxy if there is one.",
	neverSent: true,
} as const;

const UNTRUSTED = {
	words: 'did not offer a connection that n8n trusts',
	advice:
		'Check the address in the credential. The certificate may be expired, unknown or for another name. If your network uses its own certificates, add them to n8n.',
} as const;

/** Network faults by their codes; the first match counts. */
const CONNECTION_FAULTS: readonly ConnectionFault[] = [
	{
		codes: /^ECONNREFUSED$/,
		words: 'refused the connection',
		advice: 'Check the address in the credential. The service may also be down.',
		transient: true,
		neverSent: true,
	},
	{
		codes: /^ENOTFOUND$/,
		words: 'was not found at its address',
		advice:
			'Check the address in the credential for typos, and check that n8n can reach the internet.',
		neverSent: true,
	},
	{
		codes: /^(EAI_AGAIN|EAI_FAIL)$/,
		words: 'could not be looked up: no DNS server responded',
		advice: 'Check that n8n can reach the internet, and check the DNS settings of its network.',
		transient: true,
		neverSent: true,
	},
	{
		// ERR_BAD_RESPONSE is the HTTP client's code for a response that is cut off.
		codes:
			/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ERR_BAD_RESPONSE|HPE_INVALID_EOF_STATE|HPE_CLOSED_CONNECTION)$/,
		words: 'closed the connection',
		advice: TRY_LATER,
		transient: true,
	},
	{
		codes: /^HPE_/,
		words: 'sent a response that is not HTTP',
		advice:
			'Check the address in the credential, especially the port, and check for a proxy or firewall between n8n and the service.',
		transient: true,
	},
	{
		// Node.js names faults of Brotli after its decoder: ERR__ERROR_FORMAT_PADDING_1.
		codes: /^(Z|ERR__ERROR)_/,
		words: 'sent a response that cannot be decompressed',
		advice: `${TRY_LATER} If it happens again, check for a proxy or firewall between n8n and the service.`,
		transient: true,
	},
	{
		codes: /^(ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT)$/,
		words: 'did not respond within {timeout}',
		advice: `${TRY_LATER} If the service needs more time, increase 'Timeout' under 'Options'; for long lists, ask for fewer rows.`,
		transient: true,
		timedOut: true,
	},
	{ codes: /^(EHOSTUNREACH|ENETUNREACH)$/, ...UNREACHABLE, transient: true },
	{ codes: /^EADDRNOTAVAIL$/, ...UNREACHABLE },
	{ codes: /CERT|^ERR_TLS|SELF_SIGNED|^UNABLE_TO_/, ...UNTRUSTED, neverSent: true },
	{ codes: /^EPROTO$|^ERR_SSL/, ...UNTRUSTED },
	{
		codes: /^ERR_CANCELED$/,
		words: 'had not responded yet when the execution was stopped',
		advice: 'Run the workflow again.',
		cancelled: true,
	},
];

/**
 * Explains why a request got no response. Nothing that was sent (keys, signatures) is shown.
 *
 * @param error what n8n's request helper threw
 * @param service the service's name, which begins the message
 * @param timeout that of the request, in seconds
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
	const words = chain.map(wordsOf).findLast((said) => said !== '') ?? 'unknown';
	return new Fault(
		'connection',
		`${service} could not be reached`,
		`Check the address in the credential. The reason: ${words}`,
		{ maybeSent: true },
	);
}

/** An error with its causes, outermost first; n8n wraps the errors of its HTTP client. */
function causesOf(error: unknown): object[] {
	const chain: object[] = [];
	let current: unknown = error;
	while (typeof current === 'object' && current !== null && chain.length < 6) {
		chain.push(current);
		current = 'cause' in current ? current.cause : undefined;
	}
	return chain;
}

/** No `instanceof`: the HTTP client's errors may come from another realm. */
function wordsOf(error: object): string {
	return 'message' in error && typeof error.message === 'string' ? excerpt(error.message) : '';
}
