import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { clientWith } from '../support/client';
import { answered, noAnswer } from '../support/http';

const SEND: ApiRequest = { method: 'POST', path: '/send', body: { message: 'Hi' } };
/** More than a token's documented limit of a minute. */
const CALLS = 310;

/** An API that cannot be reached for a while, and then can; two messages go out at once. */
async function afterAnOutage(lost: ReturnType<typeof noAnswer>) {
	const outage = Array.from({ length: CALLS }, () => lost);
	const { client, clock } = clientWith({ api: [...outage, answered(200, { id: 'm-1' })] });
	for (let call = 0; call < CALLS; call++) await client(SEND);
	const results = await Promise.all([client(SEND), client(SEND)]);
	return { ok: results.map(({ ok }) => ok), waits: clock.waitedMs };
}

describe('calls of an API that cannot be reached', () => {
	it.each([
		['connections are refused', noAnswer('neverConnected', 'ECONNREFUSED')],
		['its certificate is not good', noAnswer('tls', 'CERT_HAS_EXPIRED')],
		["n8n's network policy forbids it", noAnswer('blocked', 'SsrfBlockedIpError')],
	])('are not counted in its rate-limit window when %s', async (_why, lost) => {
		expect(await afterAnOutage(lost)).toEqual({ ok: [true, true], waits: [] });
	});

	it('are counted when they may have arrived', async () => {
		const { waits } = await afterAnOutage(noAnswer('interrupted', 'ECONNRESET'));
		expect(waits).not.toEqual([]);
	});
});
