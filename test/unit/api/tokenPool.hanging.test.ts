import type { HttpFunction } from '../../../nodes/GenesysCloud/api/http';
import { TokenPool } from '../../../nodes/GenesysCloud/api/tokenPool';
import { CREDENTIALS } from '../support/credentials';
import { answer, tokenAnswer, windowHeaders, type HttpResult } from '../support/http';
import { VirtualClock } from '../support/virtualClock';

/** A pool of two tokens at most: the first one comes at once, the second one when the test says so. */
function hangingLogin() {
	const pool = new TokenPool(CREDENTIALS);
	const clock = new VirtualClock();
	const startedAt = clock.now();
	const ends: ((result: HttpResult) => void)[] = [];
	let logins = 0;
	const http: HttpFunction = async () =>
		logins++ === 0
			? tokenAnswer('first')
			: await new Promise<HttpResult>((resolve) => ends.push(resolve));
	const request = {
		...{ http, clock, maxTokens: 2, timeoutMs: 200, maxWaitMs: 180_000 },
		stalledMs: () => 0,
	};
	/** Makes one call, after which its token may make no other one for a while. */
	const call = async (resetSeconds: number) => {
		const grant = await pool.acquire(request);
		if (!grant.ok) return grant.failure.reason;
		const headers = windowHeaders(1, 1, resetSeconds);
		pool.end(grant.value, clock.now(), answer(200, '', headers));
		return grant.value.lane.token.value;
	};
	/** Makes calls at the same time; tells which tokens they used, and how many seconds had passed then. */
	const calls = async (count: number, resetSeconds: number) => {
		const all = Promise.all(Array.from({ length: count }, async () => await call(resetSeconds)));
		await clock.run(all);
		return { used: await all, seconds: Math.round((clock.now() - startedAt) / 100) / 10 };
	};
	return { clock, calls, end: (result: HttpResult) => ends.shift()?.(result) };
}

describe('a login for a further token that hangs', () => {
	it('costs time, never a message: the token that there is does the work', async () => {
		const { calls } = hangingLogin();
		await calls(1, 1);
		expect(await calls(5, 1)).toEqual({ used: Array(5).fill('first'), seconds: 5 });
	});

	it('is left alone for a second, however many have given it up', async () => {
		const { clock, calls, end } = hangingLogin();
		await calls(1, 60);
		void clock.sleep(500).then(() => end(tokenAnswer('second')));
		expect(await calls(5, 1)).toEqual({ used: Array(5).fill('second'), seconds: 5.2 });
	});
});
