import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Fault, FaultEndpoint } from '../../../dev/simulator';
import { anyJson, anyObject, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { ALL_REASONS } from '../../unit/support/failures';
import { beds } from '../support/bed';
import { expectOneOutcomeEach, UNLIMITED } from '../support/fuzz';
import { anyItems, OF_ONE_ITEM } from '../support/operations';
import { jsonOf } from '../support/outcomes';
import { everythingOf, formsOf, watch, type Watch } from '../support/secrets';

const openBed = beds();
const onError = 'continueErrorOutput';

/** What a header may hold (RFC 9110, 5.5), names included that the node reads. */
const headerValue = fc.oneof(
	fc.string({ maxLength: 30 }),
	fc.constantFrom('-1', '1e3', '9'.repeat(20), 'NaN', 'Wed, 21 Oct 2015 07:28:00 GMT'),
	fc.nat({ max: 400 }).map(String),
);
const headerName = fc.constantFrom(
	...['inin-ratelimit-allowed', 'inin-ratelimit-count', 'inin-ratelimit-reset'],
	...['inin-correlation-id', 'location', 'x-anything', 'content-type', 'set-cookie', 'link'],
);
/** A wait that the node would really wait for has tests of its own; here it asks for none or too much. */
const retryAfter = fc.constantFrom('0', '-5', 'soon', '99999', '1e9', '999999999999999');

const answers = fc
	.record({
		status: fc.oneof(
			fc.integer({ min: 200, max: 599 }),
			fc.constantFrom(200, 400, 404, 409, 429, 503),
		),
		body: fc.oneof(
			anyObject(),
			anyObject().map((body) => ({ ...body, id: 'm-1' })),
			anyJson().map((body) => JSON.stringify(body)),
			anyText(),
			fc.constantFrom('html', 'empty'),
		),
		headers: fc.dictionary(headerName, headerValue, { maxKeys: 4, noNullPrototype: true }),
		wait: retryAfter,
	})
	.map(({ wait, headers, ...answer }) => ({
		...answer,
		headers: { 'content-type': 'application/json', ...headers, 'retry-after': wait },
	}));

const cases: { title: string; endpoint: FaultEndpoint; parameters: IDataObject }[] = [
	...OF_ONE_ITEM.map((entry) => ({ ...entry, endpoint: entry.operation.kind })),
	{ title: 'the token endpoint', endpoint: 'token', parameters: {} },
];

/** Whether an object and all in it are plain: nothing of an answer became a prototype. */
function isPlain(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return true;
	const prototype = Object.getPrototypeOf(value) as unknown;
	const own = Array.isArray(value) ? Array.prototype : Object.prototype;
	return prototype === own && Object.values(value).every(isPlain);
}

let watched: Watch;
beforeEach(() => {
	watched = watch();
});
afterEach(() => watched.stop());

describe('any answer', () => {
	it.each(cases)('of $title gives each item one outcome', async ({ endpoint, parameters }) => {
		const settings = fc.record({ simplify: fc.boolean(), reuseConnections: fc.boolean() });
		const inherited = Object.getOwnPropertyNames(Object.prototype);
		const property = fc.asyncProperty(
			...[answers, settings, fc.integer({ min: 1, max: 3 })],
			async (answer, { simplify, reuseConnections }, count) => {
				// A bed for each answer: what it says of the rate limit would hold for the next ones.
				const fault: Fault = { kind: 'status', endpoint, times: Infinity, ...answer };
				const bed = await openBed({ ...UNLIMITED, faults: [fault] });
				const delivery = { reuseConnections, maxWaitSeconds: 0, maxAttempts: 2 };
				const result = await bed.run(
					anyItems(count),
					{ ...parameters, simplify, delivery },
					{ onError },
				);
				expectOneOutcomeEach(result, count, ALL_REASONS);
				expect([0, 1].flatMap((output) => jsonOf(result, output)).every(isPlain)).toBe(true);
				expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(inherited);
				const everything = everythingOf(result, watched.lines);
				const { clientSecret } = bed.client;
				const headers = [...watched.authorizations].map((header) => header.split(' ')[1] ?? header);
				const shown = [clientSecret, ...headers]
					.flatMap(formsOf)
					.filter((secret) => everything.includes(secret));
				expect(shown).toEqual([]);
				await bed.simulator.stop();
			},
		);
		await fc.assert(property, runs(25));
	});
});
