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

/**
 * Whether a request goes to the host of a credential's own address, and safely. Whoever may use a
 * credential in n8n could otherwise have its secrets sent to an address of theirs.
 *
 * @param own the address in the credential
 */
export function isOwn(url: string, own: string, allowUnencrypted: boolean): boolean {
	const target = tryUrl(url);
	const isOwnHost = target !== undefined && target.hostname === tryUrl(own)?.hostname;
	return isOwnHost && isSafe(target, allowUnencrypted);
}
