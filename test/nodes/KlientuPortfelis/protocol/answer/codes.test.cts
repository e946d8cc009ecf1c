import { serviceFault } from '../../../../../nodes/KlientuPortfelis/protocol/answer/codes';

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', '9999', ''])(
	'the code %j, which the specification does not know, is explained as such',
	(code) => {
		const reply = { success: false, code, message: 'Nav', status: 400, fields: {} };
		expect(serviceFault(reply)).toMatchObject({
			kind: 'service',
			message: 'The service refused the request',
			description: `See the service's message. The service responded: "Nav" (code ${code})`,
		});
	},
);
