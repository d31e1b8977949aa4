// Jest runs each test file in a realm of its own, where Error and setTimeout are others than Node's: a library that
// was loaded once would not fit there. Here all test files of a process share Node's realm, and their libraries.
const vm = require('node:vm');

const { TestEnvironment } = require('jest-environment-node');

/** Stands for Node's own realm where Jest asks for a context. */
const HERE = {};

const { compileFunction } = vm;
vm.compileFunction = (code, names, { parsingContext, ...options }) =>
	compileFunction(code, names, {
		...options,
		...(parsingContext !== HERE && { parsingContext }),
	});

/** Node's own, for what `loadedOnce.js` makes of a library. */
globalThis.requireOnce = require;

module.exports = class OneRealm extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.namesBefore = new Set(Reflect.ownKeys(globalThis));
		this.global = globalThis;
		this.context = HERE;
		const { constructor: FakeTimers } = this.fakeTimersModern;
		this.fakeTimersModern = new FakeTimers({ config: config.projectConfig, global: globalThis });
	}

	/** What a test file leaves behind, and Jest for it, would make each next one slower. */
	async teardown() {
		await super.teardown();
		for (const name of Reflect.ownKeys(globalThis)) {
			if (!this.namesBefore.has(name)) Reflect.deleteProperty(globalThis, name);
		}
	}
};
