import * as fc from 'fast-check';

/** Texts that mean something to parsers, URLs, headers or JavaScript itself. */
const AWKWARD = [
	'__proto__',
	'constructor',
	'toString',
	'../../../../oauth/token',
	'%2e%2e%2f',
	'..%2f..%2fusers',
	'x?expand=y',
	'x#y',
	'x/y',
	'x\\y',
	'line\r\nX-Injected: 1',
	'\u0000',
	'\u202egpj.exe',
	'\ud800',
	'👩‍👩‍👧‍👦',
	'={{ $json.secret }}',
	'{{ 1 + 1 }}',
	'? ',
	'?timeout',
	' ',
	'',
] as const;

/** Any text, with a liking for the awkward ones. */
export function anyText(): fc.Arbitrary<string> {
	return fc.oneof(
		{ weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
		{ weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
		{ weight: 1, arbitrary: fc.constantFrom(...AWKWARD) },
		{ weight: 1, arbitrary: fc.constantFrom(...AWKWARD).map((text) => `a${text}b`) },
	);
}

/** Names of fields that answers of the API have, and names that every object inherits. */
const NAMES = [
	...['id', 'status', 'message', 'code', 'error', 'details', 'entities', 'results', 'reasons'],
	...['participants', 'purpose', 'state', 'messages', 'conversationId', 'externalContact'],
	...['normalizedReceipts', 'cellPhone', 'part', 'value', 'parameter', 'bodyParameters'],
	...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'toJSON', 'length'],
] as const;

/** Any value that JSON can hold, made of names that the code reads or that may break it. */
export function anyJson(): fc.Arbitrary<unknown> {
	const key = fc.oneof(fc.constantFrom(...NAMES), anyText());
	const { value } = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4, depthSize: 'small' },
			anyText(),
			fc.constantFrom('customer', 'connected', 'delivery-failed', 'body', 'MessagingTemplate'),
			fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
			// String() and template literals throw for these.
			fc.constantFrom({ toString: 'x' }, { toString: null, valueOf: 1 }, [{ toString: 1 }]),
			fc.array(tie('value'), { maxLength: 4 }),
			fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map(Object.fromEntries),
		),
	}));
	// What came over the wire was JSON: no undefined, no -0, no NaN.
	return value.map((made) => JSON.parse(JSON.stringify(made ?? null)) as unknown);
}

/** Any JSON object. */
export function anyObject(): fc.Arbitrary<Record<string, unknown>> {
	const fields = fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), anyText()), anyJson(), {
		maxKeys: 10,
	});
	return fields.map((made) => JSON.parse(JSON.stringify(made)) as Record<string, unknown>);
}
