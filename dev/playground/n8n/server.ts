import { n8nEnvironment, type N8nSettings } from './environment';
import type { Installation } from './installation';
import { startProcess, type N8nProcess } from './n8nProcess';
import { runQuietly } from './runQuietly';

/** A running n8n. */
export interface N8nServer extends N8nProcess {
	readonly url: string;
}

const CLI_TIMEOUT_MS = 180_000;
/** n8n's own default. */
const DEFAULT_CONCURRENCY = 10;

/**
 * Starts n8n, in queue mode its main process, and waits until it takes requests.
 *
 * @param installation the n8n
 * @param settings where it lives and listens
 * @param logFile gets what n8n prints
 * @returns the running n8n
 * @throws UserError with the end of the log when it does not start
 */
export async function startN8n(
	installation: Installation,
	settings: N8nSettings,
	logFile: string,
): Promise<N8nServer> {
	const url = `http://127.0.0.1:${settings.port}`;
	const isReady = async () =>
		// The health check answers before the editor's own API does.
		(await statusOf(`${url}/healthz/readiness`)) === 200 &&
		![undefined, 404].includes(await statusOf(`${url}/rest/login`));
	const command = ['start'];
	const running = await startProcess({ installation, settings, logFile, command, isReady });
	return { ...running, url };
}

/**
 * Starts a worker of queue mode and waits until it takes jobs.
 *
 * @param installation the n8n
 * @param settings where it lives, and the port of its health check
 * @param logFile gets what the worker prints
 * @param concurrency how many executions it runs at once
 * @returns the running worker
 * @throws UserError with the end of the log when it does not start
 */
export async function startWorker(
	installation: Installation,
	settings: N8nSettings,
	logFile: string,
	concurrency = DEFAULT_CONCURRENCY,
): Promise<N8nProcess> {
	const url = `http://127.0.0.1:${settings.port}/healthz/readiness`;
	const isReady = async () => (await statusOf(url)) === 200;
	const command = ['worker', `--concurrency=${concurrency}`];
	return await startProcess({ installation, settings, logFile, command, isReady });
}

/**
 * Runs a command of n8n's command line.
 *
 * @param installation the n8n
 * @param settings where it lives
 * @param args the command and its arguments
 */
export async function runN8nCommand(
	installation: Installation,
	settings: N8nSettings,
	args: readonly string[],
): Promise<void> {
	await runQuietly(installation.node, [installation.n8n, ...args], {
		cwd: settings.userFolder,
		env: n8nEnvironment(installation.folder, settings),
		timeoutMs: CLI_TIMEOUT_MS,
	});
}

async function statusOf(url: string): Promise<number | undefined> {
	try {
		return (await fetch(url)).status;
	} catch {
		return undefined;
	}
}
