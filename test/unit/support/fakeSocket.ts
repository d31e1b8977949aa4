import type { SocketEvent, SocketLike } from '../../../nodes/GenesysCloud/notifications/types';

/** The versions of Node whose sockets tell their end in different ways. */
export type NodeVersion = 22 | 24;

/**
 * What the global WebSocket tells of each end, as seen with Node 22.21 and 24.21.
 * `refused`: the handshake failed. `lost`: the connection dropped. `closedEarly`: `close()` while connecting.
 */
const ENDINGS: Record<NodeVersion, Record<string, readonly SocketEvent[]>> = {
	22: { refused: ['error'], lost: ['close'], closedEarly: ['error', 'error'] },
	24: { refused: ['error', 'close'], lost: ['error', 'close'], closedEarly: ['error', 'close'] },
};

/** A socket that a test plays the server of. */
export class FakeSocket implements SocketLike {
	state: 'connecting' | 'open' | 'closed' = 'connecting';
	/** The client gave it up. */
	givenUp = false;
	/** Swallows everything, both ways, and does not even close. */
	halfOpen = false;
	readonly sent: string[] = [];
	private readonly listeners = new Map<SocketEvent, Set<(event: { data?: unknown }) => void>>();

	constructor(
		readonly url: string,
		private readonly version: NodeVersion = 24,
	) {}

	/** All listeners that the client has not taken away. */
	get listening(): number {
		return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0);
	}

	/** Whether the client holds a connection by it. */
	get live(): boolean {
		return this.state !== 'closed' && !this.givenUp;
	}

	addEventListener(type: SocketEvent, listener: (event: { data?: unknown }) => void): void {
		this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
	}

	removeEventListener(type: SocketEvent, listener: (event: { data?: unknown }) => void): void {
		this.listeners.get(type)?.delete(listener);
	}

	send(data: string): void {
		if (this.state !== 'open') throw new Error('not open');
		this.sent.push(data);
		if (!this.halfOpen)
			this.push({ topicName: 'channel.metadata', eventBody: { message: 'pong' } });
	}

	close(): void {
		if (this.givenUp) return;
		this.givenUp = true;
		if (this.state === 'connecting') this.end('closedEarly');
		else if (!this.halfOpen) this.state = 'closed';
	}

	open(): void {
		if (this.state !== 'connecting' || this.givenUp) return;
		this.state = 'open';
		this.tell('open');
	}

	/** Sends a frame; text goes as it is. */
	push(frame: unknown): void {
		if (this.state !== 'open' || this.halfOpen) return;
		this.tell('message', typeof frame === 'string' ? frame : JSON.stringify(frame));
	}

	/** Ends as Node tells it. */
	end(how: 'refused' | 'lost' | 'closedEarly'): void {
		if (this.state === 'closed' || this.halfOpen) return;
		this.state = 'closed';
		for (const type of ENDINGS[this.version][how] ?? []) this.tell(type);
	}

	tell(type: SocketEvent, data?: unknown): void {
		for (const listener of [...(this.listeners.get(type) ?? [])]) listener({ data });
	}
}
