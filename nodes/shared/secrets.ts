import { asciiJson } from './asciiJson';
import { Fault } from './errors';

/** What stands in the place of a secret. */
const MASK = '•••';

/** Shorter texts are too common in messages to be taken for secrets. */
const SHORTEST_SECRET = 4;

/**
 * Takes secrets out of a text that quotes somebody else's words: as they are and as programs write
 * them, also those that the end of an excerpt cuts in two.
 *
 * @param secrets passwords, keys, session keys; in any order, empty ones do no harm
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
	let masked = text;
	for (const secret of secrets.flatMap(formsOf)) {
		masked = masked.replaceAll(secret, MASK);
		for (let length = secret.length - 1; length >= SHORTEST_SECRET; length--) {
			masked = masked.replaceAll(`${secret.slice(0, length)}…`, `${MASK}…`);
		}
	}
	return masked;
}

/** A secret as documents, addresses and programs quote it, and as an excerpt shows that. */
function formsOf(secret: string): string[] {
	if (secret.length < SHORTEST_SECRET) return [];
	const bytes = Buffer.from(secret);
	const inXml = secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	const inAttribute = inXml.replace(/"/g, '&quot;');
	const apostrophes = ['&#039;', '&#39;', '&apos;', '&#x27;'];
	const inJson = JSON.stringify(secret).slice(1, -1);
	const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
	const forms = [
		secret,
		inXml,
		inAttribute,
		...apostrophes.map((apostrophe) => inAttribute.replace(/'/g, apostrophe)),
		inJson,
		inJson.replace(/\//g, '\\/'),
		asciiJson(secret).slice(1, -1),
		inForm,
		inForm.replace(/\+/g, '%20'),
		encodeURIComponent(bytes.toString()),
		bytes.toString('base64'),
	];
	const shown = forms.map((form) => form.replace(/\s+/g, ' ').trim());
	return [...new Set([...forms, ...shown])].filter((form) => form.length >= SHORTEST_SECRET);
}

/** The same fault with the secrets taken out of its words; what is no fault comes back as it is. */
export function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
	if (!(error instanceof Fault)) return error;
	const mask = (words: string) => maskSecrets(words, secrets);
	const message = mask(error.message);
	const description = mask(error.description);
	const code = error.details.code === undefined ? {} : { code: mask(error.details.code) };
	const details = { ...error.details, ...code };
	const isClean =
		message === error.message &&
		description === error.description &&
		details.code === error.details.code;
	return isClean ? error : new Fault(error.kind, message, description, details);
}
