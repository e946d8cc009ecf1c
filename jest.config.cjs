/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.cts'],
	// On two cores, jest would otherwise leave one unused.
	maxWorkers: '100%',
	// A busy machine takes several times as long as a quiet one.
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
};
