import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:tls';

import { trustedCertificate } from '../../../dev/simulator/certificate';

/**
 * What becomes of a secured connection when something is sent over it. `pass`: it works. `deaf`: no answer
 * ever comes. `mute`: what is sent arrives, what is answered does not. `headersOnly`: an answer begins and
 * stops.
 */
export type Fate = 'pass' | 'deaf' | 'mute' | 'headersOnly';

/** A network between the node and the simulator that breaks connections. */
interface Relay {
	/** To be used in place of the target's URL. */
	readonly url: string;
	/** Refuses new connections from now on. */
	refuse(): void;
	/** Takes connections again. */
	admit(): Promise<void>;
	/** From now on every connection works; those that do not are closed. */
	mend(): void;
	stop(): void;
}

const HEADERS =
	'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{"id":';

/**
 * Starts a relay on loopback.
 *
 * @param target the server's URL
 * @param fateOf asked for each connection that is used
 * @returns the running relay
 */
export async function startRelay(target: string, fateOf: () => Fate): Promise<Relay> {
	const { hostname, port } = new URL(target);
	const sockets = new Set<Socket>();
	/** Those on which nothing will come any more. */
	const broken = new Set<Socket>();
	let mended = false;
	const open = (client: Socket) => {
		sockets.add(client);
		client.on('error', () => client.destroy());
		// Not before: fetch opens connections in advance, and takes them when the relay works again.
		client.once('readable', () => carry(client, mended ? 'pass' : fateOf()));
	};
	const carry = (client: Socket, fate: Fate) => {
		if (fate !== 'pass') broken.add(client);
		if (fate === 'deaf') return client.resume();
		if (fate === 'headersOnly') return client.once('data', () => client.write(HEADERS));
		const upstream = connect({ host: hostname, port: Number(port) });
		sockets.add(upstream);
		upstream.on('error', () => upstream.destroy());
		client.on('close', () => upstream.destroy());
		client.pipe(upstream);
		if (fate === 'mute') return upstream.resume();
		// What was answered still arrives.
		upstream.on('close', () => client.destroySoon());
		return upstream.pipe(client);
	};
	const server = createServer(trustedCertificate(), open).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const own = (server.address() as AddressInfo).port;
	return {
		url: `https://127.0.0.1:${own}`,
		refuse: () => {
			// Not awaited: the server is closed for new connections at once, those that are open stay.
			server.close();
		},
		admit: async () => {
			server.listen(own, '127.0.0.1');
			await once(server, 'listening');
		},
		mend: () => {
			mended = true;
			for (const socket of broken) socket.destroy();
		},
		stop: () => {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}
