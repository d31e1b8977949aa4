// The unit tests alone, as Stryker runs them against each mutant.
const path = require('node:path');

const { projects, testTimeout } = require('../../jest.config');

/** @type {import('jest').Config} */
module.exports = {
	...projects.find(({ displayName }) => displayName === 'unit'),
	rootDir: path.join(__dirname, '../..'),
	testTimeout,
	// Each mutant is tried by the tests that are written for it: the drawn cases would take hours.
	testMatch: [
		'<rootDir>/test/unit/{api,credentials,delivery,events,failures,n8n,notifications,resources}/**/*.test.ts',
	],
};
