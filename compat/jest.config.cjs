const { transform, moduleFileExtensions } = require('../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/tests'],
	testMatch: ['**/*.test.cts'],
	transform,
	moduleFileExtensions,
	testTimeout: 60_000,
	maxWorkers: 2,
};
