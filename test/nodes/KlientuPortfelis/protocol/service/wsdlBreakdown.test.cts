import fc from 'fast-check';

import { readWsdl } from '../../../../../nodes/KlientuPortfelis/protocol/service/wsdl';
import { Fault } from '../../../../../nodes/shared/fault';
import { makeWsdl } from '../../../../../dev/simulators/klientuPortfelis/wsdl.cts';

const WSDL = makeWsdl('https://service.example/api/wsdl?ws=1');

/** As PHP 8.2 and the framework write them. */
const PAGES = [
	'<br />\n<b>Warning</b>:  file_get_contents(/srv/settings.ini): Failed to open stream in <b>/srv/Api.php</b> on line <b>68</b><br />\n',
	'\nWarning: Undefined variable $cache in /srv/Api.php on line 12\n',
	'PHP Fatal error: Allowed memory size of 134217728 bytes exhausted in /srv/Api.php on line 12',
	'<br />\n<b>Fatal error</b>:  Uncaught Exception: no\n#0 {main}\n  thrown in <b>/srv/Api.php</b> on line <b>3</b><br />\n',
	'<h1>CException</h1>\n<p>Property &quot;Api.cache&quot; is not defined.</p>',
	'<h1>app\\models\\DbException</h1>\n',
	'<h1>PHP Error [8]</h1>\n<p>Undefined index: cache</p>',
];

async function faultOf(body: string): Promise<Fault> {
	const fault: unknown = await readWsdl({ status: 200, body }).catch((error: unknown) => error);
	if (!(fault instanceof Fault)) throw new Error('The WSDL was read');
	return fault;
}

describe('a page that PHP or the framework writes when a program breaks down', () => {
	test.each(PAGES)('is told from everything else: %j', async (page) => {
		const fault = await faultOf(page);
		expect(fault.message).toBe('The service crashed while it created its WSDL');
		expect(fault.details).toEqual({ status: 200, transient: true });
		expect(fault.description).not.toMatch(/WSDL URL|proxy/);
	});

	test('is one whatever follows it, a whole WSDL or a piece of it', async () => {
		const wsdl = fc.nat(WSDL.length).map((length) => WSDL.slice(0, length));
		const rest = fc.oneof(fc.string({ unit: 'binary' }), wsdl, fc.constant(WSDL));
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom('', ' ', '\n', '\ufeff'),
				fc.constantFrom(...PAGES),
				rest,
				async (before, page, after) => {
					const { details } = await faultOf(before + page + after);
					expect(details.transient).toBe(true);
				},
			),
			{ numRuns: 50 },
		);
	});
});
