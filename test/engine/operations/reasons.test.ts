import { beds } from '../support/bed';
import { anyText, detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { contactIds, customers } from '../support/workflows';

const openBed = beds();
const onError = 'continueRegularOutput';
const uuid = textLike(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);

describe('refusals by the API', () => {
	it.each([
		[400, 'badRequest', 'bad.request', /400/],
		[403, 'forbidden', 'not.authorized', /insufficient permissions.*webchat:messaging/s],
		[404, 'contactNotFound', 'not.found', /does not exist/],
		[405, 'badRequest', 'bad.request', /405/],
		[409, 'conflict', 'general.conflict', /409/],
		[413, 'badRequest', 'bad.request', /413/],
		[422, 'badRequest', 'bad.request', /422/],
	])('%i is %s: details, a remedy, and no second try', async (status, reason, code, text) => {
		const bed = await openBed({ faults: [{ kind: 'status', status, times: Infinity }] });
		const result = await bed.run(customers('c1'), {}, { onError });
		const httpCode = String(status);
		expect(jsonOf(result)).toStrictEqual([
			{
				error: textLike(text),
				details: {
					reason,
					httpCode,
					code,
					apiMessage: anyText,
					correlationId: uuid,
					attempts: 1,
					delivered: 'no',
				},
			},
		]);
		expect(bed.sendCalls).toBe(1);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});

	it('403 names the missing permission', async () => {
		const bed = await openBed({ permissions: false });
		const result = await bed.run(customers('c1'), {}, { onError });
		expect(jsonOf(result)).toMatchObject([
			{
				error: textLike(/webchat:messaging/),
				details: { reason: 'forbidden', code: 'missing.permissions' },
			},
		]);
	});

	it('an error without a body has its status', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 409, body: 'empty' }] });
		const result = await bed.run(customers('c1'), {}, { onError });
		expect(detailsOf(result)).toStrictEqual([
			{
				reason: 'conflict',
				httpCode: '409',
				correlationId: uuid,
				attempts: 1,
				delivered: 'unknown',
			},
		]);
	});

	it('an error of a gateway shows none of its HTML', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 403, body: 'html' }] });
		const result = await bed.run(customers('c1'), {}, { onError });
		expect(JSON.stringify(jsonOf(result))).not.toContain('html');
		expect(detailsOf(result)).toEqual([having({ reason: 'forbidden', httpCode: '403' })]);
	});

	it('cleans and cuts what the API says', async () => {
		const body = { message: `Bad\u0007\n\tthing \u202e${'x'.repeat(5000)}`, code: 'bad.request' };
		const bed = await openBed({ faults: [{ kind: 'status', status: 400, body }] });
		const result = await bed.run(customers('c1'), {}, { onError });
		expect(detailsOf(result)).toEqual([having({ apiMessage: textLike(/^Bad thing x{100,490}$/) })]);
	});
});

describe('a refused access token', () => {
	it('is renewed once, and the call repeated once', async () => {
		const bed = await openBed();
		await bed.run(customers('c1'));
		bed.simulator.revokeTokens();
		const result = await bed.run(customers('c2'));
		expect(jsonOf(result)).toMatchObject([{ contactId: 'c2', status: 'sent', attempts: 1 }]);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
		expect(bed.answered(401)).toBe(1);
		expect(bed.reached()).toEqual(['c1', 'c2']);
	});

	it('is renewed once for all messages in flight', async () => {
		const bed = await openBed();
		await bed.run(customers('c0'));
		bed.simulator.revokeTokens();
		const result = await bed.run(customers(...contactIds(20)));
		expect(jsonOf(result)).toHaveLength(20);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
		expect(bed.reached()).toHaveLength(21);
	});

	it('fails as unauthorized when the new one is refused too', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 401, times: Infinity }] });
		const result = await bed.run(customers('c1'), {}, { onError });
		expect(jsonOf(result)).toStrictEqual([
			{
				error: textLike(/not even a new one/),
				details: having({ reason: 'unauthorized', httpCode: '401', attempts: 1, delivered: 'no' }),
			},
		]);
		expect(bed.sendCalls).toBe(2);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});
});

describe('server errors', () => {
	it.each([500, 502, 503, 504, 599])('%i is tried again', async (status) => {
		const bed = await openBed({ faults: [{ kind: 'status', status, times: 2 }] });
		const result = await bed.run(customers('c1'));
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 3 }]);
		expect(bed.reached()).toEqual(['c1']);
	});

	it('fail after the last attempt, without a wait after it', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 503, body: 'html', times: Infinity }],
		});
		const delivery = { maxAttempts: 1, backoffSeconds: 300 };
		const result = await bed.run(customers('c1'), { delivery }, { onError });
		expect(jsonOf(result)).toStrictEqual([
			{
				error: textLike(/503/),
				details: {
					reason: 'serverError',
					httpCode: '503',
					correlationId: uuid,
					attempts: 1,
					delivered: 'unknown',
				},
			},
		]);
		expect(bed.sendCalls).toBe(1);
	});

	it('wait longer each time', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 500, times: 2 }] });
		await bed.run(customers('c1'), { delivery: { backoffSeconds: 0.2 } });
		const [first = 0, second = 0, third = 0] = bed.simulator.stats.sendTimes;
		expect(second - first).toBeGreaterThanOrEqual(195);
		expect(second - first).toBeLessThan(1000);
		expect(third - second).toBeGreaterThanOrEqual(395);
		expect(third - second).toBeLessThan(1500);
	});

	it('503 with Retry-After is waited out', async () => {
		const headers = { 'Retry-After': '1' };
		const bed = await openBed({ faults: [{ kind: 'status', status: 503, headers }] });
		const result = await bed.run(customers('c1'));
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 2 }]);
		const [first = 0, second = 0] = bed.simulator.stats.sendTimes;
		expect(second - first).toBeGreaterThanOrEqual(995);
	});

	it.each<Record<string, string>>([{}, { 'Retry-After': '0' }])(
		'are not tried again at most once: %j',
		async (headers) => {
			const bed = await openBed({ faults: [{ kind: 'status', status: 503, headers }] });
			const result = await bed.run(
				customers('c1'),
				{ delivery: { uncertain: 'fail' } },
				{ onError },
			);
			expect(detailsOf(result)).toEqual([
				having({ reason: 'serverError', attempts: 1, delivered: 'unknown' }),
			]);
			expect(bed.sendCalls).toBe(1);
		},
	);
});
