/** What it takes to send a real message, from the environment variables. */
export interface RealMessage {
	readonly credential: {
		readonly environment: string;
		readonly loginUrl: string;
		readonly apiUrl: string;
		readonly clientId: string;
		readonly clientSecret: string;
	};
	readonly contactId: string;
}

const REQUIRED = [
	'GENESYS_CLIENT_ID',
	'GENESYS_CLIENT_SECRET',
	'GENESYS_ENVIRONMENT',
	'GENESYS_CONTACT_ID',
] as const;

/** A wrong setting, in a sentence for the person at the terminal. */
export class SettingsError extends Error {}

/**
 * Reads the settings of a real message.
 *
 * @param env the environment variables
 * @returns the settings, or `undefined` when none of them is set: then the demo uses the simulator
 * @throws SettingsError when only some are set
 */
export function realMessage(env: NodeJS.ProcessEnv): RealMessage | undefined {
	const missing = REQUIRED.filter((name) => !env[name]?.trim());
	if (missing.length === REQUIRED.length) return undefined;
	if (missing.length > 0) {
		throw new SettingsError(
			`To send a real message, set ${missing.join(' and ')} too. To use the simulator, set none of ${REQUIRED.join(', ')}.`,
		);
	}
	const value = (name: string) => env[name]?.trim() ?? '';
	return {
		credential: {
			environment: value('GENESYS_ENVIRONMENT'),
			loginUrl: value('GENESYS_LOGIN_URL'),
			apiUrl: value('GENESYS_API_URL'),
			clientId: value('GENESYS_CLIENT_ID'),
			clientSecret: value('GENESYS_CLIENT_SECRET'),
		},
		contactId: value('GENESYS_CONTACT_ID'),
	};
}
