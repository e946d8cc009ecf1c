/** Something that the person at the terminal can change; told in words, without a stack. */
export class Refusal extends Error {}

/** What to print of an error: a full disk in words wherever it was met, the unexpected as it is. */
export function inWords(error: unknown): unknown {
	if (error instanceof Refusal) return error.message;
	const text = error instanceof Error ? `${error.message} ${error.stack}` : String(error);
	if (/ENOSPC|SQLITE_FULL|disk is full|no space left/i.test(text))
		return 'The disk is full. Make room (what is started needs about 200 MB in the folder for temporary files) and run the command again.';
	return error;
}
