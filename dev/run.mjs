// `node dev/run.mjs <task> [arguments]`: what stands behind each script of package.json. A task says what it
// runs, and whether it needs dist/. It must work on a fresh clone: nothing but Node and npm may be used here.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { ensureInstalled } from './scripts/ensureInstalled.mjs';

const jest = (...args) => ['jest', ...args];
const tsx = (file) => ['tsx', file];
const jestProject = (name) => jest('--selectProjects', name);

const CHECK = [
	['eslint', '--max-warnings', '0', '.'],
	['depcruise', '--config', '.dependency-cruiser.cjs', 'nodes', 'credentials', 'dev'],
	['prettier', '--log-level', 'warn', '--check', '.'],
	['tsc', '--noEmit'],
];

/** `built`: needs dist/. `before`: commands that come first. `run`: gets the arguments. */
const TASKS = {
	start: { built: true, run: tsx('dev/demo/main.ts') },
	test: { before: CHECK, built: true, run: jest('--coverage') },
	lint: { before: CHECK.slice(0, 2), run: CHECK[2] },
	'test:unit': { run: jestProject('unit') },
	'test:engine': { built: true, run: jestProject('engine') },
	'test:contract': { run: jestProject('contract') },
	'test:package': { built: true, run: jestProject('package') },
	'test:e2e': { built: true, run: jest('--config', 'test/e2e/jest.config.js') },
	'test:compat': { built: true, run: ['node', 'test/e2e/compat.mjs'] },
	'test:queue': { built: true, run: jest('--config', 'test/queue/jest.config.js') },
	'test:faults': { built: true, run: tsx('test/faults/main.ts') },
	'test:fuzz': { built: true, env: { FUZZ: '20' }, run: jest('properties', 'engine/fuzz') },
	'test:mutation': { run: ['stryker', 'run'] },
	'test:soak': {
		built: true,
		run: ['node', '--expose-gc', '--import', 'tsx', 'test/soak/main.ts'],
	},
	bench: { built: true, run: tsx('dev/bench/main.ts') },
	'bench:profile': { built: true, run: tsx('dev/bench/profile.ts') },
	freeze: { built: true, run: tsx('dev/scripts/freezeNames.ts') },
	n8n: { built: true, run: tsx('dev/playground/main.ts') },
	simulator: { run: tsx('dev/simulator/cli/main.ts') },
	screenshots: { built: true, run: tsx('dev/scripts/screenshots.ts') },
	'screenshots:widget': { run: tsx('dev/scripts/widgetScreenshot.ts') },
};

const [name = '', ...args] = process.argv.slice(2);
const task = TASKS[name];
if (!task) {
	console.error(`There is no task "${name}". Tasks: ${Object.keys(TASKS).join(', ')}.`);
	process.exit(1);
}
const env = { ...task.env, ...process.env };
const root = fileURLToPath(new URL('../', import.meta.url));

/** Runs a command of node_modules/.bin; ends with its exit code if it fails. */
function run([command, ...commandArgs]) {
	const [file, before] = command === 'node' ? [process.execPath, []] : ['npx', ['--no', command]];
	const { status, error } = spawnSync(file, [...before, ...commandArgs], {
		cwd: root,
		env,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (error) console.error(error.message);
	if (status !== 0) process.exit(status ?? 1);
}

ensureInstalled();
for (const command of task.before ?? []) run(command);
if (task.built) run(['gulp', '-L', 'build']);
run([...task.run, ...args]);
