/**
 * Runs no further test on a change that one test has noticed. Jest itself cannot stop there when it is
 * run by another program (https://github.com/jestjs/jest/issues/11766), and running all the others
 * would take several times as long.
 */
const { TestEnvironment } = require('jest-environment-node');

let change;
let isNoticed = false;

module.exports = class extends TestEnvironment {
	handleTestEvent = (event) => {
		const current = process.env.__STRYKER_ACTIVE_MUTANT__;
		if (current !== change) [change, isNoticed] = [current, false];
		if (event.name === 'test_start' && isNoticed) event.test.mode = 'skip';
		if (event.name === 'test_fn_failure' || event.name === 'hook_failure') {
			isNoticed = current !== undefined;
		}
	};
};
