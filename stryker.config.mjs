// Mutation tests: what sends messages and decides about retries is changed in small ways, and the unit
// tests have to notice each change.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: ['nodes/GenesysCloud/{api,delivery}/**/*.ts'],
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	// A mutant that never ends is killed after this many times the tests' usual time.
	timeoutFactor: 3,
	timeoutMS: 10_000,
	ignoreStatic: true,
	reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
	clearTextReporter: { logTests: false },
	htmlReporter: { fileName: 'reports/mutation/index.html' },
	jsonReporter: { fileName: 'reports/mutation/mutation.json' },
	thresholds: { high: 95, low: 92, break: 90 },
	tempDirName: '.tmp/stryker',
};
