import fc from 'fast-check';

import { excerpt as marked, Fault } from '../../../nodes/shared/fault';
import { quote, unmarked } from '../../../nodes/shared/quote';
import { maskSecrets, withoutSecrets } from '../../../nodes/shared/secrets';
import { phpLikeJson } from '../../../dev/simulators/klientuPortfelis/rawClient.cts';

const excerpt = (...given: Parameters<typeof marked>) => unmarked(marked(...given));

test('a secret that an excerpt cuts among blanks is masked', () => {
	const cut = excerpt(`${' x'.repeat(2)}${' '.repeat(33)}secret`, 10);
	expect(maskSecrets(cut, ['secret'])).not.toContain('secr');
	expect(cut).toBe('x x secr…');
});

const SECRET = "p/a\"s<s>& 'ķē'  +%";

/** As programs quote a text. */
const FORMS = {
	itself: SECRET,
	json: JSON.stringify(SECRET).slice(1, -1),
	'json of PHP': phpLikeJson([SECRET]).slice(2, -2),
	xml: "p/a\"s&lt;s&gt;&amp; 'ķē'  +%",
	attribute: "p/a&quot;s&lt;s&gt;&amp; 'ķē'  +%",
	'htmlspecialchars of PHP': 'p/a&quot;s&lt;s&gt;&amp; &#039;ķē&#039;  +%',
	form: new URLSearchParams({ a: SECRET }).toString().slice(2),
	address: encodeURIComponent(SECRET),
	base64: Buffer.from(SECRET).toString('base64'),
};

test.each(Object.entries(FORMS))('a secret is masked as %s', (_name, form) => {
	expect(maskSecrets(`sent "${form}" to`, [SECRET])).toBe('sent "•••" to');
	expect(maskSecrets(excerpt(`sent "${form}" to`), [SECRET])).toBe('sent "•••" to');
	for (let length = 1; length < form.length; length++) {
		const masked = maskSecrets(excerpt(`x ${form}`, 2 + length), [SECRET]);
		expect([length, masked.length <= 6]).toEqual([length, true]);
	}
});

test('whatever the secret is, masking it ends and leaves nothing of it', () => {
	const text = fc.string({ unit: 'binary', minLength: 4, maxLength: 20 });
	fc.assert(
		fc.property(text, (secret) => {
			expect(maskSecrets(`a ${secret} b`, [secret])).not.toContain(secret);
		}),
	);
});

test("the service's code is masked, and a fault without secrets stays itself", () => {
	const fault = new Fault('service', 'a', 'b', { code: SECRET, status: 400 });
	expect(withoutSecrets(fault, [SECRET])).toMatchObject({ details: { code: '•••', status: 400 } });
	expect(withoutSecrets(fault, ['other'])).toBe(fault);
});

describe('a secret that occurs in our own words', () => {
	const fault = new Fault(
		'answer',
		`Run the workflow again: ${quote('sent workflow')}`,
		`The workflow … ${marked('it began: workflow, and on')} (workflow)`,
		{ code: 'workflow', cancelled: true, maybeSent: true },
	);

	test('is masked where somebody else says it, and only there', () => {
		expect(withoutSecrets(fault, ['workflow'])).toMatchObject({
			message: 'Run the workflow again: sent •••',
			description: 'The workflow … it began: •••, and on (workflow)',
			details: { code: '•••', cancelled: true, maybeSent: true },
		});
	});

	test('stays masked, and stays quoted, in a copy with other words', () => {
		const copy = fault.with({ description: (words) => `Look it up. ${words}` });
		expect(copy).toBeInstanceOf(Fault);
		expect(copy.message).toBe(fault.message);
		expect(copy.details).toEqual(fault.details);
		expect(withoutSecrets(copy, ['workflow'])).toMatchObject({
			description: 'Look it up. The workflow … it began: •••, and on (workflow)',
		});
	});

	test('whatever is quoted, our words stay and the secret goes', () => {
		const text = fc.string({ unit: 'binary', minLength: 4, maxLength: 30 });
		fc.assert(
			fc.property(text, text, text, (own, before, secret) => {
				const words = unmarked(own);
				const said = new Fault('answer', words, `${words}${quote(`${before}${secret}`)}${words}`);
				const { message, description } = said.masked((quoted) => maskSecrets(quoted, [secret]));
				expect(message).toBe(words);
				expect(description.startsWith(words) && description.endsWith(words)).toBe(true);
				const quoted = description.slice(words.length, description.length - words.length);
				expect(quoted).not.toContain(secret);
				expect(unmarked(description)).toBe(description);
			}),
		);
	});
});

describe("the beginning of a secret before a program's ellipsis", () => {
	const password = 'Tr0ub4dor&3-correct-horse';

	test.each([
		"#1 login('office', 'Tr0ub4dor&3-cor...', 7)",
		"#1 login('office', 'Tr0ub4dor&amp;3-cor...', 7)",
		"#1 login('office', 'Tr0ub4dor&3-cor…', 7)",
		'login(Tr0ub4dor&amp;3-cor&hellip;)',
		'login(Tr0ub4dor&3-cor&#8230;)',
		'{"password":"Tr0ub4dor&3-cor\\u2026"}',
		'login("Tr0ub4dor&3-cor [...]")',
		'login("Tr0ub4do…")',
		'a=Tr0ub4dor%263-cor%E2%80%A6',
		'a... Tr0ub4dor&3-cor....',
	])('%s', (text) => {
		const masked = maskSecrets(text, [password]);
		expect(masked).toContain('•••');
		expect(masked).not.toContain('Tr0u');
		expect(masked.replace('•••', '')).toBe(text.replace(/Tr0ub4do(r(&amp;|&|%26)3-cor)?/, ''));
	});

	test('also where PHP has cut a letter in half', () => {
		expect(maskSecrets("login('ķēdeķēd\uFFFD...')", ['ķēdeķēdeķēde'])).toBe(
			"login('•••\uFFFD...')",
		);
	});

	test('whatever the secret, wherever it is cut', () => {
		const secret = fc.string({ unit: 'grapheme', minLength: 9, maxLength: 40 });
		const ellipsis = fc.constantFrom('...', '…', '&hellip;', '&#8230;', ' [...]', '....');
		fc.assert(
			fc.property(secret, fc.nat(), ellipsis, (whole, at, end) => {
				const cut = whole.slice(0, 8 + (at % (whole.length - 8)));
				// What begins with an ellipsis of its own leaves nothing that could be told from it.
				fc.pre(!/[.…&[(<%\\\s\uFFFD]/.test(whole));
				expect(maskSecrets(`f('${cut}${end}')`, [whole])).toBe(`f('•••${end}')`);
			}),
		);
	});

	test('costs no more than a moment for a long secret in a long text', () => {
		const begun = performance.now();
		maskSecrets('aaaaaaaaaa...'.repeat(100), ['a'.repeat(3000)]);
		expect(performance.now() - begun).toBeLessThan(1000);
	});
});
