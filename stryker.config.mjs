// Mutation tests: the code is changed in small ways, and the unit tests have to notice each change. Two parts,
// chosen by `MUTATE`: `core` sends messages, decides about retries and hears events; `panel` reads what people
// set and writes what they see.
const PARTS = {
	core: { folders: 'delivery,api,notifications,events', break: 95 },
	panel: { folders: 'n8n,resources', break: 90 },
};
const part = PARTS[process.env.MUTATE ?? 'core'];
if (!part) throw new Error(`MUTATE must be one of: ${Object.keys(PARTS).join(', ')}.`);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: [`nodes/GenesysCloud/{${part.folders}}/**/*.ts`],
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	// A mutant that never ends is killed after this many times the tests' usual time.
	timeoutFactor: 3,
	timeoutMS: 10_000,
	// The first run of all tests, without a change; a busy machine takes its time.
	dryRunTimeoutMinutes: 30,
	ignoreStatic: true,
	reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
	clearTextReporter: { logTests: false },
	htmlReporter: { fileName: 'reports/mutation/index.html' },
	jsonReporter: { fileName: 'reports/mutation/mutation.json' },
	thresholds: { high: part.break, low: part.break - 3, break: part.break },
	tempDirName: '.tmp/stryker',
};
