import fc from 'fast-check';

import { excerpt, Fault } from '../../../nodes/shared/errors';
import { maskSecrets, withoutSecrets } from '../../../nodes/shared/secrets';
import { phpLikeJson } from '../../simulators/kp/rawClient.cts';

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
