import type { IDataObject } from 'n8n-workflow';

import { deadUrl } from '../../unit/support/loopback';
import { beds, type Bed } from '../support/bed';
import { detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { customers } from '../support/workflows';

const openBed = beds();
const onError = 'continueRegularOutput';

/** Sends to one contact under Continue. */
async function sendOne(bed: Bed, delivery: IDataObject) {
	return await bed.run(customers('c1'), { delivery }, { onError });
}

/** A URL of a host that never exists (RFC 2606). */
async function unknownUrl(): Promise<string> {
	return 'https://nonexistent.invalid';
}

describe.each([false, true])('the network, with reuseConnections %s', (reuseConnections) => {
	it.each([false, true])('a reset is retried at least once (accepted: %s)', async (accept) => {
		const bed = await openBed({ faults: [{ kind: 'reset', accept }] });
		const result = await sendOne(bed, { reuseConnections });
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 2 }]);
		expect(bed.reached()).toEqual(accept ? ['c1', 'c1'] : ['c1']);
	});

	it.each([false, true])('a reset is not retried at most once (accepted: %s)', async (accept) => {
		const bed = await openBed({ faults: [{ kind: 'reset', accept }] });
		const result = await sendOne(bed, { reuseConnections, uncertain: 'fail' });
		expect(jsonOf(result)).toStrictEqual([
			{
				error: textLike(/may have been delivered/),
				details: {
					reason: 'network',
					code: textLike(/^[A-Z_]+$/),
					attempts: 1,
					delivered: 'unknown',
				},
			},
		]);
		expect(bed.sendCalls).toBe(1);
		expect(bed.reached()).toEqual(accept ? ['c1'] : []);
	});

	it('a server that hangs is a time-out, tried again', async () => {
		const bed = await openBed({ faults: [{ kind: 'hang' }] });
		const result = await sendOne(bed, { reuseConnections, timeoutSeconds: 1 });
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 2 }]);
	});

	it('a server that always hangs fails after its attempts', async () => {
		const bed = await openBed({ faults: [{ kind: 'hang', times: Infinity }] });
		const delivery = { reuseConnections, timeoutSeconds: 0.2, maxAttempts: 2 };
		const result = await sendOne(bed, delivery);
		expect(jsonOf(result)).toStrictEqual([
			{
				error: textLike(/did not answer in time/),
				details: having({ reason: 'timeout', attempts: 2, delivered: 'unknown' }),
			},
		]);
		expect(bed.sendCalls).toBe(2);
	});

	it('an answer that drips for ever is a time-out', async () => {
		const bed = await openBed({ faults: [{ kind: 'slowBody', intervalMs: 100 }] });
		const delivery = { reuseConnections, timeoutSeconds: 0.4, uncertain: 'fail' };
		const startedAt = performance.now();
		const result = await sendOne(bed, delivery);
		expect(performance.now() - startedAt).toBeLessThan(5000);
		expect(detailsOf(result)).toEqual([
			having({ reason: 'timeout', attempts: 1, delivered: 'unknown' }),
		]);
		expect(bed.reached()).toEqual(['c1']);
	});

	it('an answer that breaks off may have been accepted', async () => {
		const bed = await openBed({ faults: [{ kind: 'truncatedBody' }] });
		const result = await sendOne(bed, { reuseConnections, uncertain: 'fail' });
		expect(detailsOf(result)).toEqual([
			having({ reason: 'network', attempts: 1, delivered: 'unknown' }),
		]);
		expect(bed.reached()).toEqual(['c1']);
	});

	it.each([
		['a refused connection', async () => await deadUrl('https'), 'ECONNREFUSED'],
		['an unknown host', unknownUrl, textLike(/^(ENOTFOUND|EAI_AGAIN)$/)],
	])('%s is retried, and certainly not delivered', async (_name, urlOf, code) => {
		const apiUrl = await urlOf();
		const bed = await openBed({ credential: { apiUrl } });
		const result = await sendOne(bed, { reuseConnections, uncertain: 'fail' });
		expect(jsonOf(result)).toStrictEqual([
			{
				error: textLike(/was not delivered/),
				details: { reason: 'network', code, attempts: 3, delivered: 'no' },
			},
		]);
		expect(bed.sendCalls).toBe(0);
	});

	it('many messages survive a flaky connection, each exactly once', async () => {
		const bed = await openBed({ faults: [{ kind: 'reset', probability: 0.3 }] });
		const ids = Array.from({ length: 60 }, (_value, index) => `f${index + 10}`);
		const result = await bed.run(customers(...ids), {
			delivery: { reuseConnections, maxAttempts: 20 },
		});
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual(ids);
		expect(bed.sendCalls).toBeGreaterThan(60);
	});
});
