import { DeliveryReader } from '../../../nodes/GenesysCloud/n8n/deliveryReader';
import { parametersOf } from '../support/context';
import { inputErrorOf } from '../support/inputErrors';

/** Options with a Send Once Key as it was written, and what n8n makes of it. */
const withKey = (sendOnceKey: string, value: unknown) =>
	new DeliveryReader({
		getNodeParameter: (_name, _index, fallback, options) =>
			options?.rawExpressions ? { sendOnceKey } : (value ?? fallback),
	});

const textsOf = (act: () => unknown) => {
	const { message, field, remedy } = inputErrorOf(act);
	return { message, field, remedy };
};

const OWN_KEY = 'Use an expression that gives every item its own key, such as an order number';

describe('a Send Once Key with text around its expressions', () => {
	it.each([
		['={{ $json.id }}-shipped', '-shipped', '-shipped'],
		['=order-{{ $json.id }}', 'order-', 'order-'],
		['=a-{{ $json.a }}-b-{{ $json.b }}-c', 'a--b--c', 'a--b--c'],
		['={{ { a: { b: 1 }} }}-nested', '-nested', '-nested'],
		['={{ $json.id }} shipped ', ' shipped ', 'shipped'],
		['={{ $json.id }}-Zoe\u0308', '-Zoe\u0308', '-Zo\u00eb'],
	])('is refused when nothing but the text is left of %j', (written, value, left) => {
		expect(textsOf(() => withKey(written, value).sendOnceKey(0))).toEqual({
			field: 'Send Once Key',
			message: `'Send Once Key' has an expression that gives nothing, so that '${left}' alone is left of it`,
			remedy: OWN_KEY,
		});
	});

	it.each([
		['={{ $json.id }}-shipped', '7-shipped'],
		['=a-{{ $json.a }}-b-{{ $json.b }}-c', 'a-1-b--c'],
		['=order-{{ $json.id }}', 'order-7'],
	])('counts when %j gives %j', (written, value) => {
		expect(withKey(written, value).sendOnceKey(0)).toBe(value);
	});

	it('is refused when n8n has no value for it', () => {
		const { field, remedy } = textsOf(() => withKey('={{ $json.id }}', undefined).sendOnceKey(0));
		expect([field, remedy]).toEqual(['Send Once Key', OWN_KEY]);
	});

	it.each(['order-shipped', '=order-shipped', '{{ $json.id }}'])(
		'is refused when it computes nothing: %j',
		(written) => {
			expect(textsOf(() => withKey(written, written))).toEqual({
				field: 'Send Once Key',
				message:
					"'Send Once Key' is always the same, so that only the very first customer would ever get the message",
				remedy:
					'Use an expression that names the customer and the occasion, such as {{ $json.customerId }}-order-shipped',
			});
		},
	);
});

describe('the expression of an option', () => {
	const refuses = () => {
		throw new Error('Paired item data unavailable');
	};
	const read = (delivery: object) => new DeliveryReader(parametersOf({ delivery }));

	it.each([
		['dryRun', 'Dry Run'],
		['onceADay', 'Once a Day'],
		['uncertain', 'If Delivery Is Uncertain'],
	])('must give a value for %s', (name, field) => {
		expect(textsOf(() => read({ [name]: () => '' }))).toEqual({
			field,
			message: `'${field}' has an expression that gives nothing`,
			remedy: "Use one that always gives a value, or remove the option under 'Delivery Options'",
		});
	});

	it.each([
		['maxAttempts', 'Max Attempts'],
		['timeoutSeconds', 'Timeout (Seconds)'],
		['ofALaterVersion', 'ofALaterVersion'],
	])('that n8n refuses for %s is told by the name %s', (name, field) => {
		expect(textsOf(() => read({ [name]: refuses })).field).toBe(field);
	});

	it('that n8n refuses for an item is told by the name Send Window', () => {
		expect(textsOf(() => read({ sendWindow: refuses }).sendWindow(2)).field).toBe('Send Window');
	});
});
