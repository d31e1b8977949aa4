import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Call } from '../support/callsInProcess';
import { serve, type Loopback } from '../support/loopback';

const SCRIPT = join(__dirname, '../support/callsInProcess.ts');
/** Enough to start n8n's helper with, few enough to use up at once. */
const FILES = 256;

/** What became of calls in a process with this environment: a status, or the failure. */
async function inProcess(calls: readonly Call[], environment: NodeJS.ProcessEnv = {}) {
	const node = [process.execPath, '--import', 'tsx', SCRIPT, JSON.stringify(calls)];
	const limited = ['-c', `ulimit -n ${FILES}; exec "$@"`, 'sh', ...node];
	const env = { ...process.env, ...environment };
	const { stdout } = await promisify(execFile)('/bin/sh', limited, { env });
	return JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as unknown[];
}

// Each starts a process with n8n's helper in it.
jest.setTimeout(60_000);

describe('calls in a process of their own', () => {
	const seen: string[] = [];
	let server: Loopback;
	let proxy: Loopback;

	beforeAll(async () => {
		server = await serve((_request, response) => {
			seen.push('server');
			response.end('{}');
		});
		proxy = await serve((request, response) => {
			seen.push(`proxy: ${request.headers.authorization}`);
			response.end('{}');
		});
	});

	afterAll(async () => {
		await Promise.all([server.close(), proxy.close()]);
	});

	beforeEach(() => seen.splice(0));

	it('of this machine never reach the proxy of the environment', async () => {
		const variables = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
		const environment = Object.fromEntries(variables.map((name) => [name, proxy.url]));
		const paths = ['/oauth/token', '/api/v2/tokens/me'];
		const calls = paths.map((path): Call => ({ url: server.url + path, over: 'run' }));
		// The last one shows that the proxy is real.
		calls.push({ url: server.url, over: 'helper' });
		expect(await inProcess(calls, { ...environment, NO_PROXY: '', no_proxy: '' })).toEqual([
			200, 200, 200,
		]);
		expect(seen).toEqual(['server', 'server', 'proxy: Basic c2VjcmV0']);
	});

	it('send nothing when the process has no file handle left', async () => {
		const calls = (['helper', 'fetch'] as const).flatMap((over): Call[] => [
			{ url: server.url, over, outOfFiles: true },
			{ url: server.url.replace('http:', 'https:'), over },
		]);
		const nothingSent = {
			reason: 'network',
			kind: 'neverConnected',
			code: 'EMFILE',
			delivered: 'no',
			transient: true,
		};
		expect(await inProcess(calls)).toEqual(calls.map(() => nothingSent));
		expect(seen).toEqual([]);
	});
});
