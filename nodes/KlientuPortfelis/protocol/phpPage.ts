/** How far into a response PHP's own output is looked for. */
const START = 2000;

/** The names of PHP's errors, as `display_errors` writes them. */
const LEVELS =
	'(?:Warning|Notice|Deprecated|Fatal error|Recoverable fatal error|Parse error|Strict Standards|Unknown error)';

const MARKS: readonly RegExp[] = [
	// html_errors on, and off.
	new RegExp(`^(?:<br ?/?>\\s*)*<b>${LEVELS}</b>:`),
	new RegExp(`^(?:PHP )?${LEVELS}: [^]* on line \\d`),
	// The Yii framework's short pages: the class of an exception, or a PHP error's number.
	/^<h1>(?:PHP Error \[\d+\]|[\w\\]*(?:Exception|Error))<\/h1>/,
];

/**
 * Whether a response begins with what PHP or the vendor's framework writes when a program breaks
 * down. PHP does so with HTTP status 200, and what was asked for may follow.
 */
export function isPhpPage(text: string): boolean {
	const start = text.trimStart().slice(0, START);
	return MARKS.some((mark) => mark.test(start));
}
