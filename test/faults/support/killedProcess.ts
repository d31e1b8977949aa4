import { customers } from '../../engine/support/workflows';
import type { Mission } from './killed';
import { LoggedKeys } from './loggedKeys';
import { engineFor, workflowOf } from './workflow';

/** Runs the campaign as an n8n process would, until it is killed. */
async function run({ kind, settings, ids, urls, client, keysFile }: Mission): Promise<void> {
	const engine = await engineFor({ urls, keys: new LoggedKeys(keysFile) }, client);
	await engine.run(workflowOf(kind, settings), { input: customers(...ids) });
	process.disconnect();
}

process.once('message', (mission: Mission) => void run(mission));
