/** The gateway and the key of a credential. */
import { accessOf, checkApiKey } from '../../../../nodes/Rivile/protocol/access';

test('fields are read without the whitespace around them', () => {
	const given = { endpoint: ' https://gateway.example/v2 ', apiKey: '\tPAVYZDY.raktas\n' };
	expect(accessOf(given)).toEqual({
		endpoint: 'https://gateway.example/v2',
		apiKey: 'PAVYZDY.raktas',
		allowUnencrypted: false,
	});
	expect(accessOf({})).toEqual({ endpoint: '', apiKey: '', allowUnencrypted: false });
});

test.each([undefined, null, 'true', 1])(
	'%j does not allow an address without encryption',
	(value) => {
		expect(accessOf({ allowUnencrypted: value }).allowUnencrypted).toBe(false);
		expect(accessOf({ allowUnencrypted: true }).allowUnencrypted).toBe(true);
	},
);

test.each([
	['', "'API Key' is empty"],
	['a b', "'API Key' contains characters that a key cannot have"],
	['a\nb', "'API Key' contains characters that a key cannot have"],
	['raktašs', "'API Key' contains characters that a key cannot have"],
	['a\u007f', "'API Key' contains characters that a key cannot have"],
])('the key %j is refused', (apiKey, message) => {
	expect(() => checkApiKey(apiKey)).toThrow(
		expect.objectContaining({ name: 'Fault', kind: 'credential', message }),
	);
});

test('a key of visible ASCII characters is taken', () => {
	expect(() => checkApiKey('!PAVYZDY.raktas~')).not.toThrow();
});
