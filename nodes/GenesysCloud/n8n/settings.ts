import { InputError } from '../failures/inputError';
import type { RetrySettings } from '../delivery/retryPolicy';
import { oneOf, requiredText } from '../resources/parameters';
import type { ParameterReader } from '../resources/types';

/** The Delivery Options of a run. */
export interface DeliverySettings {
	readonly retry: RetrySettings;
	/** Messages in flight at once. */
	readonly concurrency: number;
	/** The time limit of one HTTP call, in ms. */
	readonly timeoutMs: number;
	/** Tokens used in parallel. */
	readonly accessTokens: number;
	/** Whether calls go over Node's `fetch`, which keeps connections open. */
	readonly reuseConnections: boolean;
	/** Whether the option Send Once Key is set; its value differs from item to item. */
	readonly sendsOnce: boolean;
}

/** What a number among the options must be like. */
interface NumberRules {
	readonly displayName: string;
	readonly fallback: number;
	readonly min: number;
	readonly max: number;
	readonly whole?: boolean;
}

const NUMBERS = {
	accessTokens: { displayName: 'Access Tokens', fallback: 1, min: 1, max: 10, whole: true },
	backoffSeconds: { displayName: 'Backoff (Seconds)', fallback: 1, min: 0, max: 300 },
	concurrency: { displayName: 'Concurrency', fallback: 10, min: 1, max: 50, whole: true },
	maxAttempts: { displayName: 'Max Attempts', fallback: 3, min: 1, max: 20, whole: true },
	maxWaitSeconds: { displayName: 'Max Wait (Seconds)', fallback: 180, min: 0, max: 86_400 },
	timeoutSeconds: { displayName: 'Timeout (Seconds)', fallback: 30, min: 0.1, max: 300 },
} as const satisfies Record<string, NumberRules>;

type OptionName = keyof typeof NUMBERS | 'reuseConnections' | 'sendOnceKey' | 'uncertain';

type Options = Readonly<Partial<Record<OptionName, unknown>>>;

/**
 * Reads the Delivery Options. They hold for the whole run and are read from its first item.
 *
 * @param context reads parameters
 * @returns the options in the units of the code (ms)
 * @throws InputError that names the option when a value is not a number or out of range
 */
export function readDeliverySettings(context: ParameterReader): DeliverySettings {
	const options = { ...(context.getNodeParameter('delivery', 0, {}) as object) } as Options;
	const read = (name: keyof typeof NUMBERS) => readNumber(options[name], NUMBERS[name]);
	return {
		retry: {
			maxAttempts: read('maxAttempts'),
			backoffMs: read('backoffSeconds') * 1000,
			maxWaitMs: read('maxWaitSeconds') * 1000,
			uncertain: oneOf(options.uncertain, {
				displayName: 'If Delivery Is Uncertain',
				values: ['retry', 'fail'],
			}),
		},
		concurrency: read('concurrency'),
		timeoutMs: Math.ceil(read('timeoutSeconds') * 1000),
		accessTokens: read('accessTokens'),
		reuseConnections: readSwitch(options.reuseConnections),
		sendsOnce: setsSendOnceKey(context),
	};
}

/**
 * Whether the option is set, not what it gives for the first item: a first item without a key must not
 * leave all the others unprotected. A lone `=` is an expression that was never written.
 */
function setsSendOnceKey(context: ParameterReader): boolean {
	const raw = context.getNodeParameter('delivery', 0, {}, { rawExpressions: true });
	const { sendOnceKey = '' } = (raw ?? {}) as Options;
	return sendOnceKey !== '' && sendOnceKey !== '=';
}

function readNumber(value: unknown, rules: NumberRules): number {
	if (value === undefined || value === null) return rules.fallback;
	const { displayName, min, max, whole = false } = rules;
	const usable =
		typeof value === 'number' &&
		value >= min &&
		value <= max &&
		(!whole || Number.isInteger(value));
	if (usable) return value;
	throw new InputError(
		displayName,
		`must be a ${whole ? 'whole number' : 'number'} from ${min} to ${max}`,
		`Change it under 'Delivery Options'; the default is ${rules.fallback}`,
	);
}

function readSwitch(value: unknown): boolean {
	if (value === undefined || typeof value === 'boolean') return value ?? false;
	throw new InputError(
		'Reuse Connections',
		'must be true or false',
		"Change it under 'Delivery Options'",
	);
}

/** A key that is longer than this is not a key. */
const MAX_KEY_LENGTH = 512;

/**
 * Reads the option Send Once Key of an item.
 *
 * @param context reads parameters
 * @param itemIndex the item
 * @returns the key
 * @throws InputError when the expression gives nothing usable: such an item would not be protected
 */
export function readSendOnceKey(context: ParameterReader, itemIndex: number): string {
	const value = context.getNodeParameter('delivery.sendOnceKey', itemIndex, '');
	return requiredText(typeof value === 'number' ? String(value) : value, {
		displayName: 'Send Once Key',
		maxLength: MAX_KEY_LENGTH,
		remedy: 'Use an expression that gives every item its own key, such as an order number',
	});
}
