import { DeliveryReader } from '../../../nodes/GenesysCloud/n8n/deliveryReader';
import { parametersOf } from '../support/context';
import { DEFAULT_SETTINGS } from '../support/deliverySettings';
import { inputErrorOf } from '../support/inputErrors';

const optionsOf = (delivery?: unknown) => new DeliveryReader(parametersOf({ delivery }));
const settings = (delivery?: unknown) => optionsOf(delivery).settings;

describe('the settings of a run', () => {
	it.each([undefined, null, {}, { maxAttempts: null, uncertain: undefined }])(
		"are the design's defaults for %j",
		(delivery) => {
			expect(settings(delivery)).toEqual(DEFAULT_SETTINGS);
		},
	);

	it('are what the user gave, as numbers and switches or as the text of a variable', () => {
		const expected = {
			retry: { maxAttempts: 7, backoffMs: 250, maxWaitMs: 12_000, uncertain: 'fail' },
			concurrency: 50,
			timeoutMs: 4_500,
			accessTokens: 4,
			reuseConnections: true,
			dryRun: 'manual',
			onceADay: true,
			stopAfterFailures: 0,
		};
		const numbers = {
			...{ maxAttempts: 7, backoffSeconds: 0.25, maxWaitSeconds: 12, timeoutSeconds: 4.5 },
			...{ concurrency: 50, accessTokens: 4, stopAfterFailures: 0 },
		};
		const switches = { reuseConnections: true, onceADay: true };
		const choices = { uncertain: 'fail', dryRun: 'manual' };
		expect(settings({ ...numbers, ...switches, ...choices })).toEqual(expected);
		const texts = Object.entries({ ...numbers, ...switches }).map(([name, value]) => [
			name,
			String(value),
		]);
		expect(settings({ ...Object.fromEntries(texts), ...choices })).toEqual(expected);
	});

	it.each([
		['maxAttempts', 1, 20],
		['backoffSeconds', 0, 300],
		['maxWaitSeconds', 0, 86_400],
		['concurrency', 1, 50],
		['accessTokens', 1, 10],
	])('%s goes from %d to %d', (name, min, max) => {
		for (const value of [min, max]) expect(() => settings({ [name]: value })).not.toThrow();
		for (const value of [min - 1, max + 1]) expect(() => settings({ [name]: value })).toThrow("'");
	});

	it.each([
		['maxAttempts', 1.5, "'Max Attempts' must be a whole number from 1 to 20"],
		['backoffSeconds', -1, "'Backoff (Seconds)' must be a number from 0 to 300"],
		['timeoutSeconds', 0, "'Timeout (Seconds)' must be"],
		['timeoutSeconds', 301, "'Timeout (Seconds)' must be"],
		['concurrency', Number.NaN, "'Concurrency' must be a whole number from 1 to 50"],
		['concurrency', {}, "'Concurrency' must be"],
		['concurrency', 'many', "'Concurrency' must be"],
		['uncertain', 'maybe', "'If Delivery Is Uncertain' has a value that is not allowed"],
		['dryRun', true, "'Dry Run'"],
		['reuseConnections', 'yes', "'Reuse Connections' is neither true nor false"],
		['onceADay', 'yes', "'Once a Day' is neither true nor false"],
	])('refuse %s %p', (name, value, message) => {
		expect(() => settings({ [name]: value })).toThrow(message);
	});

	it.each(
		['dryRun', 'onceADay', 'uncertain'].flatMap((name) =>
			[undefined, null, '', '\u200b'].map((value) => [name, value] as const),
		),
	)('refuse %s by an expression that gives %j: the guard would be off', (name, value) => {
		expect(() => settings({ [name]: () => value })).toThrow('has an expression that gives nothing');
	});

	it('are the defaults where an expression gives no number', () => {
		expect(settings({ stopAfterFailures: () => undefined, concurrency: () => null })).toEqual(
			DEFAULT_SETTINGS,
		);
	});

	it('say what the default is', () => {
		expect(inputErrorOf(() => settings({ concurrency: 0 }))).toMatchObject({
			field: 'Concurrency',
			remedy: "Change it under 'Delivery Options'; the default is 10",
		});
	});
});

describe('the Send Once Key of an item', () => {
	const keyOf = (key: unknown, itemIndex = 0) =>
		optionsOf({ sendOnceKey: () => key }).sendOnceKey(itemIndex);

	it('is read for each item', () => {
		const options = optionsOf({ sendOnceKey: (index: number) => `order-${index}` });
		expect(options.hasKeys).toBe(true);
		expect([options.sendOnceKey(0), options.sendOnceKey(3)]).toEqual(['order-0', 'order-3']);
	});

	it.each([
		[4711, '4711'],
		['  order-1\n', 'order-1'],
		['Zoe\u0308', 'Zo\u00eb'],
	])('%p counts as %p', (value, expected) => {
		expect(keyOf(value)).toBe(expected);
	});

	it.each(['', '  ', null, undefined, {}, true, 'x'.repeat(513)])(
		'cannot be %p: such an item would not be protected',
		(value) => {
			expect(() => keyOf(value)).toThrow("'Send Once Key'");
		},
	);

	it.each(['undefined-shipped', 'order_null', 'order/NaN', '[object Object]-shipped'])(
		'cannot be %j: every customer without the field would share it',
		(value) => {
			expect(() => keyOf(value)).toThrow(/'Send Once Key' holds '.*gives/);
		},
	);

	it('cannot hold a number of a spreadsheet without its last digits, which many customers share', () => {
		expect(() => keyOf('4.9E+11-shipped')).toThrow("'Send Once Key' holds a number that a spread");
	});

	it.each([undefined, {}, { sendOnceKey: '' }, { sendOnceKey: '=' }])(
		'is not set: %j',
		(delivery) => {
			expect(optionsOf(delivery)).toMatchObject({ hasKeys: false });
			expect(optionsOf(delivery).sendOnceKey(0)).toBeUndefined();
		},
	);

	it('cannot be a constant: only the very first customer would get the message', () => {
		expect(() => optionsOf({ sendOnceKey: 'order-shipped' })).toThrow("'Send Once Key' is always");
	});
});

describe('the Send Window of an item', () => {
	it('is read for each item', () => {
		const window = (index: number) => ({ window: { from: `0${index}:00`, to: '21:00' } });
		const options = optionsOf({ sendWindow: window });
		expect(options.sendWindow(7)).toEqual({ window: { from: '07:00', to: '21:00' } });
		expect(optionsOf({}).sendWindow(7)).toBeUndefined();
	});
});
