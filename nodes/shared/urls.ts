/** A web address, or undefined when the text is none. */
export function tryUrl(text: string): URL | undefined {
	try {
		const url = new URL(text.trim());
		return /^https?:$/.test(url.protocol) ? url : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Whether secrets may be sent there: with encryption, or to this very machine.
 *
 * @param allowUnencrypted whether the user has taken it upon himself that they can be read on the way
 */
export function isSafe({ protocol, hostname }: URL, allowUnencrypted = false): boolean {
	if (allowUnencrypted) return true;
	return protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
