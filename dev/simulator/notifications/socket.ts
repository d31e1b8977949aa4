import type { Socket } from 'node:net';

import type { WebSocket } from 'ws';

import type { NotificationFaultAction } from '../faults/notificationFaults';
import { resetConnection } from '../http/brokenAnswers';
import type { NotificationChannel } from '../model/notifications/channels';
import { HEARTBEAT, PONG } from '../model/notifications/frames';
import type { StrikableSocket } from '../model/notifications/notifications';
import type { SimulatorState } from '../model/state';
import { Timers } from '../support/timers';

/** How long an event is held back for the next one to overtake it, milliseconds. */
const REORDER_MS = 250;

/** A connection that was upgraded. */
export interface Connection {
	readonly webSocket: WebSocket;
	readonly tcp: Socket;
}

/** The socket of a channel: heartbeats, answers to pings, events, and the faults played on them. */
export class NotificationSocket implements StrikableSocket {
	readonly #connection: Connection;
	readonly #state: SimulatorState;
	readonly #channel: NotificationChannel;
	readonly #timers = new Timers();
	#muted = false;
	#held?: string;

	constructor(connection: Connection, state: SimulatorState, channel: NotificationChannel) {
		this.#connection = connection;
		this.#state = state;
		this.#channel = channel;
	}

	/** Starts to serve the channel. */
	open(): void {
		const { webSocket } = this.#connection;
		webSocket.on('message', (data: Buffer, isBinary: boolean) => {
			if (!isBinary) this.#read(data.toString());
		});
		webSocket.on('close', () => {
			this.#timers.clear();
			this.#state.notifications.detach(this.#channel, this);
		});
		this.#state.notifications.attach(this.#channel, this);
		const fault = this.#state.notifications.faults.take('open');
		if (fault !== undefined) this.strike(fault);
		this.#beat();
	}

	system(text: string): void {
		if (!this.#muted) this.#connection.webSocket.send(text);
	}

	event(text: string): void {
		const fault = this.#state.notifications.faults.take('event');
		if (fault === undefined) this.#sendEvent(text);
		else this.#play(fault, text);
	}

	close(code: number): void {
		if (code === 1006) this.terminate();
		else if (!this.#muted) this.#connection.webSocket.close(code);
	}

	terminate(): void {
		this.#connection.webSocket.terminate();
	}

	strike(fault: NotificationFaultAction): void {
		const { tcp, webSocket } = this.#connection;
		switch (fault.kind) {
			case 'silent':
				this.#muted = true;
				return;
			case 'ignoreClose':
				webSocket.pause();
				return;
			case 'halfOpen':
				this.#muted = true;
				webSocket.pause();
				return;
			case 'drop':
				resetConnection(tcp);
				return;
			case 'close':
				this.close(fault.code);
				return;
			case 'expire':
				this.#state.notifications.channels.end(this.#channel, 'expired');
				return;
			case 'garbage':
				this.system('{"topicName":"v2.routing.queues.');
				return;
			case 'binary':
				if (!this.#muted) webSocket.send(Buffer.from([0, 159, 146, 150]));
				return;
			case 'huge':
				this.system(JSON.stringify({ topicName: 'v2.huge', padding: 'x'.repeat(fault.bytes) }));
		}
	}

	#play(fault: NotificationFaultAction, text: string): void {
		switch (fault.kind) {
			case 'lose':
				return;
			case 'duplicate':
				this.#sendEvent(text);
				this.#sendEvent(text);
				return;
			case 'reorder':
				this.#hold(text);
				return;
			case 'garbage':
			case 'binary':
			case 'huge':
				this.strike(fault);
				this.#sendEvent(text);
				return;
			default:
				this.strike(fault);
		}
	}

	#sendEvent(text: string): void {
		this.system(text);
		this.#release();
	}

	#hold(text: string): void {
		this.#release();
		this.#held = text;
		this.#timers.after(REORDER_MS, () => this.#release());
	}

	#release(): void {
		const held = this.#held;
		this.#held = undefined;
		if (held !== undefined) this.system(held);
	}

	/** The next heartbeat; the setting is read each time, so that a change counts at once or soon. */
	#beat(): void {
		const { heartbeatMs } = this.#state.settings;
		if (heartbeatMs === null) return;
		this.#timers.after(heartbeatMs, () => {
			this.system(HEARTBEAT);
			this.#beat();
		});
	}

	#read(text: string): void {
		if (this.#state.settings.pings === 'ignored') return;
		if (/^\{\s*"message"\s*:\s*"ping"\s*\}$/.test(text)) this.system(PONG);
	}
}
