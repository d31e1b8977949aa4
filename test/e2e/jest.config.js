// The end-to-end tests: a whole n8n, started once for all test files, with the packed node.
const path = require('node:path');

const [{ transform }] = require('../../jest.config').projects;

/** @type {import('jest').Config} */
module.exports = {
	displayName: 'e2e',
	rootDir: path.join(__dirname, '../..'),
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.ts',
	transform,
	// Other package.json files would make Jest's file map ambiguous.
	modulePathIgnorePatterns: [
		'<rootDir>/dev/playground/node_modules/',
		'<rootDir>/dev/playground/.data/',
		'<rootDir>/dev/bench/peer/node_modules/',
		'<rootDir>/.tmp/',
	],
	// All tests share one n8n: they must not compete for it.
	maxWorkers: 1,
	// A slow machine may be busy with other work.
	testTimeout: 60_000,
};
