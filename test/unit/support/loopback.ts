import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import {
	connect,
	createServer as createTcpServer,
	type AddressInfo,
	type Server as TcpServer,
	type Socket,
} from 'node:net';

import { selfSigned } from '../../../dev/simulator/certificate';

/** A server on a free port of this machine. */
export interface Loopback {
	readonly url: string;
	close(): Promise<void>;
}

async function listening(server: Server | TcpServer, scheme: string): Promise<Loopback> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			if ('closeAllConnections' in server) server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** Starts an HTTP server. */
export async function serve(listener: RequestListener): Promise<Loopback> {
	return await listening(createServer(listener), 'http');
}

/** Starts an HTTPS server; unless told otherwise, its certificate signs itself. */
export async function serveTls(
	listener: RequestListener,
	options: ServerOptions = selfSigned(),
): Promise<Loopback> {
	return await listening(createTlsServer(options, listener), 'https');
}

/** Starts a server of bare connections: what speaks is up to the test. */
export async function serveTcp(onConnection: (socket: Socket) => void): Promise<Loopback> {
	const sockets = new Set<Socket>();
	const server = createTcpServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		onConnection(socket);
	});
	const loopback = await listening(server, 'https');
	return {
		url: loopback.url,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await loopback.close();
		},
	};
}

/** Listens, then stands still before it accepts anybody. */
const STOPPED_LISTENER = `
	const server = require('node:net').createServer();
	server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
		require('node:fs').writeSync(1, String(server.address().port));
		process.kill(process.pid, 'SIGSTOP');
	});
`;

/** A port whose system answers no more SYN: its queue of two is full, and nobody takes from it. */
export async function serveNobody(scheme: string): Promise<Loopback> {
	const stopped = spawn(process.execPath, ['-e', STOPPED_LISTENER], { stdio: 'pipe' });
	const [port] = (await once(stopped.stdout, 'data')) as [Buffer];
	const queued = [1, 2].map(() => connect(Number(port.toString()), '127.0.0.1'));
	for (const socket of queued) if (socket.connecting) await once(socket, 'connect');
	return {
		url: `${scheme}://127.0.0.1:${port.toString()}`,
		close: async () => {
			for (const socket of queued) socket.destroy();
			stopped.kill('SIGKILL');
			await once(stopped, 'exit');
		},
	};
}

/** The URL of a port where nobody listens. */
export async function deadUrl(scheme: 'http' | 'https'): Promise<string> {
	const server = await listening(createTcpServer(), scheme);
	await server.close();
	return server.url;
}
