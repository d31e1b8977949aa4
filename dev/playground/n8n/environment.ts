import path from 'node:path';

import { queueEnvironment, type QueueSettings } from './queueMode';

/** Where an n8n lives and listens. */
export interface N8nSettings {
	/** n8n keeps its database, its key and the installed nodes here. */
	readonly userFolder: string;
	readonly port: number;
	/** The port on which n8n's task broker listens. */
	readonly brokerPort: number;
	readonly logLevel: 'debug' | 'info';
	/** Set in queue mode: what this process shares with the others. */
	readonly queue?: QueueSettings;
}

/** All that a child process gets of this process's environment; no N8N_ variable of the user's. */
const PASSED_ON = [
	...['HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE', 'APPDATA'],
	'NODE_EXTRA_CA_CERTS',
];

/** Nothing of n8n's may call home, or look for Python. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	NO_COLOR: '1',
	NODE_ENV: 'production',
};

/**
 * The environment variables of an n8n.
 *
 * @param installationFolder the folder with n8n's node_modules, whose Node comes first
 * @param settings where it lives and listens
 * @returns the variables
 */
export function n8nEnvironment(
	installationFolder: string,
	{ userFolder, port, brokerPort, logLevel, queue }: N8nSettings,
): NodeJS.ProcessEnv {
	const passedOn = PASSED_ON.map((name) => [name, process.env[name]] as const);
	const bin = path.join(installationFolder, 'node_modules', '.bin');
	return {
		...Object.fromEntries(passedOn.filter(([, value]) => value !== undefined)),
		...QUIET,
		PATH: [bin, process.env.PATH].join(path.delimiter),
		GENERIC_TIMEZONE: 'UTC',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_LOG_LEVEL: logLevel,
		// Plain HTTP, on this machine alone.
		N8N_SECURE_COOKIE: 'false',
		...(queue && queueEnvironment(queue, port)),
	};
}
