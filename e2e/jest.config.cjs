const { transform, moduleFileExtensions } = require('../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/tests'],
	testMatch: ['**/*.test.cts'],
	transform,
	moduleFileExtensions,
	// A browser test often waits for a moment, so two at a time take less time, also on two cores.
	maxWorkers: 2,
	testTimeout: 300_000,
};
