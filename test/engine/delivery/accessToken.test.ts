import type { Fault } from '../../../dev/simulator';
import { deadUrl } from '../../unit/support/loopback';
import { createEngine } from '../../../dev/headless-n8n';
import { beds, builtPackage } from '../support/bed';
import { detailsOf, having, hintOf, jsonOf, textLike } from '../support/outcomes';
import { contactIds, CREDENTIAL_ID, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const onError = 'continueRegularOutput';
const twenty = customers(...contactIds(20));

/** A fault of the token endpoint that never ends. */
function tokenFault(fault: Fault): Fault {
	return { times: Infinity, ...fault, endpoint: 'token' };
}

describe('the access token', () => {
	it('is fetched once for parallel messages, and used again by a later execution', async () => {
		const slow = { kind: 'latency', ms: 50, endpoint: 'token' } as const;
		const bed = await openBed({ faults: [slow] });
		await bed.run(twenty, { delivery: { concurrency: 20 } });
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		await bed.run(twenty, { delivery: { concurrency: 20 } });
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		expect(bed.simulator.journal.count).toBe(40);
		expect(new Set(bed.simulator.journal.all().map(({ tokenId }) => tokenId)).size).toBe(1);
	});

	it('is fetched once by two executions that start together', async () => {
		const slow = { kind: 'latency', ms: 50, endpoint: 'token' } as const;
		const bed = await openBed({ faults: [slow] });
		await Promise.all([bed.run(twenty), bed.run(twenty)]);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		expect(bed.simulator.journal.count).toBe(40);
	});

	it('is renewed before it expires: no call is refused', async () => {
		const bed = await openBed({ simulator: { tokenLifetimeSeconds: 2 } });
		bed.simulator.faults.add({ kind: 'latency', ms: 300, times: Infinity });
		const result = await bed.run(customers(...contactIds(8)), { delivery: { concurrency: 1 } });
		expect(jsonOf(result)).toHaveLength(8);
		expect(bed.simulator.stats.tokenRequests).toBeGreaterThanOrEqual(2);
		expect(bed.answered(401)).toBe(0);
	});

	it('is never used by a credential with the same client ID and a wrong secret', async () => {
		const bed = await openBed();
		await bed.run(customers('c1'));
		const { url } = bed.simulator;
		const { clientId } = bed.client;
		const fields = { environment: 'custom', loginUrl: url, apiUrl: url, clientId };
		const thief = createEngine({
			packages: [await builtPackage()],
			credentials: {
				[CREDENTIAL_ID]: {
					name: 'Thief',
					type: 'genesysCloudApi',
					data: { ...fields, clientSecret: 'guess' },
				},
			},
		});
		const result = await thief.run(sendWorkflow({}, { onError }), { input: customers('c2') });
		expect(detailsOf(result)).toEqual([having({ reason: 'invalidCredentials' })]);
		expect(bed.reached()).toEqual(['c1']);
		const again = await bed.run(customers('c3'));
		expect(jsonOf(again)).toMatchObject([{ status: 'sent' }]);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});
});

describe('a token endpoint in trouble', () => {
	it('refusing the client fails all items with one call, and tells what to check', async () => {
		const bed = await openBed({ credential: { clientSecret: 'wrong' } });
		const result = await bed.run(twenty, {}, { onError });
		expect(jsonOf(result)).toHaveLength(20);
		expect(jsonOf(result)[0]).toStrictEqual({
			error: textLike(/client ID and secret.*environment.*wrong region/s),
			details: having({
				reason: 'invalidCredentials',
				httpCode: '400',
				code: 'invalid_client',
				delivered: 'no',
			}),
		});
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		expect(bed.sendCalls).toBe(0);
	});

	it('refusing the client is asked just once when items follow one another', async () => {
		const bed = await openBed({ credential: { clientSecret: 'wrong' } });
		await bed.run(twenty, { delivery: { concurrency: 1 } }, { onError });
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});

	it('throttling is waited out like a 429', async () => {
		const bed = await openBed({ faults: [{ kind: 'tokenThrottle' }] });
		const result = await bed.run(customers('c1', 'c2'));
		expect(jsonOf(result)).toMatchObject([
			{ status: 'sent', attempts: 1 },
			{ status: 'sent', attempts: 1 },
		]);
		expect(hintOf(result)).toMatch(/^Messages: 2 sent, waited [1-3] s for the rate limit\.$/);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});

	it('throttling for longer than is waited fails, with the message not delivered', async () => {
		const bed = await openBed({ faults: [tokenFault({ kind: 'tokenThrottle' })] });
		const delivery = { maxWaitSeconds: 0.5 };
		const result = await bed.run(customers('c1'), { delivery }, { onError });
		expect(detailsOf(result)).toEqual([
			having({ reason: 'rateLimited', delivered: 'no', retryAfterSeconds: 1 }),
		]);
		expect(bed.sendCalls).toBe(0);
	});

	it.each<[string, Fault, object, number]>([
		['down', { kind: 'status', status: 503 }, { reason: 'serverError', httpCode: '503' }, 3],
		['resetting', { kind: 'reset' }, { reason: 'network' }, 3],
		// Other executions may wait for the same login: it goes on.
		['hanging', { kind: 'hang' }, { reason: 'timeout' }, 1],
	])('%s is tried again, then fails as not delivered', async (_name, fault, details, logins) => {
		const bed = await openBed({ faults: [tokenFault(fault)] });
		const timeoutSeconds = fault.kind === 'hang' ? 0.2 : 10;
		const delivery = { timeoutSeconds, uncertain: 'fail' };
		const result = await bed.run(customers('c1'), { delivery }, { onError });
		expect(detailsOf(result)).toEqual([having({ ...details, delivered: 'no', attempts: 3 })]);
		expect(bed.simulator.stats.tokenRequests).toBe(logins);
		expect(bed.sendCalls).toBe(0);
	});

	it.each<[string, Fault]>([
		['HTML', { kind: 'html200' }],
		['an error page', { kind: 'status', status: 404, body: 'html' }],
		['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/' }],
		['broken JSON', { kind: 'invalidJson' }],
		['no token', { kind: 'status', status: 200, body: { token_type: 'bearer' } }],
		['a token no header can hold', { kind: 'status', status: 200, body: { access_token: 'a\nb' } }],
	])('answering with %s fails all items, with one text', async (_name, fault) => {
		const bed = await openBed({ faults: [tokenFault(fault)] });
		const delivery = { concurrency: 1 };
		const result = await bed.run(customers('c1', 'c2'), { delivery }, { onError });
		const failed = having({
			error: textLike(/login URL did not answer like.*was not delivered/s),
			details: having({ reason: 'unexpectedResponse', delivered: 'no' }),
		});
		expect(jsonOf(result)).toEqual([failed, failed]);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		expect(bed.sendCalls).toBe(0);
	});

	it('that cannot be reached is a network failure', async () => {
		const bed = await openBed({ credential: { loginUrl: await deadUrl('https') } });
		const result = await bed.run(customers('c1'), {}, { onError });
		expect(detailsOf(result)).toStrictEqual([
			{ reason: 'network', code: 'ECONNREFUSED', attempts: 3, delivered: 'no' },
		]);
		expect(bed.sendCalls).toBe(0);
	});

	it('that recovers is forgotten', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 500, endpoint: 'token', times: 3 }],
		});
		await bed.run(customers('c1'), {}, { onError });
		const result = await bed.run(customers('c1'));
		expect(jsonOf(result)).toMatchObject([{ status: 'sent' }]);
	});
});
