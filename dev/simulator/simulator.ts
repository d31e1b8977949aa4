import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';

import type { FastifyInstance } from 'fastify';

import { SimulatorState } from './model/state';
import { publishChanges } from './notifications/publish';
import { checkOptions } from './options';
import type { ServerOptions, StartOptions } from './options';
import { createSimulatorServer } from './server';

/** How a simulator starts; every option has a default. */
export interface SimulatorOptions extends ServerOptions {
	/** Runs at the start and after each reset, to make the start state (contacts, faults). */
	prepare?: (simulator: Simulator) => void;
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
	try {
		await app.listen({ host, port });
	} catch (error) {
		await app.close();
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		throw new Error(`Port ${port} is already in use: stop what uses it, or take another port.`);
	}
}

/** A simulator: what it remembers, and the web server that shows it. */
export class Simulator extends SimulatorState {
	readonly #options: StartOptions;
	readonly #prepare: SimulatorOptions['prepare'];
	#url = '';
	#app?: FastifyInstance;
	#stopped?: Promise<void>;

	/** @throws Error with one sentence when an option does not fit */
	constructor({ prepare, ...options }: SimulatorOptions = {}) {
		const checked = checkOptions(options);
		super(checked);
		publishChanges(this);
		this.#options = checked;
		this.#prepare = prepare;
	}

	/** Base URL, the login URL and the API URL alike. */
	get url(): string {
		return this.#url;
	}

	/**
	 * Starts to listen and makes the start state.
	 *
	 * @throws Error with one sentence when the port is in use
	 */
	async start(): Promise<void> {
		const { host, port, tls } = this.#options;
		// Every waiting fault listens to this signal; Node warns of more than ten listeners.
		setMaxListeners(0, this.stopping.signal);
		this.#app = await createSimulatorServer(this, tls);
		await listen(this.#app, host, port);
		const scheme = tls === undefined ? 'http' : 'https';
		const urlHost = host === '::1' ? '[::1]' : host;
		const { port: boundPort } = this.#app.server.address() as AddressInfo;
		this.#url = `${scheme}://${urlHost}:${boundPort}`;
		this.makeStartState();
	}

	/** Closes all connections and stops. May be called more than once. */
	stop(): Promise<void> {
		this.#stopped ??= this.#stop();
		return this.#stopped;
	}

	protected override makeStartState(): void {
		this.#prepare?.(this);
	}

	async #stop(): Promise<void> {
		this.stopping.abort();
		this.feed.close();
		this.timers.clear();
		this.notifications.terminate();
		await this.#app?.close();
	}
}
