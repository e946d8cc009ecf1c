import {
	addressesOf,
	addressIn,
	destinationOf,
	loadWsdl,
	ownAddress,
} from '../../../../../nodes/KlientuPortfelis/protocol/service/destination';
import { wsdls } from '../../../../../nodes/KlientuPortfelis/protocol/memory';
import type { Transport } from '../../../../../nodes/KlientuPortfelis/protocol/transport';
import { buildEnvelope } from '../../../../../nodes/KlientuPortfelis/protocol/request/envelope';
import { once } from '../../../../../nodes/shared/retry';
import { checkTarget } from '../../../../../nodes/shared/urls';
import { attributeNamed, parseXml } from '../../../../../nodes/shared/xml';

const PLAIN = 'http://service.example/api';

const closed: Transport = {
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
		const message = "'Endpoint' is an address without encryption";
		await expect(destinationOf('login', careful, closed)).rejects.toThrow(message);
		expect(() => checkTarget(PLAIN, ownAddress(careful), false)).toThrow(
			'cannot be used for this address',
		);
		const wsdl = addressesOf({ wsdlUrl: 'http://service.example/wsdl' });
		expect(() => addressIn(description(PLAIN), wsdl)).toThrow('without encryption');
	});

	test('is called when the credential allows it, but no other host', async () => {
		const destination = await destinationOf('login', allowed, closed);
		expect(destination.url).toBe(PLAIN);
		checkTarget(PLAIN, ownAddress(allowed), true);
		expect(() => checkTarget('http://elsewhere.example/', ownAddress(allowed), true)).toThrow(
			'cannot be used',
		);
		const wsdl = addressesOf({ wsdlUrl: 'http://service.example/wsdl', allowUnencrypted: true });
		expect(addressIn(description(PLAIN), wsdl)).toBe(PLAIN);
	});

	test.each([undefined, null, '', 'true', 1, {}])('%j does not allow it', (allowUnencrypted) => {
		expect(addressesOf({ allowUnencrypted }).allowUnencrypted).toBe(false);
	});
});

describe('a WSDL that names what a header or an envelope cannot carry', () => {
	const wsdlUrl = 'https://service.example/wsdl';
	const wsdl = (soapAction: string, namespace: string) =>
		`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"><binding name="b"><operation name="login"><s:operation soapAction="${soapAction}"/><input><s:body namespace="${namespace}"/></input></operation></binding><service><port binding="b"><s:address location="https://service.example/api"/></port></service></definitions>`;

	beforeEach(() => wsdls.clear());

	const destination = async (soapAction: string, namespace: string) =>
		await destinationOf('login', addressesOf({ wsdlUrl }), {
			...closed,
			fetch: async () => await Promise.resolve({ status: 200, body: wsdl(soapAction, namespace) }),
		});

	test.each([
		['a line break', 'a&#13;&#10;X-Evil: 1', 'urn:a'],
		['a line feed', 'a&#10;X-Evil: 1', 'urn:a'],
		['a quote', 'a&quot;; X-Evil=&quot;', 'urn:a'],
		['a letter beyond ASCII', 'darbība', 'urn:a'],
		['a control character', 'a', 'urn:\u0001'],
	])('with %s in it is refused', async (_name, soapAction, namespace) => {
		await expect(destination(soapAction, namespace)).rejects.toMatchObject({
			kind: 'answer',
			message: expect.stringContaining('that cannot be sent'),
		});
	});

	test('is one that a namespace of blanks or quotes does not break', async () => {
		const { namespace } = await destination('a', ' &quot;&lt;&amp;&#10;');
		const envelope = buildEnvelope('logout', { sid: 's' }, 'c2ln', namespace);
		const root = await parseXml(envelope);
		expect(attributeNamed(root, 'xmlns:ns1')).toBe(' "<&\n');
	});
});

describe('the WSDL', () => {
	const wsdlUrl = 'https://service.example/wsdl';
	const wsdlAt = (address: string) =>
		`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"><service><port><s:address location="${address}"/></port></service></definitions>`;

	beforeEach(() => wsdls.clear());

	/** Gives these documents, one after the other; the last one again and again. */
	function serving(...bodies: string[]) {
		const asked: string[] = [];
		const fetch = async (url: string) => {
			asked.push(url);
			const body = bodies[Math.min(asked.length, bodies.length) - 1] ?? '';
			return await Promise.resolve({ status: 200, body });
		};
		return { asked, transport: { ...closed, fetch } };
	}
	const urlOf = async (transport: Transport) =>
		(await destinationOf('logout', addressesOf({ wsdlUrl }), transport)).url;

	test('is read once for all calls, and gives what a call needs', async () => {
		const { asked, transport } = serving(wsdlAt('https://service.example/api'));
		const destinations = await Promise.all([
			destinationOf('logout', addressesOf({ wsdlUrl: ` ${wsdlUrl} ` }), transport),
			destinationOf('login', addressesOf({ wsdlUrl }), transport),
		]);
		expect(destinations.map(({ soapAction }) => soapAction)).toEqual([
			'urn:ApiControllerwsdl#logout',
			'urn:ApiControllerwsdl#login',
		]);
		expect(destinations[0]).toMatchObject({
			url: 'https://service.example/api',
			namespace: 'urn:ApiControllerwsdl',
		});
		expect(asked).toEqual([wsdlUrl]);
	});

	test('is read again when it could not be read', async () => {
		const { asked, transport } = serving('<html/>', wsdlAt('https://service.example/api'));
		await expect(urlOf(transport)).rejects.toThrow('There is no WSDL');
		expect(await urlOf(transport)).toBe('https://service.example/api');
		expect(asked).toHaveLength(2);
	});

	test('is replaced when it is loaded again, unless that fails', async () => {
		const first = serving(wsdlAt('https://service.example/old'));
		expect(await urlOf(first.transport)).toBe('https://service.example/old');
		await loadWsdl(wsdlUrl, serving(wsdlAt('https://service.example/new')).transport);
		expect(await urlOf(first.transport)).toBe('https://service.example/new');
		await expect(loadWsdl(wsdlUrl, serving('').transport)).rejects.toThrow('ends too early');
		expect(await urlOf(first.transport)).toBe('https://service.example/new');
		expect(first.asked).toHaveLength(1);
	});

	test.each([
		['/api', 'The WSDL contains an invalid address: /api'],
		['https://elsewhere.example/api', 'to another host: elsewhere.example'],
	])('with the address %s is refused', async (address, message) => {
		await expect(urlOf(serving(wsdlAt(address)).transport)).rejects.toMatchObject({
			kind: 'answer',
			message: expect.stringContaining(message),
		});
	});

	test('is not asked for with an Endpoint, nor without a URL', async () => {
		const endpoint = addressesOf({ wsdlUrl, endpoint: ' https://other.example/api ' });
		expect(await destinationOf('login', endpoint, closed)).toEqual({
			url: 'https://other.example/api',
			soapAction: 'urn:ApiControllerwsdl#login',
			namespace: 'urn:ApiControllerwsdl',
		});
		expect(ownAddress(endpoint)).toBe('https://other.example/api');
		expect(ownAddress(addressesOf({ wsdlUrl }))).toBe(wsdlUrl);
		const none = destinationOf('login', addressesOf({}), closed);
		await expect(none).rejects.toThrow("'WSDL URL' is empty");
	});
});
