// `npm run test:compat`: the end-to-end tests on older versions of n8n, one after the other.
// `npm run test:compat -- 2.20` runs one of them.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const versions = new URL('dev/playground/versions/', root);
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');

const NOT_FOR_OLDER = [
	// These examples use what Data Tables learned only later: to create themselves.
	'captureContactIds',
	'captureMessenger',
	'campaign',
	'askAndWait',
	'wholeCircle',
	'fallbackByReason',
	'undeliveredToSms',
	'replyWithAi',
	'aiAgentTool',
	// Five minutes long.
	'trigger/outage',
	// The editor's own elements differ from version to version.
	'e2e/editor/',
	// Agents of version 3 do not exist there.
	'agentTool',
];

const wanted = process.argv.slice(2);
const failed = [];
for (const version of wanted.length > 0 ? wanted : readdirSync(versions).sort()) {
	console.log(`--- n8n ${version}`);
	const { status } = spawnSync(
		process.execPath,
		[jest, '--config', 'test/e2e/jest.config.js', '--testPathIgnorePatterns', ...NOT_FOR_OLDER],
		{
			cwd: fileURLToPath(root),
			env: {
				...process.env,
				GENESYS_CLOUD_N8N_FOLDER: fileURLToPath(new URL(version, versions)),
			},
			stdio: 'inherit',
		},
	);
	if (status !== 0) failed.push(version);
}
if (failed.length > 0) {
	console.error(`Failed on n8n ${failed.join(' and ')}.`);
	process.exitCode = 1;
}
