// Stryker names the tests that cover a mutant; Jest finds them by loading every test file, seconds for each mutant.
// This order of test files leaves out those of which no test is named. Those that noticed the last mutants come
// first, then the quick ones: one failure ends the run.
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const { default: Sequencer } = require('@jest/test-sequencer');

const NAMES = path.join(__dirname, '../../.tmp/testNames.json');

/** In which run each test file noticed a mutant last; Stryker makes many runs in a process. */
const lastNoticed = new Map();
let runs = 0;

module.exports = class CoveringFiles extends Sequencer {
	constructor(options) {
		super(options);
		const { testNamePattern } = options.globalConfig;
		this.named = testNamePattern ? new RegExp(testNamePattern, 'i') : undefined;
	}

	sort(tests) {
		const covering = this.named && existsSync(NAMES) ? this.covering(tests) : tests;
		const turn = ({ path }) => lastNoticed.get(path) ?? 0;
		return covering.sort((a, b) => turn(b) - turn(a) || (this.time(a) ?? 0) - (this.time(b) ?? 0));
	}

	covering(tests) {
		/** @type {Record<string, string[]>} */
		const namesOf = JSON.parse(readFileSync(NAMES, 'utf8'));
		return tests.filter(({ path }) => namesOf[path]?.some((name) => this.named.test(name)));
	}

	/** The first run, without a change, tells which test is in which file. */
	cacheResults(tests, results) {
		runs++;
		for (const { testFilePath, numFailingTests } of results.testResults) {
			if (numFailingTests > 0) lastNoticed.set(testFilePath, runs);
		}
		if (this.named) return;
		super.cacheResults(tests, results);
		const files = results.testResults.map((file) => [
			file.testFilePath,
			file.testResults.map((test) => test.fullName),
		]);
		mkdirSync(path.dirname(NAMES), { recursive: true });
		writeFileSync(NAMES, JSON.stringify(Object.fromEntries(files)));
	}
};
