import type { LongText } from '../../../shared/longText';

/**
 * What a crashed PHP program writes, whatever the HTTP status: PHP's own messages
 * (https://www.php.net/errorfunc.configuration, display_errors and html_errors), uncaught exceptions,
 * and the error pages of the Yii framework, which the service uses.
 */
const SIGNS: readonly RegExp[] = [
	// <b>Warning</b>: message in <b>/srv/file.php</b> on line <b>3</b>
	/<b>\s*(?:PHP )?(?:(?:Catchable |Recoverable )?Fatal error|Parse error|(?:Core |Compile |User )?(?:Warning|Notice)|Deprecated|Strict Standards)\s*<\/b>\s*:/i,
	// The same without HTML, at the start of a line
	/^\s*(?:PHP )?(?:(?:Catchable |Recoverable )?Fatal error|Parse error|Warning|Notice|Deprecated|Strict Standards):\s.*\bon line \d+/im,
	/<(?:h1|title)>\s*(?:[\w\\]*(?:Exception|Error)|PHP (?:Error|Warning|Notice|Deprecated)[^<]*|(?:Error 5\d\d|(?:5\d\d:? )?Internal Server Error))\s*<\//i,
	/\bUncaught (?:exception '?)?[\w\\]*(?:Exception|Error)\b/,
	/^\s*exception '[\w\\]+' with message/im,
	/\bxdebug-error\b/,
	/^#\d+ \/\S+\.php\(\d+\): /m,
];

/** How much is searched at the start and at the end of a response, where such messages stand. */
const LOOKED_AT = 20_000;

/**
 * Whether a text comes from a crashed program of the service, and not from a proxy or firewall in
 * between.
 */
export function isBreakdown(text: string | LongText): boolean {
	return endsOf(text).some((end) => SIGNS.some((sign) => sign.test(end)));
}

function endsOf(text: string | LongText): string[] {
	if (typeof text !== 'string') return [text.start, text.end];
	const isShort = text.length <= 2 * LOOKED_AT;
	return isShort ? [text] : [text.slice(0, LOOKED_AT), text.slice(-LOOKED_AT)];
}
