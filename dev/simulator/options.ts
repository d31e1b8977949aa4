import { checkSettings, DEFAULT_SETTINGS } from './settings';
import type { Settings } from './settings';
import type { Simulator } from './simulator';
import type { OAuthClient } from './tokens';

/** How a simulator starts; every option has a default. */
export interface SimulatorOptions extends Partial<Settings> {
	/** Default 0 = any free port. */
	port?: number;
	/** A loopback host; default 127.0.0.1. */
	host?: string;
	/** Certificate and key, PEM; serves https. */
	tls?: { key: string; cert: string };
	/** The OAuth clients that may log in; default `DEFAULT_CLIENT` alone. */
	clients?: OAuthClient[];
	/** Seed of faults with a probability; default 1. */
	seed?: number;
	/** Runs at the start and after each reset, to make the start state (contacts, faults). */
	prepare?: (simulator: Simulator) => void;
}

/** The options of a simulator, checked, with their defaults. */
export interface StartOptions {
	readonly port: number;
	readonly host: string;
	readonly tls?: { key: string; cert: string };
	readonly clients: readonly OAuthClient[];
	readonly seed: number;
	readonly settings: Readonly<Settings>;
	readonly prepare: (simulator: Simulator) => void;
}

/** The OAuth client that may log in by default. */
export const DEFAULT_CLIENT: Readonly<OAuthClient> = {
	clientId: 'simulator-client',
	clientSecret: 'simulator-secret',
};

const LOOPBACK = /^(localhost|::1|127(\.\d{1,3}){3})$/;

/**
 * Checks the options and fills in their defaults.
 *
 * @throws Error with one sentence when an option does not fit
 */
export function checkOptions(options: SimulatorOptions): StartOptions {
	const { port = 0, host = '127.0.0.1', seed = 1, tls, clients, prepare, ...settings } = options;
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error('The port must be a whole number from 0 to 65535.');
	}
	if (!LOOPBACK.test(host)) {
		throw new Error(
			`The simulator listens on this machine alone, not on "${host}": ` +
				'use 127.0.0.1, ::1 or localhost.',
		);
	}
	if (!Number.isInteger(seed)) throw new Error('The seed must be a whole number.');
	return {
		port,
		host,
		seed,
		tls,
		clients: clients ?? [DEFAULT_CLIENT],
		settings: { ...DEFAULT_SETTINGS, ...checkSettings(settings) },
		prepare: prepare ?? (() => undefined),
	};
}
