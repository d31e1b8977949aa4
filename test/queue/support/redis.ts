import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';

import { freePorts } from '../../../dev/playground/n8n/ports';
import { findProgram } from './programs';
import { startService, type Service } from './service';

/**
 * Starts an empty Redis that keeps its data in memory.
 *
 * @param folder gets its log
 * @returns the running server
 * @throws UserError when it is not installed; Error with its log when it does not start
 */
export async function startRedis(folder: string): Promise<Service> {
	const [port = 0] = await freePorts(1);
	const data = path.join(folder, 'redis');
	await mkdir(data);
	const stop = await startService({
		command: findProgram('redis-server'),
		args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
		cwd: data,
		logFile: path.join(folder, 'redis.log'),
		stopSignal: 'SIGTERM',
		isReady: async () => await listens(port),
	});
	return { port, stop };
}

async function listens(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
