import {
	addressesOf,
	addressIn,
	checkTarget,
	destinationOf,
} from '../../../../nodes/KlientuPortfelis/protocol/address';
import type { Port } from '../../../../nodes/KlientuPortfelis/protocol/port';
import { once } from '../../../../nodes/shared/retry';

const PLAIN = 'http://service.example/api';

const closed: Port = {
	repeat: once,
	fetch: async () => await Promise.reject(new Error('not asked for')),
	send: async () => await Promise.reject(new Error('not asked for')),
};

const description = (address: string) => ({
	address,
	namespace: undefined,
	actions: new Map<string, string>(),
	parameters: new Map<string, string[]>(),
});

describe('an address without encryption', () => {
	const careful = addressesOf({ endpoint: PLAIN });
	const allowed = addressesOf({ endpoint: PLAIN, allowUnencrypted: true });

	test('is not called', async () => {
		const message = 'Endpoint is an address without encryption';
		await expect(destinationOf('login', careful, closed)).rejects.toThrow(message);
		expect(() => checkTarget(PLAIN, careful)).toThrow('does not belong to the address');
		const wsdl = addressesOf({ wsdlUrl: 'http://service.example/wsdl' });
		expect(() => addressIn(description(PLAIN), wsdl)).toThrow('without encryption');
	});

	test('is called when the credential allows it, but no other host', async () => {
		const destination = await destinationOf('login', allowed, closed);
		expect(destination.url).toBe(PLAIN);
		checkTarget(PLAIN, allowed);
		expect(() => checkTarget('http://elsewhere.example/', allowed)).toThrow('does not belong');
		const wsdl = addressesOf({ wsdlUrl: 'http://service.example/wsdl', allowUnencrypted: true });
		expect(addressIn(description(PLAIN), wsdl)).toBe(PLAIN);
	});

	test.each([undefined, null, '', 'true', 1, {}])('%j does not allow it', (allowUnencrypted) => {
		expect(addressesOf({ allowUnencrypted }).allowUnencrypted).toBe(false);
	});
});
