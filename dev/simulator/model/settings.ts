import { isAtLeast, isRecord, oneOf } from '../support/checks';
import type { Check } from '../support/checks';
import { DEFAULT_MESSAGING_SETTINGS, MESSAGING_CHECKS } from './messagingSettings';
import type { MessagingSettings } from './messagingSettings';
import { DEFAULT_NOTIFICATION_SETTINGS, NOTIFICATION_CHECKS } from './notificationSettings';
import type { NotificationSettings } from './notificationSettings';

/** A rate limit: calls allowed for one access token in one window of `windowMs` milliseconds. */
export interface RateLimit {
	allowed: number;
	windowMs: number;
}

/** What can be changed while the simulator runs. */
export interface Settings extends MessagingSettings, NotificationSettings {
	/** Per access token; null = no limit and no rate-limit headers. */
	rateLimit: RateLimit | null;
	/** Seconds until a new access token expires. */
	tokenLifetimeSeconds: number;
	/** Whether a token's answer tells its lifetime in `expires_in`. */
	tokenExpiry: 'told' | 'omitted';
	/** `reject` = 404; `accept` = every contact ID that was never opened has an open session. */
	unknownContacts: 'reject' | 'accept';
	/** Seconds without an accepted message after which a session expires. */
	sessionTimeoutSeconds: number;
	/** Status of a login that is refused. */
	loginRefusalStatus: 400 | 401;
}

/**
 * The settings of a simulator that is started without options: Genesys Cloud's limit of 300 calls a
 * minute for a client-credentials token, its default token life of a day, and the 15 minutes after
 * which the tutorial's web sessions expire.
 */
export const DEFAULT_SETTINGS: Readonly<Settings> = {
	rateLimit: { allowed: 300, windowMs: 60_000 },
	tokenLifetimeSeconds: 86_400,
	tokenExpiry: 'told',
	unknownContacts: 'reject',
	sessionTimeoutSeconds: 900,
	loginRefusalStatus: 400,
	...DEFAULT_MESSAGING_SETTINGS,
	...DEFAULT_NOTIFICATION_SETTINGS,
};

const isPositive = (value: unknown): value is number => isAtLeast(value, Number.MIN_VALUE);

function isRateLimit(value: unknown): boolean {
	return (
		value === null ||
		(isRecord(value) &&
			Number.isInteger(value.allowed) &&
			Number(value.allowed) >= 0 &&
			isPositive(value.windowMs))
	);
}

const CHECKS: Record<keyof Settings, Check> = {
	rateLimit: [isRateLimit, 'null or { allowed: whole number, windowMs: number above 0 }'],
	tokenLifetimeSeconds: [isPositive, 'a number above 0'],
	tokenExpiry: oneOf('told', 'omitted'),
	unknownContacts: oneOf('reject', 'accept'),
	sessionTimeoutSeconds: [isPositive, 'a number above 0'],
	loginRefusalStatus: oneOf(400, 401),
	...MESSAGING_CHECKS,
	...NOTIFICATION_CHECKS,
};

const isSettingName = (name: string): name is keyof Settings => Object.hasOwn(CHECKS, name);

/**
 * Checks changes of settings, from code or from the control API. Undefined values are left out.
 *
 * @returns the changes, checked
 * @throws Error with one sentence when a name is unknown or a value does not fit
 */
export function checkSettings(changes: unknown): Partial<Settings> {
	if (!isRecord(changes)) throw new Error('Settings must be an object.');
	const given = Object.entries(changes).filter(([, value]) => value !== undefined);
	for (const [name, value] of given) {
		if (!isSettingName(name)) {
			throw new Error(
				`There is no setting "${name}". There are: ${Object.keys(CHECKS).join(', ')}.`,
			);
		}
		const [fits, expected] = CHECKS[name];
		if (!fits(value)) throw new Error(`The setting "${name}" must be ${expected}.`);
	}
	return Object.fromEntries(given);
}
