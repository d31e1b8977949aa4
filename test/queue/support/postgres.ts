import { chown, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { freePorts } from '../../../dev/playground/n8n/ports';
import { runQuietly } from '../../../dev/playground/n8n/runQuietly';
import { findProgram } from './programs';
import { startService, type Account, type Service } from './service';

/** The user and the database that n8n gets. */
export const POSTGRES_USER = 'n8n';
export const POSTGRES_DATABASE = 'postgres';

const TIMEOUT_MS = 60_000;
/** Data of tests need not outlive a power cut. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts a PostgreSQL with an empty database.
 *
 * @param folder gets its data
 * @returns the running server
 * @throws UserError when it is not installed; Error with its log when it does not start
 */
export async function startPostgres(folder: string): Promise<Service> {
	const [initdb, postgres, pgIsReady] = ['initdb', 'postgres', 'pg_isready'].map(findProgram);
	const account = await postgresAccount();
	const data = path.join(folder, 'postgres');
	const logFile = path.join(folder, 'postgres.log');
	const [port = 0] = await freePorts(1);
	await mkdir(data);
	if (account) {
		await chown(folder, account.uid, account.gid);
		await chown(data, account.uid, account.gid);
	}
	const options = ['--pgdata', data, '--username', POSTGRES_USER, '--auth', 'trust', '--no-sync'];
	const run = { cwd: data, timeoutMs: TIMEOUT_MS, ...account };
	await runQuietly(initdb!, [...options, '--encoding', 'UTF8', '--locale', 'C'], run);
	const address = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-p'];
	const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
	await writeFile(logFile, '');
	const stop = await startService({
		command: postgres!,
		args: ['-D', data, ...address, String(port), ...settings],
		cwd: data,
		logFile,
		...(account && { account }),
		// Closes the connections of clients, rather than waiting for their end.
		stopSignal: 'SIGINT',
		isReady: async () => await answers(pgIsReady!, port),
	});
	return { port, stop };
}

async function answers(pgIsReady: string, port: number): Promise<boolean> {
	const args = ['--host', '127.0.0.1', '--port', String(port)];
	return await runQuietly(pgIsReady, args, { cwd: '/', timeoutMs: TIMEOUT_MS }).then(
		() => true,
		() => false,
	);
}

/** PostgreSQL refuses to run as root: then it gets the account that its package has made. */
async function postgresAccount(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = async (option: string) => {
		const id = await runQuietly('id', [option, 'postgres'], { cwd: '/', timeoutMs: TIMEOUT_MS });
		return Number(id);
	};
	return { uid: await idOf('-u'), gid: await idOf('-g') };
}
