import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../dev/simulator';
import { serveTls } from '../../unit/support/loopback';
import { beds } from '../support/bed';
import { detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { contactIds, customers } from '../support/workflows';

const openBed = beds();
const onError = 'continueRegularOutput';
const sixty = contactIds(60);

describe('connections', () => {
	it('are kept open with Reuse Connections', async () => {
		const bed = await openBed();
		const delivery = { reuseConnections: true, concurrency: 5 };
		await bed.run(customers(...sixty), { delivery });
		expect(bed.reached()).toEqual([...sixty].sort());
		// One that was idle for seconds is not used again: a busy machine opens some anew.
		expect(bed.simulator.stats.connections).toBeLessThanOrEqual(15);
	});

	it('are used again by a later execution', async () => {
		const bed = await openBed();
		const delivery = { reuseConnections: true, concurrency: 1 };
		await bed.run(customers('c1'), { delivery });
		const { connections } = bed.simulator.stats;
		await bed.run(customers(...contactIds(10)), { delivery });
		expect(bed.simulator.stats.connections).toBe(connections);
		expect(bed.sendCalls).toBe(11);
	});

	it('are made anew for every call by default', async () => {
		const bed = await openBed();
		await bed.run(customers(...contactIds(10)), { delivery: { concurrency: 1 } });
		expect(bed.simulator.stats.connections).toBe(11);
	});
});

/** What one message comes to, with everything that differs from call to call taken out. */
async function outcomeOf(fault: Fault, delivery: IDataObject): Promise<IDataObject> {
	const bed = await openBed({ faults: [fault] });
	const options = { uncertain: 'fail', maxAttempts: 2, timeoutSeconds: 0.4, ...delivery };
	const result = await bed.run(customers('c1'), { delivery: options }, { onError });
	const [{ error, details } = {}] = jsonOf(result);
	const { correlationId, code, ...rest } = (details ?? {}) as IDataObject;
	const hasCode = [typeof correlationId, typeof code];
	const text = (error as string).replace(/Correlation ID: [\w-]+|Network code: \w+/g, '…');
	return { text, rest, hasCode, calls: bed.sendCalls, reached: bed.reached() };
}

const troubles: [string, Fault][] = [
	['a time-out', { kind: 'hang', times: Infinity }],
	['a time-out after acceptance', { kind: 'hang', accept: true, times: Infinity }],
	['an answer that drips', { kind: 'slowBody', intervalMs: 200, times: Infinity }],
	['a reset', { kind: 'reset', times: Infinity }],
	['an answer that breaks off', { kind: 'truncatedBody', times: Infinity }],
	['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/sso' }],
	['a redirect that keeps the method', { kind: 'redirect', location: '/sso', status: 308 }],
	['a web page', { kind: 'html200' }],
	['broken JSON', { kind: 'invalidJson' }],
	['no content', { kind: 'empty204' }],
	['a huge answer', { kind: 'huge', bytes: 20_000_000 }],
	['a huge error', { kind: 'status', status: 400, body: 'x'.repeat(3_000_000) }],
	['a web page of a gateway', { kind: 'status', status: 502, body: 'html', times: Infinity }],
	['a 400', { kind: 'status', status: 400 }],
	['a 403', { kind: 'status', status: 403 }],
	['a 409', { kind: 'status', status: 409 }],
	['a 413', { kind: 'status', status: 413 }],
	['a 503 at the door', { kind: 'status', status: 503, headers: { 'Retry-After': '0' }, times: 9 }],
	['a 429', { kind: 'status', status: 429, headers: { 'Retry-After': '600' } }],
];

describe('Reuse Connections', () => {
	it.each(troubles)('tells of %s what the default tells', async (_name, fault) => {
		const byDefault = await outcomeOf(fault, {});
		expect(byDefault).toMatchObject({ rest: { attempts: expect.any(Number) as number } });
		expect(await outcomeOf(fault, { reuseConnections: true })).toEqual(byDefault);
	});

	it('survives a server that closes idle connections between two executions', async () => {
		const bed = await openBed({ faults: [{ kind: 'reset', nth: 2 }] });
		const delivery = { reuseConnections: true };
		await bed.run(customers('c1'), { delivery });
		const result = await bed.run(customers('c2'), { delivery });
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 2 }]);
		expect(bed.reached()).toEqual(['c1', 'c2']);
	});
});

describe.each([false, true])('TLS, with reuseConnections %s', (reuseConnections) => {
	it.each(['apiUrl', 'loginUrl'])('refuses a self-signed certificate of the %s', async (field) => {
		const visits: string[] = [];
		const server = await serveTls((request, response) => {
			visits.push(request.headers.authorization ?? '');
			response.end('{"id":"x","access_token":"t","expires_in":300}');
		});
		try {
			const bed = await openBed({ credential: { [field]: server.url } });
			const result = await bed.run(
				customers('c1'),
				{ delivery: { reuseConnections } },
				{ onError },
			);
			expect(jsonOf(result)[0]?.error).toEqual(
				textLike(/identity of the server could not be verified.*was not delivered/s),
			);
			expect(detailsOf(result)).toEqual([
				having({
					reason: 'network',
					code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
					attempts: 1,
					delivered: 'no',
				}),
			]);
			expect(visits).toEqual([]);
		} finally {
			await server.close();
		}
	});
});
