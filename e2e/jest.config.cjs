const { transform, moduleFileExtensions } = require('../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/tests'],
	testMatch: ['**/*.test.cts'],
	transform,
	moduleFileExtensions,
	// Several n8n at once on two cores would only wait for each other.
	maxWorkers: 1,
	testTimeout: 180_000,
};
