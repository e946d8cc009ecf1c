/**
 * Runs before the tests of each change. Properties try the same values every time, and no more than
 * are needed, so that the score does not depend on luck and is there within the hour. A change is
 * noticed at the first failure, without a search for the smallest one.
 */
const fc = require('fast-check');

const MOST_RUNS = 30;

fc.configureGlobal({ seed: 20260101, endOnFailure: true });

const { assert } = fc;
const fewer = (property, { numRuns = MOST_RUNS, ...more } = {}) =>
	assert(property, { numRuns: Math.min(numRuns, MOST_RUNS), ...more });
fc.assert = fewer;
fc.default = { ...fc.default, assert: fewer };
