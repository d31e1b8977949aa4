// Four projects: `unit` (plain functions, measured by coverage), `engine` (the built package in n8n's
// engine), `contract` (the simulator judged by real clients), `package` (the packed tarball).
const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	// Only TypeScript is compiled: dist/ and n8n run exactly as they are.
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
	modulePathIgnorePatterns: ['<rootDir>/dev/playground/', '<rootDir>/.tmp/'],
	setupFilesAfterEnv: ['<rootDir>/test/support/asyncStorages.ts'],
	restoreMocks: true,
};

function project(name, options = {}) {
	return {
		...shared,
		displayName: name,
		testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
		...options,
	};
}

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		project('unit'),
		project('engine', {
			globalSetup: '<rootDir>/test/engine/support/globalSetup.ts',
			globalTeardown: '<rootDir>/test/engine/support/globalTeardown.ts',
		}),
		project('contract'),
		project('package'),
	],
	// Bounds a hanging test; the engine and package projects raise it where they need more.
	testTimeout: 20_000,
	maxWorkers: '100%',
	// n8n's engine leaves modules behind in a worker with each file.
	workerIdleMemoryLimit: '1GB',
	// Unit tests alone count: the engine project runs dist/, which is not measured.
	collectCoverageFrom: ['{nodes,credentials}/**/*.ts'],
	coverageReporters: ['text', 'lcov'],
	coverageThreshold: {
		global: { branches: 95, functions: 95, lines: 95, statements: 95 },
	},
};
