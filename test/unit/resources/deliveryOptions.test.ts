import { readDeliverySettings } from '../../../nodes/GenesysCloud/resources/deliveryOptions';
import { DEFAULT_SETTINGS } from '../support/deliverySettings';
import { inputErrorOf } from '../support/inputErrors';

const REMEDY = "Change it under 'Delivery Options'";

describe('the Delivery Options', () => {
	it('have defaults, in the units of the code', () => {
		expect(readDeliverySettings({})).toEqual(DEFAULT_SETTINGS);
	});

	it('are taken as they are given, also as text', () => {
		const options = {
			maxAttempts: '5',
			backoffSeconds: 0.25,
			maxWaitSeconds: '60',
			uncertain: 'fail',
			concurrency: 50,
			timeoutSeconds: 2.5,
			accessTokens: 10,
			reuseConnections: 'true',
			dryRun: 'manual',
			onceADay: true,
			stopAfterFailures: 0,
		};
		expect(readDeliverySettings(options)).toEqual({
			retry: { maxAttempts: 5, backoffMs: 250, maxWaitMs: 60_000, uncertain: 'fail' },
			concurrency: 50,
			timeoutMs: 2_500,
			accessTokens: 10,
			reuseConnections: true,
			dryRun: 'manual',
			onceADay: true,
			stopAfterFailures: 0,
		});
	});

	it('have a time limit of whole milliseconds', () => {
		expect(readDeliverySettings({ timeoutSeconds: 1.23456 }).timeoutMs).toBe(1_235);
	});

	it.each(['never', 'manual', 'always'])('have the dry run %s', (dryRun) => {
		expect(readDeliverySettings({ dryRun }).dryRun).toBe(dryRun);
	});

	it.each([
		['accessTokens', 'Access Tokens', 1, 10, 'whole number', 1],
		['backoffSeconds', 'Backoff (Seconds)', 0, 300, 'number', 1],
		['concurrency', 'Concurrency', 1, 50, 'whole number', 10],
		['maxAttempts', 'Max Attempts', 1, 20, 'whole number', 3],
		['maxWaitSeconds', 'Max Wait (Seconds)', 0, 86_400, 'number', 180],
		['stopAfterFailures', 'Stop After Failures', 0, 100_000, 'whole number', 50],
		['timeoutSeconds', 'Timeout (Seconds)', 0.1, 300, 'number', 30],
	])('refuse a value of %s out of its range', (name, field, min, max, kind, fallback) => {
		for (const value of [min, max]) {
			expect(() => readDeliverySettings({ [name]: value })).not.toThrow();
		}
		for (const value of [min - 0.1, max + 1, 'many', true]) {
			const error = inputErrorOf(() => readDeliverySettings({ [name]: value }));
			expect(error.message).toBe(`'${field}' must be a ${kind} from ${min} to ${max}`);
			expect(error.remedy).toBe(`${REMEDY}; the default is ${fallback}`);
		}
	});

	it.each(['accessTokens', 'concurrency', 'maxAttempts', 'stopAfterFailures'])(
		'refuse a part of one for %s',
		(name) => {
			expect(() => readDeliverySettings({ [name]: 1.5 })).toThrow('must be a whole number');
		},
	);

	it.each([
		['dryRun', 'Dry Run', 'never, manual, always'],
		['uncertain', 'If Delivery Is Uncertain', 'retry, fail'],
	])('refuse a value of %s that they do not have', (name, field, values) => {
		const error = inputErrorOf(() => readDeliverySettings({ [name]: 'perhaps' }));
		expect(error.message).toBe(`'${field}' has a value that is not allowed`);
		expect(error.remedy).toBe(`Use one of: ${values}`);
	});

	it.each([
		['onceADay', 'Once a Day'],
		['reuseConnections', 'Reuse Connections'],
	])('refuse a value of %s that is no switch', (name, field) => {
		const error = inputErrorOf(() => readDeliverySettings({ [name]: 'perhaps' }));
		expect(error.message).toBe(`'${field}' is neither true nor false`);
	});
});
