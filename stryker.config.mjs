// Mutation tests: the code of one folder is changed in small ways, and the unit tests of that folder have to
// notice each change. `MUTATE` chooses the folder.
const FOLDERS = { delivery: 95, api: 95, notifications: 95, events: 95, n8n: 90, resources: 90 };
const folder = process.env.MUTATE ?? 'delivery';
const score = FOLDERS[folder];
if (!score) throw new Error(`MUTATE must be one of: ${Object.keys(FOLDERS).join(', ')}.`);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	// What the panel shows is data: its names are frozen, and n8n's linter and the editor's tests read it.
	mutate: [`nodes/GenesysCloud/${folder}/**/*.ts`, '!**/fields.ts'],
	testRunner: 'jest',
	// Which tests cover a mutant, the order of the test files says: see coveringFiles.js.
	jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	// A mutant that never ends is killed after this many times the tests' usual time.
	timeoutFactor: 2,
	timeoutMS: 4_000,
	// A process that has made many runs is slower.
	maxTestRunnerReuse: 40,
	// The first run of all tests, without a change; a busy machine takes its time.
	dryRunTimeoutMinutes: 30,
	ignoreStatic: true,
	reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
	clearTextReporter: { logTests: false },
	htmlReporter: { fileName: 'reports/mutation/index.html' },
	jsonReporter: { fileName: 'reports/mutation/mutation.json' },
	thresholds: { high: score, low: score - 3, break: score },
	tempDirName: '.tmp/stryker',
};
