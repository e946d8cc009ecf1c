/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.cts'],
	// On two cores, jest would otherwise leave one unused.
	maxWorkers: '100%',
	// Properties take seconds when the machine does other work as well. What hangs is still noticed.
	testTimeout: 30_000,
	transform: {
		'\\.(ts|cts)$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	// With --coverage, as in `npm run test:all`. What runs from dist/ does not count: these are the
	// branches that tests of the sources themselves take.
	collectCoverageFrom: ['nodes/*/protocol/**/*.ts'],
	coverageReporters: [['text', { skipFull: true }], 'text-summary'],
	coverageThreshold: {
		'./nodes/KlientuPortfelis/protocol/': { branches: 95 },
		'./nodes/Rivile/protocol/': { branches: 95 },
	},
};
