import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

/** A relay that adds a network delay. */
interface Relay {
	/** The URL to use in place of the target's. */
	readonly url: string;
	stop(): void;
}

/**
 * Starts a relay on loopback that plays the network between a client and a far server: what either
 * side sends arrives half a round trip later, and a new connection costs a round trip before its
 * first byte, as TCP's handshake does.
 *
 * @param target the server's URL
 * @param roundTripMs the delay of a round trip, in ms
 * @returns the running relay
 */
export async function startRelay(target: string, roundTripMs: number): Promise<Relay> {
	const { protocol, hostname, port } = new URL(target);
	const sockets = new Set<Socket>();
	// `pauseOnConnect`: the client's bytes wait until its connection would stand.
	const server = createServer({ pauseOnConnect: true, noDelay: true }, (client) => {
		const upstream = connect({ host: hostname, port: Number(port), noDelay: true });
		for (const [from, to] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			sockets.add(from);
			forward(from, to, roundTripMs / 2);
		}
		void after(roundTripMs).then(() => client.resume());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `${protocol}//${hostname}:${(server.address() as AddressInfo).port}`,
		stop: () => {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** Timers of one length fire in the order in which they were set, so bytes stay in order. */
function forward(from: Socket, to: Socket, delayMs: number): void {
	from.on('data', (chunk) => void after(delayMs).then(() => to.write(chunk)));
	from.on('end', () => void after(delayMs).then(() => to.end()));
	from.on('error', () => to.destroy());
}
