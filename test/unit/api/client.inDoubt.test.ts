import { LOOK_AGAIN_MS } from '../../../nodes/GenesysCloud/api/gate';
import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { deliverMessage } from '../../../nodes/GenesysCloud/delivery/deliverMessage';
import { Ledger } from '../../../nodes/GenesysCloud/delivery/ledger';
import { deliver } from '../../../nodes/GenesysCloud/delivery/retry';
import { failed, STOPPED, type Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { clientWith } from '../support/client';
import { messageOf, RETRY, sent } from '../support/delivery';
import { answered, tokenAnswer, type Script } from '../support/http';

const SEND: ApiRequest = { method: 'POST', path: '/send', body: { message: 'Hi' } };
const SENT = answered(200, { id: 'm-1' });
/** A gateway's 401: the message may have been passed on before. */
const PAGE = answered(401, '<html>', { 'inin-correlation-id': 'c-1' });
const IN_DOUBT = {
	...{ reason: 'unauthorized', httpCode: '401', correlationId: 'c-1', transient: false },
	...{ delivered: 'unknown', call: 'send' },
};
const limited = (seconds: number) => answered(429, '', { 'retry-after': String(seconds) });
const LOGINS = [tokenAnswer('a'), tokenAnswer('b'), tokenAnswer('c')];
const FORBIDDEN = answered(403, { code: 'missing.permissions', message: 'No.' });

const goesOn = () => undefined;

/** Delivers a message with one attempt, over an API that plays the script. */
async function delivered(script: Script, secondCall: () => Failure | undefined = goesOn) {
	const { client, clock, apiCalls } = clientWith({ token: LOGINS, ...script });
	const aboutToCall = () => (apiCalls.length === 1 ? secondCall() : undefined);
	const attempt = async () => {
		const result = await client(SEND, aboutToCall);
		return result.ok ? sent() : result;
	};
	const result = await deliver(attempt, { ...RETRY, maxAttempts: 1 }, clock);
	return { result, calls: apiCalls.length, waits: clock.waitedMs };
}

describe('a message that may have been accepted before a 401', () => {
	const throttled = [tokenAnswer('a'), answered(429, '', { 'retry-after': '3600' })];
	const windowClosed = (): Failure => ({ ...STOPPED, reason: 'outsideSendWindow' });

	it.each([
		['the login is throttled for an hour', { token: throttled, api: [PAGE] }, goesOn],
		['the Send Window has closed', { api: [PAGE] }, windowClosed],
		['no call gets through a rate limit any more', { api: [PAGE, limited(100)] }, goesOn],
	])('stays in doubt when %s', async (_why, script, secondCall) => {
		const { result } = await delivered(script, secondCall);
		expect(result).toEqual({ ...failed(IN_DOUBT as Failure), attempts: 1, uncertain: IN_DOUBT });
	});

	it('is remembered as such when Stop comes before the call is repeated', async () => {
		const { client, clock, apiCalls } = clientWith({ api: [PAGE], token: LOGINS });
		const store = {};
		const message = messageOf([sent()], {
			attempt: async (aboutToCall) => {
				const result = await client(SEND, () => {
					aboutToCall();
					clock.isStopped = true;
					return undefined;
				});
				return result.ok ? sent() : result;
			},
		});
		const delivery = { memories: [new Ledger(store)], retry: RETRY, clock };
		expect(await deliverMessage(delivery, message)).toEqual({
			...{ status: 'failed', failure: IN_DOUBT, attempts: 1 },
		});
		expect([apiCalls.length, store]).toEqual([1, { 'm-0': '?unauthorized 401  c-1 1' }]);
	});

	it('ends the run when the login is refused for good, with the first call for its doubt', async () => {
		const refused = [tokenAnswer('a'), answered(400, { error: 'invalid_client' })];
		const { result } = await delivered({ token: refused, api: [PAGE] });
		expect(result).toMatchObject({
			failure: { reason: 'invalidCredentials', endsRun: true, delivered: 'unknown' },
			...{ attempts: 1, uncertain: { reason: 'unauthorized', correlationId: 'c-1' } },
		});
	});

	it('loses no attempt to the rate limits that its second call meets', async () => {
		const api = [PAGE, limited(2), limited(3), SENT];
		const { result, calls, waits } = await delivered({ api });
		expect(result).toMatchObject({ ok: true, attempts: 1 });
		expect([calls, waits]).toEqual([4, [2_000 + LOOK_AGAIN_MS, 3_000 + LOOK_AGAIN_MS]]);
	});

	it.each([
		['a rate limit that is too long', limited(3600), { reason: 'rateLimited' }],
		['a refusal', FORBIDDEN, { reason: 'forbidden' }],
	])('keeps the doubt of the first call after %s', async (_what, second, expected) => {
		const { result, calls } = await delivered({ api: [PAGE, second] });
		expect(result).toMatchObject({
			...{ failure: { ...expected, delivered: 'unknown' }, attempts: 1 },
			uncertain: { reason: 'unauthorized', httpCode: '401', correlationId: 'c-1' },
		});
		expect(calls).toBe(2);
	});
});

describe('a look-up that a gateway answers with 401', () => {
	it('has no doubt to keep: Stop is Stop', async () => {
		const { client, clock } = clientWith({ api: [PAGE], token: LOGINS });
		const stop = () => {
			clock.isStopped = true;
			return undefined;
		};
		const read = { method: 'GET', path: '/read', reads: true } as const;
		expect(await client(read, stop)).toEqual(failed({ ...STOPPED, call: 'read' }));
	});
});
