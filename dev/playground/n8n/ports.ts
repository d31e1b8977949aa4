import { createServer, type AddressInfo } from 'node:net';

import { UserError } from './userError';

const HOST = '127.0.0.1';

/**
 * Finds free ports of this machine.
 *
 * @param count how many
 * @returns different ports
 */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(Array.from({ length: count }, async () => await listen(0)));
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map(async (server) => await close(server)));
	return ports;
}

/**
 * Makes sure that a port is free.
 *
 * @param port the port
 * @param option the switch that chooses another one
 * @throws UserError when something listens on it
 */
export async function checkPort(port: number, option: string): Promise<void> {
	try {
		await close(await listen(port));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'EADDRINUSE') {
			throw new UserError(
				`Port ${port} is in use. Stop what uses it, or choose another one: npm run n8n -- ${option} ${port + 10}`,
			);
		}
		throw new UserError(`Port ${port} cannot be used (${code ?? String(error)}).`);
	}
}

async function listen(port: number) {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, resolve);
	});
	return server;
}

async function close(server: ReturnType<typeof createServer>): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
	});
}
