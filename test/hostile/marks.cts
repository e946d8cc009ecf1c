/** Marked secrets, and the search for them in everything that n8n keeps, shows or prints. */
import { inspect } from 'node:util';

import { Container } from '@n8n/di';
import { Logger } from '@n8n/backend-common';
import { LoggerProxy } from 'n8n-workflow';

import { phpLikeJson } from '../../dev/simulators/klientuPortfelis/rawClient.cts';

const xml = (text: string) =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** How programs write a text that they quote. */
export const FORMS: Readonly<Record<string, (text: string) => string>> = {
	plain: (text) => text,
	xml,
	attribute: (text) => xml(text).replace(/"/g, '&quot;'),
	html: (text) => xml(text).replace(/"/g, '&quot;').replace(/'/g, '&#039;'),
	json: (text) => JSON.stringify(text).slice(1, -1),
	phpJson: (text) => phpLikeJson([text]).slice(2, -2),
	address: (text) => encodeURIComponent(text),
	form: (text) => new URLSearchParams([['', text]]).toString().slice(1),
	base64: (text) => Buffer.from(text).toString('base64'),
};

/** Shorter pieces of a key's body may stand anywhere by chance. */
const FRAGMENT = 12;
/** Nor may this much of the beginning of another secret stand anywhere. */
const BEGINNING = 8;

/** All of a value that can be stored or printed: its JSON, and its hidden properties. */
function written(value: unknown): string {
	if (typeof value === 'string') return value;
	const options = {
		depth: Infinity,
		showHidden: true,
		maxArrayLength: null,
		maxStringLength: null,
	};
	const shown = inspect(value, options);
	// A string that holds JSON is written with escapes: both are looked through.
	return `${JSON.stringify(value) ?? ''}\n${shown}`;
}

export class Marks {
	/** What no text may hold, each with the name of its secret. */
	private readonly forbidden = new Map<string, string>();
	private readonly fragments = new Set<string>();
	/** How many texts were looked through. */
	searched = 0;

	/** A password, a passphrase, a key of a session or of an API. */
	add(name: string, secret: string): void {
		for (const [form, write] of Object.entries(FORMS)) {
			const whole = write(secret);
			this.forbidden.set(
				whole.slice(0, Math.max(BEGINNING, whole.length / 2)),
				`${name} (${form})`,
			);
			this.forbidden.set(whole, `${name} (${form})`);
		}
	}

	/** A private key: no piece of its body. */
	addKey(pem: string): void {
		const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');
		for (const text of [body, encodeURIComponent(body)]) {
			for (let at = 0; at + FRAGMENT <= text.length; at++) {
				this.fragments.add(text.slice(at, at + FRAGMENT));
			}
		}
	}

	/** @throws when there is anything of a secret in it */
	search(place: string, value: unknown): void {
		const text = written(value);
		this.searched++;
		for (const [mark, name] of this.forbidden) {
			const at = text.indexOf(mark);
			if (at >= 0)
				throw new Error(`${place}: ${name}: ${text.slice(Math.max(at - 200, 0), at + 80)}`);
		}
		const joined = text.replace(/\\n|\s/g, '');
		for (let at = 0; at + FRAGMENT <= joined.length; at++) {
			if (!this.fragments.has(joined.slice(at, at + FRAGMENT))) continue;
			throw new Error(`${place}: the key: ${joined.slice(Math.max(at - 200, 0), at + 40)}`);
		}
	}
}

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

/** What is said on each of the ways that are watched, to see that they are. */
const WATCHED = 'This way is watched';

/** From now on, all that is printed or logged is kept; gives it at the end, and everything back. */
export function watchOutput(): () => unknown[] {
	const said: unknown[] = [];
	const keep = (...words: unknown[]) => void said.push(words);
	const logger = Container.get(Logger);
	const streams = [process.stdout, process.stderr];
	const spies = [
		...(['log', ...LEVELS, 'trace'] as const).map((name) =>
			jest.spyOn(console, name).mockImplementation(keep),
		),
		...LEVELS.map((level) => jest.spyOn(logger, level).mockImplementation(keep)),
		...streams.map((stream) =>
			jest.spyOn(stream, 'write').mockImplementation((text) => {
				keep(Buffer.from(text).toString());
				return true;
			}),
		),
	];
	LoggerProxy.init(logger);
	const speak = [
		...LEVELS.flatMap((level) => [console[level], LoggerProxy[level]]),
		...streams.map((stream) => stream.write.bind(stream)),
	];
	for (const say of speak) say(WATCHED);
	expect(said).toEqual(speak.map(() => [WATCHED]));
	return () => {
		for (const spy of spies) spy.mockRestore();
		return said;
	};
}
