import type { HubPorts, SocketEvent, SocketLike } from './types';

/** How long a connection may take to open, in ms. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** What a socket tells its owner: until `drop`, and `ended` once at most. */
export interface SocketOwner {
	/** Something came, or the socket has opened. */
	heard(): void;
	frame(data: unknown): void;
	/** The socket is open, or has ended: look at its state. */
	changed(): void;
}

/**
 * A WebSocket whose end is one thing. Node 22 gives `error` without `close` for a refused handshake and
 * `close` without `error` for a lost connection, Node 24 gives both; a peer that has died never answers a
 * close. So either of them is the end, once, and nobody waits for `close`.
 */
export class NotificationSocket {
	state: 'connecting' | 'open' | 'ended' = 'connecting';
	private readonly socket: SocketLike;
	private readonly listeners: ReadonlyMap<SocketEvent, (event: { data?: unknown }) => void>;

	/** @throws Error when the address cannot be used */
	constructor(
		openSocket: HubPorts['openSocket'],
		url: string,
		private readonly owner: SocketOwner,
	) {
		this.listeners = new Map([
			['open', () => this.opened()],
			['message', ({ data }: { data?: unknown }) => this.received(data)],
			['error', () => this.end()],
			['close', () => this.end()],
		]);
		this.socket = openSocket(url);
		for (const [type, listener] of this.listeners) this.socket.addEventListener(type, listener);
	}

	/** Genesys Cloud answers with a pong. A socket that cannot even take it has ended. */
	ping(): void {
		try {
			this.socket.send('{"message":"ping"}');
		} catch {
			this.end();
		}
	}

	/** Gives the socket up: from here on it tells nothing. */
	drop(): void {
		this.state = 'ended';
		for (const [type, listener] of this.listeners) this.socket.removeEventListener(type, listener);
		try {
			this.socket.close();
		} catch {
			// It is given up in any case.
		}
	}

	private opened(): void {
		if (this.state !== 'connecting') return;
		this.state = 'open';
		this.owner.heard();
		this.owner.changed();
	}

	private received(data: unknown): void {
		this.owner.heard();
		this.owner.frame(data);
	}

	private end(): void {
		if (this.state === 'ended') return;
		this.drop();
		this.owner.changed();
	}
}
