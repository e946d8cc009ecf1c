import { readWsdl } from '../../../../../nodes/KlientuPortfelis/protocol/service/wsdl';

describe('a WSDL with an HTTP status other than 200', () => {
	// A server that cannot give the WSDL now is no reason to doubt the URL first.
	test.each([
		[500, /^Try again later\./],
		[503, /^Try again later\./],
		[404, /^Check 'WSDL URL' in the credential\. Lursoft/],
		[301, /^Check 'WSDL URL' in the credential\..* It redirects to https:\/\/x\.example\/wsdl/],
	])('%d says what to do', async (status, description) => {
		const answer = { status, body: '<html></html>', location: 'https://x.example/wsdl' };
		await expect(readWsdl(answer)).rejects.toMatchObject({
			message: `The WSDL could not be read (HTTP status ${status})`,
			description: expect.stringMatching(description),
		});
	});
});
