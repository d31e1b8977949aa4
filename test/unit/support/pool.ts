import type { HttpFunction } from '../../../nodes/GenesysCloud/api/http';
import {
	TokenPool,
	type Grant,
	type TokenLane,
	type TokenRequest,
} from '../../../nodes/GenesysCloud/api/tokenPool';
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
		...overrides,
	});
	const acquire = async (overrides: Partial<TokenRequest> = {}) =>
		await pool.acquire(request(overrides));
	const lane = async (overrides: Partial<TokenRequest> = {}) => laneOf(await acquire(overrides));
	return { pool, clock, tokenCalls, acquire, lane };
}

/** The token that was granted. */
export function laneOf(grant: Grant): TokenLane {
	if (grant.status !== 'granted') throw new Error(`not granted: ${JSON.stringify(grant)}`);
	return grant.lane;
}

/** Fills the window of a token: `count` of `allowed` calls were made, `reset` seconds are left. */
export function tell(lane: TokenLane, now: number, [allowed, count, reset]: readonly number[]) {
	const headers = windowHeaders(allowed ?? 0, count ?? 0, reset ?? 0);
	lane.window.end(lane.window.begin(), now, answer(200, '', headers));
}

/** An HTTP function that must not be called. */
export const noHttp: HttpFunction = () => {
	throw new Error('no call was expected');
};
