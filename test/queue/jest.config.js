// The tests of queue mode: n8n's main process, Redis and PostgreSQL, started once for all test files.
const path = require('node:path');

/** @type {import('jest').Config} */
module.exports = {
	displayName: 'queue',
	rootDir: path.join(__dirname, '../..'),
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
	globalSetup: '<rootDir>/test/queue/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/queue/support/globalTeardown.ts',
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	// Other package.json files would make Jest's file map ambiguous.
	modulePathIgnorePatterns: [
		'<rootDir>/playground/node_modules/',
		'<rootDir>/playground/.data/',
		'<rootDir>/bench/node_modules/',
		'<rootDir>/.tmp/',
	],
	// All tests share one queue: a worker takes whatever it finds there.
	maxWorkers: 1,
	// A slow machine may be busy with other work.
	testTimeout: 180_000,
};
