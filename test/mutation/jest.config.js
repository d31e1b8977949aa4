// The unit tests that Stryker runs against each mutant: those of the folder that is mutated. All others would take
// hours, for they wait, in real time, for other things.
const path = require('node:path');

const { projects } = require('../../jest.config');

const folder = process.env.MUTATE ?? 'delivery';

/** @type {import('jest').Config} */
module.exports = {
	...projects.find(({ displayName }) => displayName === 'unit'),
	rootDir: path.join(__dirname, '../..'),
	// A mutant that is waited for in vain is noticed.
	testTimeout: 10_000,
	testSequencer: '<rootDir>/test/mutation/coveringFiles.js',
	testMatch: [`<rootDir>/test/unit/${folder}/**/*.test.ts`],
	// Drawn cases, and processes of their own: seconds each, for what the others notice as well.
	testPathIgnorePatterns: ['\\.(random|process)\\.test\\.ts$'],
};
