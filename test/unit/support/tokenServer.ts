import type { HttpFunction, HttpResponse } from '../../../nodes/GenesysCloud/api/http';
import { succeeded } from '../../../nodes/GenesysCloud/failures/failure';
import { answer, answered, tokenAnswer, windowHeaders, type HttpResult } from './http';
import type { VirtualClock } from './virtualClock';

/** How the server behaves in one run. */
export interface ServerRules {
	/** Calls allowed for each token in a window. */
	readonly allowed: number;
	readonly windowMs: number;
	/** Life of a token in seconds. */
	readonly lifeSeconds: number;
	/** The call before which all tokens are revoked, once. */
	readonly revokedAtCall: number;
	/** Time of each call, in ms; drawn in turn. */
	readonly latencies: readonly number[];
	/** Which token requests are throttled, in turn. */
	readonly throttles: readonly boolean[];
}

interface IssuedToken {
	readonly expiresAt: number;
	startedAt: number;
	count: number;
}

const WINDOW_OVER = Number.NEGATIVE_INFINITY;

/** A token endpoint and an API that counts the calls of each token, in virtual time. */
export class TokenServer {
	private readonly tokens = new Map<string, IssuedToken>();
	private readonly fetching = new Map<string, number>();
	private turn = 0;
	private tokenRequests = 0;
	private calls = 0;
	/** Calls beyond a token's window. */
	refused = 0;
	/** Calls with a token of another client. */
	foreign = 0;
	/** The most token requests of one client that were in flight at once. */
	mostFetching = 0;

	constructor(
		private readonly clock: VirtualClock,
		private readonly rules: ServerRules,
	) {}

	/** The HTTP function of one client. */
	httpOf(client: string): HttpFunction {
		return async (request) => {
			if (request.url.endsWith('/oauth/token')) return await this.issue(client);
			const token = (request.headers.authorization ?? '').replace('Bearer ', '');
			await this.travel();
			const response = this.take(client, token);
			await this.travel();
			return succeeded(response);
		};
	}

	private async issue(client: string): Promise<HttpResult> {
		const fetching = (this.fetching.get(client) ?? 0) + 1;
		this.fetching.set(client, fetching);
		this.mostFetching = Math.max(this.mostFetching, fetching);
		await this.travel();
		this.fetching.set(client, (this.fetching.get(client) ?? 0) - 1);
		const { throttles, lifeSeconds } = this.rules;
		const request = this.tokenRequests++;
		// A server that throttles for ever would rightly end in a failure.
		if (request < 20 && throttles[request % throttles.length] === true) {
			const said = 'rate limit exceeded; try again later';
			return answered(400, { error: 'invalid_request', error_description: said });
		}
		const value = `${client}-token-${request}`;
		const expiresAt = this.clock.now() + lifeSeconds * 1_000;
		this.tokens.set(value, { expiresAt, startedAt: WINDOW_OVER, count: 0 });
		return tokenAnswer(value, lifeSeconds);
	}

	private take(client: string, value: string): HttpResponse {
		if (++this.calls === this.rules.revokedAtCall) this.tokens.clear();
		if (!value.startsWith(`${client}-`)) this.foreign++;
		const token = this.tokens.get(value);
		const now = this.clock.now();
		if (!token || now >= token.expiresAt) return answer(401);
		const { allowed, windowMs } = this.rules;
		if (now - token.startedAt >= windowMs) {
			token.startedAt = now;
			token.count = 0;
		}
		const over = token.count >= allowed;
		if (over) this.refused++;
		else token.count++;
		const seconds = Math.ceil((token.startedAt + windowMs - now) / 1_000);
		const headers = windowHeaders(allowed, token.count, seconds);
		return over ? answer(429, '', headers) : answer(200, { id: 'm-1' }, headers);
	}

	private async travel(): Promise<void> {
		const { latencies } = this.rules;
		await this.clock.sleep(latencies[this.turn++ % latencies.length] ?? 0);
	}
}
