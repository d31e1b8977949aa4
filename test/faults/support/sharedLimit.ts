import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';

import { trustedCertificate } from '../../../dev/simulator/certificate';
import type { Stage } from '../types';

/** A limit that all clients of an organization share, whatever their token. */
interface SharedLimit {
	/** Calls in a window, of all clients. */
	readonly allowed: number;
	readonly windowMs: number;
	/** How many of a window's calls other clients take, drawn anew for each window. */
	readonly takenByOthers: () => number;
}

const REFUSAL = JSON.stringify({ message: 'Rate limit exceeded', code: 'too.many.requests' });

/**
 * Puts a gateway before the simulator whose limit no header tells, and of which others take a share.
 *
 * @param stage the run; its credential points to the gateway, which stays there when the limit is gone
 */
export async function shareLimit(
	stage: Stage,
	{ allowed, windowMs, takenByOthers }: SharedLimit,
): Promise<void> {
	let limited = true;
	let window = { until: 0, left: 0 };
	const isTaken = () => {
		const now = performance.now();
		if (now >= window.until) window = { until: now + windowMs, left: allowed - takenByOthers() };
		return limited && window.left-- <= 0;
	};
	const server = createServer(trustedCertificate(), (incoming, response) => {
		if (isTaken()) response.writeHead(429, { 'retry-after': '1' }).end(REFUSAL);
		else forward(stage.simulator.url, incoming, response);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	stage.urls.apiUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
	stage.onMend(() => (limited = false));
	stage.onEnd(() => {
		server.close();
		server.closeAllConnections();
	});
}

function forward(target: string, incoming: IncomingMessage, response: ServerResponse): void {
	const { method, url = '', headers } = incoming;
	const outgoing = request(target + url, { method, headers }, (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
	});
	outgoing.on('error', () => response.destroy());
	incoming.pipe(outgoing);
}
