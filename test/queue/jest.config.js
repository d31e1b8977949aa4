// The tests of queue mode: n8n's main process, Redis and PostgreSQL, started once for all test files.
// A worker takes whatever it finds in the queue, so one test file runs at a time, as in the end-to-end tests.
/** @type {import('jest').Config} */
module.exports = {
	...require('../e2e/jest.config'),
	displayName: 'queue',
	testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
	globalSetup: '<rootDir>/test/queue/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/queue/support/globalTeardown.ts',
	// A slow machine may be busy with other work.
	testTimeout: 180_000,
};
