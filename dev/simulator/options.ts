import { DEFAULT_SETTINGS, checkSettings } from './model/settings';
import type { Settings } from './model/settings';
import type { StateOptions } from './model/state';
import type { OAuthClient } from './model/tokens';

/** Certificate and key, PEM. */
export interface TlsFiles {
	key: string;
	cert: string;
}

/** Where and with what a simulator starts; every option has a default. */
export interface ServerOptions extends Partial<Settings> {
	/** Default 0 = any free port. */
	port?: number;
	/** A loopback host; default 127.0.0.1. */
	host?: string;
	/** Serves https and wss. */
	tls?: TlsFiles;
	/** The OAuth clients that may log in; default `DEFAULT_CLIENT` alone. */
	clients?: OAuthClient[];
	/** Seed of faults with a probability; default 1. */
	seed?: number;
}

/** The options of a simulator, checked, with their defaults. */
export interface StartOptions extends StateOptions {
	readonly port: number;
	readonly host: string;
	readonly tls?: TlsFiles;
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
export function checkOptions(options: ServerOptions): StartOptions {
	const { port = 0, host = '127.0.0.1', seed = 1, tls, clients, ...settings } = options;
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
	};
}
