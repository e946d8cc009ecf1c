import { serviceFault } from '../../../../../nodes/KlientuPortfelis/protocol/answer/codes';

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', '9999', ''])(
	'the code %j, which the specification does not know, is explained as such',
	(code) => {
		const reply = { success: false, code, message: 'Nav', status: 400, fields: {} };
		expect(serviceFault(reply)).toMatchObject({
			kind: 'service',
			message: 'The service refused the call',
			description: `See the service's answer. The service answered: "Nav" (code ${code})`,
		});
	},
);
