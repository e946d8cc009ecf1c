const everything = require('./jest.config.cjs');

/**
 * What `npm test` runs: all that a change in nodes/ and credentials/ usually breaks. The rest takes
 * longer than the whole of this, and runs with everything in `npm run test:all`.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...everything,
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/audit/',
		'<rootDir>/test/faults/',
		'<rootDir>/test/hostile/',
		'<rootDir>/test/soak/',
		'<rootDir>/test/licences.test.cts',
		'<rootDir>/test/reproducible.test.cts',
	],
};
