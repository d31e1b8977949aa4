// `node dev/run.mjs <task> [arguments]`: what stands behind each script of package.json. A task says what it
// runs, and whether it needs dist/. It must work on a fresh clone: nothing but Node and npm may be used here.
import { run } from './scripts/command.mjs';
import { ensureInstalled } from './scripts/ensureInstalled.mjs';

const jest = (...args) => ['jest', ...args];
const tsx = (...args) => ['node', '--import', 'tsx', ...args];
// The list of projects ends at the next option: else it takes the name of a file that a person adds.
const jestProject = (name) => jest(`--selectProjects=${name}`, '--ci');

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
	'test:soak': { built: true, run: tsx('test/soak/main.ts') },
	'test:questions': { built: true, run: tsx('test/soak/openQuestions.ts') },
	bench: { built: true, run: tsx('dev/bench/main.ts') },
	'bench:profile': { built: true, run: tsx('dev/bench/profile.ts') },
	'check:org': { run: tsx('dev/scripts/checkOrganization/main.ts') },
	freeze: { built: true, run: tsx('dev/scripts/freezeNames.ts') },
	'publish:try': { built: true, run: ['npm', 'publish', '--dry-run'] },
	previews: { built: true, run: tsx('dev/scripts/writePreviews.ts') },
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

await ensureInstalled();
for (const command of task.before ?? []) await run(command, env);
if (task.built) await run(['gulp', '-L', 'build'], env);
await run([...task.run, ...args], env);
