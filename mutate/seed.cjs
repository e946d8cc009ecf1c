/**
 * Runs before the tests of each change. Properties try the same values every time, so that the score
 * does not depend on luck, in some groups fewer than usual (groups.cts, runs). A change is noticed at
 * the first failure, without a search for the smallest one.
 */
const fc = require('fast-check');

fc.configureGlobal({ seed: 20260101, endOnFailure: true });

const { mostRuns } = globalThis;
if (mostRuns !== undefined) {
	const { assert } = fc;
	const fewer = (property, { numRuns = mostRuns, ...more } = {}) =>
		assert(property, { numRuns: Math.min(numRuns, mostRuns), ...more });
	fc.assert = fewer;
	fc.default = { ...fc.default, assert: fewer };
}
