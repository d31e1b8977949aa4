import type { FaultAction } from '../../../dev/simulator';
import { serveSecurely } from '../../support/secure';
import { beds } from '../support/bed';
import { detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { customers } from '../support/workflows';

const openBed = beds();
const onError = 'continueRegularOutput';

const notTheApi: [string, FaultAction, number][] = [
	['a web page', { kind: 'html200' }, 0],
	['broken JSON', { kind: 'invalidJson' }, 1],
	['no content', { kind: 'empty204' }, 1],
	['an answer without an ID', { kind: 'status', status: 200, body: { ok: true } }, 0],
	['an empty ID', { kind: 'status', status: 200, body: { id: '' } }, 0],
	['a list', { kind: 'status', status: 200, body: [{ id: 'x' }] }, 0],
	['JSON that is text', { kind: 'status', status: 200, body: '"sent"' }, 0],
	['an endless answer', { kind: 'huge', bytes: 50_000_000 }, 1],
];

describe.each([false, true])('a 2xx, with reuseConnections %s', (reuseConnections) => {
	it.each(notTheApi)('with %s is not "sent", and not retried', async (_name, fault, accepted) => {
		const bed = await openBed({ faults: [{ ...fault, times: Infinity }] });
		const delivery = { reuseConnections };
		const result = await bed.run(customers('c1'), { delivery }, { onError });
		expect(jsonOf(result)).toStrictEqual([
			{
				error: textLike(/did not come from the Genesys Cloud API.*may have been delivered/s),
				details: having({
					reason: 'unexpectedResponse',
					httpCode: textLike(/^20[04]$/),
					attempts: 1,
					delivered: 'unknown',
				}),
			},
		]);
		expect(bed.sendCalls).toBe(1);
		expect(bed.reached()).toHaveLength(accepted);
	});

	it('with a large answer of the API is sent', async () => {
		const bed = await openBed({ faults: [{ kind: 'huge', bytes: 500_000 }] });
		const result = await bed.run(customers('c1'), { delivery: { reuseConnections } });
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 1 }]);
	});

	it.each([301, 302, 307, 308])('a redirect (%i) is not followed', async (status) => {
		const visits: string[] = [];
		const elsewhere = await serveSecurely((request, response) => {
			visits.push(request.headers.authorization ?? 'without a token');
			response.end('{"id":"stolen"}');
		});
		const location = `${elsewhere.url}/sso`;
		const bed = await openBed({ faults: [{ kind: 'redirect', location, status }] });
		const delivery = { reuseConnections };
		const result = await bed.run(customers('c1'), { delivery }, { onError });
		await elsewhere.close();
		expect(visits).toEqual([]);
		expect(detailsOf(result)).toEqual([
			having({
				reason: 'unexpectedResponse',
				httpCode: String(status),
				attempts: 1,
				delivered: 'unknown',
			}),
		]);
		expect(bed.sendCalls).toBe(1);
		expect(JSON.stringify(jsonOf(result))).not.toContain(location);
	});
});
