/** Runs quick tests first, as most changes are noticed by several. */
const { default: Sequencer } = require('@jest/test-sequencer');

module.exports = class extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((a, b) => (a.duration ?? 0) - (b.duration ?? 0));
	}

	/** Keeps the times of the first run alone, in which nothing is changed and no test is skipped. */
	cacheResults(tests, results) {
		if (process.env.__STRYKER_ACTIVE_MUTANT__ === undefined) super.cacheResults(tests, results);
	}
};
