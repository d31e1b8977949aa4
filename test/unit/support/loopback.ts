import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
	createServer as createTcpServer,
	type AddressInfo,
	type Server as TcpServer,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
	certificate = selfSigned(),
): Promise<Loopback> {
	return await listening(createTlsServer(certificate, listener), 'https');
}

/** The URL of a port where nobody listens. */
export async function deadUrl(): Promise<string> {
	const server = await listening(createTcpServer(), 'http');
	await server.close();
	return server.url;
}

function selfSigned(): { key: string; cert: string } {
	const folder = mkdtempSync(join(tmpdir(), 'unit-tls-'));
	const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1';
	const subject = ['-subj', '/CN=unit', '-addext', 'subjectAltName=IP:127.0.0.1'];
	try {
		const args = [...request.split(' '), ...subject, '-keyout', key, '-out', cert];
		execFileSync('openssl', args, { stdio: 'ignore' });
		return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
	} finally {
		rmSync(folder, { recursive: true });
	}
}
