// The unit tests that Stryker runs against each mutant: those of the folder that is mutated. All others would take
// hours, for they wait, in real time, for other things.
const path = require('node:path');

const { projects } = require('../../jest.config');

const folder = process.env.MUTATE ?? 'delivery';
const unit = projects.find(({ displayName }) => displayName === 'unit');
/** What takes longer to load than the tests take; nothing of it is mutated. */
const LIBRARIES = '(n8n-core|n8n-workflow|@n8n|fastify|@fastify|ws|fast-check)/';

/** @type {import('jest').Config} */
module.exports = {
	...unit,
	rootDir: path.join(__dirname, '../..'),
	testEnvironment: path.join(__dirname, 'oneRealm.js'),
	transform: {
		[`/node_modules/${LIBRARIES}`]: path.join(__dirname, 'loadedOnce.js'),
		...unit.transform,
	},
	transformIgnorePatterns: [`/node_modules/(?!${LIBRARIES})`],
	// A mutant that is waited for in vain is noticed.
	testTimeout: 8_000,
	testSequencer: '<rootDir>/test/mutation/coveringFiles.js',
	testMatch: [`<rootDir>/test/unit/${folder}/**/*.test.ts`],
	// Drawn cases, and processes of their own: seconds each, for what the others notice as well.
	testPathIgnorePatterns: ['\\.(random|process)\\.test\\.ts$'],
};
