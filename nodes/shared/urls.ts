/** A web address, or undefined when the text is none. */
export function tryUrl(text: string): URL | undefined {
	try {
		const url = new URL(text.trim());
		return /^https?:$/.test(url.protocol) ? url : undefined;
	} catch {
		return undefined;
	}
}

/** Whether secrets may be sent there: with encryption, or to this very machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
	return protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
