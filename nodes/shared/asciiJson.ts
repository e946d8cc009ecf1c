/**
 * JSON as PHP's json_encode writes it with default flags: on one line, `/` escaped and everything
 * above ASCII as \uXXXX in lower-case hex.
 */
export function asciiJson(value: object | string): string {
	return JSON.stringify(value).replace(/[/\u0080-\uffff]/g, (character) =>
		character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
