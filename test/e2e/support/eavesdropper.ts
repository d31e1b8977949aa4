import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between n8n and a server, and hears what must stay secret. */
export interface Eavesdropper {
	readonly url: string;
	/** The `Authorization` values that went by, without their scheme. */
	readonly heard: ReadonlySet<string>;
	stop(): Promise<void>;
}

/**
 * Starts an eavesdropper.
 *
 * @param target the server's base URL
 * @returns the running eavesdropper
 */
export async function eavesdrop(target: string): Promise<Eavesdropper> {
	const heard = new Set<string>();
	const server = createServer((incoming, outgoing) => {
		const [, value] = incoming.headers.authorization?.split(' ') ?? [];
		if (value !== undefined) heard.add(value);
		passOn(target, incoming, outgoing);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		heard,
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
			});
		},
	};
}

function passOn(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
	const { method, headers, url = '/' } = incoming;
	const passed = request(target + url, { method, headers }, (answer) => {
		outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(outgoing);
	});
	passed.on('error', () => outgoing.destroy());
	incoming.pipe(passed);
}
