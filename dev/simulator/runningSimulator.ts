import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';

import type { FastifyInstance } from 'fastify';

import type { Contacts } from './contacts';
import type { Directory } from './directory/directory';
import type { FaultPlan } from './faults/plan';
import type { Journal } from './journal';
import type { Conversations } from './messaging/conversations';
import type { Messages } from './messaging/messages';
import type { Recipients } from './messaging/recipients';
import { createSimulatorServer } from './server';
import type { Settings } from './settings';
import type { Simulator } from './simulator';
import type { SimulatorState } from './state';
import type { Stats } from './stats';

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
	try {
		await app.listen({ host, port });
	} catch (error) {
		await app.close();
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		throw new Error(`Port ${port} is already in use: stop what uses it, or take another port.`);
	}
}

/** A simulator made of its state and a web server. */
export class RunningSimulator implements Simulator {
	readonly journal: Journal;
	readonly contacts: Contacts;
	readonly directory: Directory;
	readonly recipients: Recipients;
	readonly messages: Messages;
	readonly conversations: Conversations;
	readonly faults: FaultPlan;
	readonly stats: Stats;
	readonly #state: SimulatorState;
	#url = '';
	#app?: FastifyInstance;
	#stopped?: Promise<void>;

	/** @param state a new state with checked options */
	constructor(state: SimulatorState) {
		this.#state = state;
		this.journal = state.journal;
		this.contacts = state.contacts;
		this.directory = state.directory;
		this.recipients = state.recipients;
		this.messages = state.messages;
		this.conversations = state.conversations;
		this.faults = state.faults;
		this.stats = state.stats;
	}

	get url(): string {
		return this.#url;
	}

	get settings(): Readonly<Settings> {
		return this.#state.settings;
	}

	/**
	 * Starts to listen and makes the start state.
	 *
	 * @throws Error with one sentence when the port is in use
	 */
	async start(): Promise<void> {
		const { host, port, tls, prepare } = this.#state.start;
		// Every waiting fault listens to this signal; Node warns of more than ten listeners.
		setMaxListeners(0, this.#state.stopping.signal);
		this.#app = await createSimulatorServer(this.#state, this);
		await listen(this.#app, host, port);
		const scheme = tls === undefined ? 'http' : 'https';
		const urlHost = host === '::1' ? '[::1]' : host;
		const { port: boundPort } = this.#app.server.address() as AddressInfo;
		this.#url = `${scheme}://${urlHost}:${boundPort}`;
		prepare(this);
	}

	configure(changes: Partial<Settings>): void {
		this.#state.configure(changes);
	}

	revokeTokens(): void {
		this.#state.tokens.revokeAll();
	}

	reset(): void {
		this.#state.clear();
		this.#state.start.prepare(this);
	}

	stop(): Promise<void> {
		this.#stopped ??= this.#stop();
		return this.#stopped;
	}

	async #stop(): Promise<void> {
		this.#state.stopping.abort();
		this.#state.feed.close();
		await this.#app?.close();
	}
}
