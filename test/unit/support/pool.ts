import { TokenPool, type Lane, type TokenRequest } from '../../../nodes/GenesysCloud/api/tokenPool';
import { FakeClock } from './clock';
import { CREDENTIALS } from './credentials';
import { answer, scripted, windowHeaders, type Script } from './http';

/** A token pool with a scripted token endpoint and a fake clock. */
export function poolWith(script: Script = {}) {
	const pool = new TokenPool(CREDENTIALS);
	const clock = new FakeClock();
	const { http, tokenCalls } = scripted(script);
	const request = (overrides: Partial<TokenRequest> = {}): TokenRequest => ({
		http,
		clock,
		maxTokens: 1,
		timeoutMs: 30_000,
		maxWaitMs: 180_000,
		stalledMs: () => 0,
		...overrides,
	});
	const acquire = async (overrides: Partial<TokenRequest> = {}) =>
		await pool.acquire(request(overrides));
	const renew = async (until: number) => await pool.renew(until, request());
	/** Acquires a token and ends its call at once, with an answer that tells nothing. */
	const lane = async (overrides: Partial<TokenRequest> = {}) => {
		const grant = await acquire(overrides);
		if (!grant.ok) throw new Error(`not granted: ${JSON.stringify(grant.failure)}`);
		pool.end(grant.value, clock.now(), answer(200));
		return grant.value.lane;
	};
	return { pool, clock, tokenCalls, acquire, renew, lane };
}

/** Fills the window of a token: `count` of `allowed` calls were made, `reset` seconds are left. */
export function tell(lane: Lane, now: number, [allowed, count, reset]: readonly number[]) {
	const headers = windowHeaders(allowed ?? 0, count ?? 0, reset ?? 0);
	lane.window.end(lane.window.begin(), now, answer(200, '', headers));
}
