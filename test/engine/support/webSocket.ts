import { WebSocket as WsSocket } from 'ws';

/** The library's socket throws when it is closed early and nobody listens; Node's own one does not. */
class QuietSocket extends WsSocket {
	constructor(url: string) {
		super(url);
		this.on('error', () => undefined);
	}
}

// Node 20, on which n8n 1.123 may run, has no WebSocket; the trigger says so there. Here it gets one.
const { WebSocket: own } = globalThis as { WebSocket?: unknown };
if (own === undefined) Object.assign(globalThis, { WebSocket: QuietSocket });
