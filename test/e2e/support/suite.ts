/** What the tests know of the n8n that was started for them. */
export interface Suite {
	readonly url: string;
	readonly version: string;
	/** The cookie of the owner's session. */
	readonly session: string;
	readonly userFolder: string;
	/** What n8n printed so far, at log level debug. */
	readonly logFile: string;
}

const VARIABLE = 'GENESYS_CLOUD_E2E_SUITE';

/**
 * Hands the suite to the tests, which run in other processes or contexts.
 *
 * @param suite the running n8n
 */
export function publishSuite(suite: Suite): void {
	process.env[VARIABLE] = JSON.stringify(suite);
}

/** @returns the n8n that was started for the tests */
export function currentSuite(): Suite {
	const text = process.env[VARIABLE];
	if (text === undefined) throw new Error('Run the end-to-end tests with "npm run test:e2e".');
	return JSON.parse(text) as Suite;
}

/**
 * Whether the tests run on an n8n that is older than a version.
 *
 * @param version major and minor number
 * @returns true for an older n8n
 */
export function isBeforeN8n(version: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [ownMajor = 0, ownMinor = 0] = currentSuite().version.split('.').map(Number);
	return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
