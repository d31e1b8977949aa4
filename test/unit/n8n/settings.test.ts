import { readDeliverySettings, readSendOnceKey } from '../../../nodes/GenesysCloud/n8n/settings';
import { parametersOf } from '../support/context';
import { inputErrorOf } from '../support/inputErrors';

const settings = (delivery?: unknown) => readDeliverySettings(parametersOf({ delivery }));

describe('readDeliverySettings', () => {
	it.each([undefined, null, {}, { maxAttempts: null, uncertain: undefined }])(
		"has the design's defaults for %j",
		(delivery) => {
			expect(settings(delivery)).toEqual({
				retry: { maxAttempts: 3, backoffMs: 1_000, maxWaitMs: 180_000, uncertain: 'retry' },
				concurrency: 10,
				timeoutMs: 30_000,
				accessTokens: 1,
				reuseConnections: false,
				sendsOnce: false,
			});
		},
	);

	it('reads every option', () => {
		const delivery = {
			maxAttempts: 7,
			backoffSeconds: 0.25,
			maxWaitSeconds: 12,
			timeoutSeconds: 4.5,
			concurrency: 50,
			uncertain: 'fail',
			reuseConnections: true,
			accessTokens: 4,
			sendOnceKey: 'order-1',
		};
		expect(settings(delivery)).toEqual({
			retry: { maxAttempts: 7, backoffMs: 250, maxWaitMs: 12_000, uncertain: 'fail' },
			concurrency: 50,
			timeoutMs: 4_500,
			accessTokens: 4,
			reuseConnections: true,
			sendsOnce: true,
		});
	});

	it.each([
		['maxAttempts', 1],
		['maxAttempts', 20],
		['backoffSeconds', 0],
		['backoffSeconds', 300],
		['maxWaitSeconds', 0],
		['maxWaitSeconds', 86_400],
		['timeoutSeconds', 300],
		['concurrency', 1],
		['concurrency', 50],
		['accessTokens', 1],
		['accessTokens', 10],
	])('takes the border value of %s: %d', (name, value) => {
		expect(() => settings({ [name]: value })).not.toThrow();
	});

	it.each([
		['maxAttempts', 0, "'Max Attempts' must be a whole number from 1 to 20"],
		['maxAttempts', 21, "'Max Attempts' must be"],
		['maxAttempts', 1.5, "'Max Attempts' must be"],
		['backoffSeconds', -1, "'Backoff (Seconds)' must be a number from 0 to 300"],
		['backoffSeconds', 301, "'Backoff (Seconds)' must be"],
		['maxWaitSeconds', 86_401, "'Max Wait (Seconds)' must be"],
		['timeoutSeconds', 0, "'Timeout (Seconds)' must be"],
		['timeoutSeconds', 301, "'Timeout (Seconds)' must be"],
		['concurrency', 0, "'Concurrency' must be a whole number from 1 to 50"],
		['concurrency', 1_000, "'Concurrency' must be"],
		['concurrency', '10', "'Concurrency' must be"],
		['concurrency', Number.NaN, "'Concurrency' must be"],
		['concurrency', {}, "'Concurrency' must be"],
		['accessTokens', 0, "'Access Tokens' must be"],
		['accessTokens', 11, "'Access Tokens' must be"],
		['uncertain', 'maybe', "'If Delivery Is Uncertain' has a value that is not allowed"],
		['reuseConnections', 'yes', "'Reuse Connections' must be true or false"],
	])('refuses %s %p', (name, value, message) => {
		expect(() => settings({ [name]: value })).toThrow(message);
	});

	it('says what the default is', () => {
		expect(inputErrorOf(() => settings({ concurrency: 0 }))).toMatchObject({
			field: 'Concurrency',
			remedy: "Change it under 'Delivery Options'; the default is 10",
		});
	});
});

describe('readSendOnceKey', () => {
	const key = (sendOnceKey: unknown, itemIndex = 0) =>
		readSendOnceKey(parametersOf({ delivery: { sendOnceKey } }), itemIndex);

	it('reads the key of each item', () => {
		expect(key((index: number) => `order-${index}`, 3)).toBe('order-3');
	});

	it('takes a number for a key', () => {
		expect(key(4711)).toBe('4711');
	});

	it.each(['', '  ', null, {}, true, 'x'.repeat(513)])(
		'refuses %p: such an item would not be protected',
		(value) => {
			expect(() => key(value)).toThrow("'Send Once Key'");
		},
	);
});
