import fc from 'fast-check';

import { isBreakdown } from '../../../../../nodes/KlientuPortfelis/protocol/answer/breakdown';
import { readReply } from '../../../../../nodes/KlientuPortfelis/protocol/answer/reply';
import { readWsdl } from '../../../../../nodes/KlientuPortfelis/protocol/service/wsdl';
import { escapeText } from '../../../../../nodes/shared/xml';

const envelope = (message: string) =>
	`<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><r:get_listsResponse xmlns:r="u"><return><success>true</success><message>${escapeText(message)}</message></return></r:get_listsResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

/** A page of the Yii framework, as its documentation describes it. */
const page = (title: string, text = '') =>
	`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title></head>\n<body><h1>${title}</h1><p>${text}</p></body></html>`;

const notice = (kind: string) =>
	`<br />\n<b>${kind}</b>:  Undefined index: a in <b>/srv/Controller.php</b> on line <b>12</b><br />\n`;

const BREAKDOWNS = {
	'an exception by its name': '<h1>CException</h1>\n<p>Property is not defined.</p>',
	'a page of an exception': page('CDbException', 'CDbCommand failed'),
	'a page of a PHP error': page('PHP warning', 'fopen(x)'),
	'a page without details': page('Error 500'),
	'the page of an internal error': page('Internal Server Error', 'Contact the webmaster.'),
	'an exception in a namespace': '<h1>app\\models\\SaveException</h1>',
	'a type error': '<title>TypeError</title>',
	'a warning': notice('Warning'),
	'a fatal error': notice('Fatal error'),
	'a deprecation': notice('Deprecated'),
	'a notice before an envelope': `${notice('Notice')}<?xml version="1.0"?>\n${envelope('')}`,
	'a notice without HTML before an envelope': `\nNotice: Undefined index: a in /srv/a.php on line 3\n${envelope('')}`,
	'a fatal error without HTML':
		'PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted in /srv/a.php on line 3',
	'an uncaught exception': "Fatal error: Uncaught exception 'CException' with message 'a'",
	'an uncaught error of today': 'PHP Error: Uncaught TypeError: f(): Argument #1',
	'a trace': 'Kļūda\n#0 /srv/a.php(12): f()\n#1 {main}',
	'an exception of the command line': "exception 'CDbException' with message 'a' in /srv/a.php:3",
	xdebug: "<br /><font size='1'><table class='xdebug-error xe-warning'><tr><th>a</th></tr></table>",
	'a warning behind an envelope': envelope('') + notice('Warning'),
	'an envelope that a fatal error ends': `${envelope('').slice(0, 200)}${notice('Fatal error')}`,
};

test.each(Object.entries(BREAKDOWNS))('%s is a breakdown of the service', async (_name, body) => {
	for (const status of [200, 500]) {
		await expect(readReply('get_lists', { status, body })).rejects.toMatchObject({
			kind: 'answer',
			message: 'The service crashed while it processed the request',
			description: expect.not.stringContaining('proxy'),
			details: { transient: true, status },
		});
	}
	await expect(readWsdl({ status: 200, body })).rejects.toMatchObject({
		message: 'The service crashed while it created its WSDL',
		details: { transient: true },
	});
});

test.each([
	page('502 Bad Gateway'),
	page('Access Denied', 'Warning: this address is blocked.'),
	page('Log in', 'An error? <b>Warning</b> of the firewall'),
	'<html><head><title>403 Forbidden</title></head><body>nginx</body></html>',
	page('Maintenance'),
])('another page stays one that may be of a proxy: %j', async (body) => {
	await expect(readReply('get_lists', { status: 200, body })).rejects.toMatchObject({
		message: 'A web page came back instead of a response from the service',
		description: expect.stringContaining('proxy'),
	});
});

test('what an answer says is no breakdown, whatever it is', async () => {
	const words = fc.constantFrom(...Object.values(BREAKDOWNS));
	await fc.assert(
		fc.asyncProperty(words, async (said) => {
			const body = `<?xml version="1.0"?>\n<!-- a -->\n${envelope(said)}`;
			const { success } = await readReply('get_lists', { status: 200, body });
			expect(success).toBe(true);
		}),
	);
});

test('megabytes are looked through in a moment', () => {
	const begun = performance.now();
	for (const text of ['<b>', '\n#1 /', '<h1>a', ' ', 'Uncaught ', "exception '"]) {
		isBreakdown(text.repeat(2_000_000 / text.length));
	}
	expect(performance.now() - begun).toBeLessThan(2000);
});
