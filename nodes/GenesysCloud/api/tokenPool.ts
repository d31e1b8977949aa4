import type { Clock } from '../delivery/types';
import {
	credentialsKey,
	fetchAccessToken,
	type AccessToken,
	type ClientCredentials,
	type TokenResult,
} from './accessToken';
import type { ApiFailure } from '../failures/failure';
import type { HttpFunction } from './http';
import { RateLimitWindow, type CountedCall } from './rateLimitWindow';

/** A token with its own rate-limit window: Genesys Cloud counts the calls of each token. */
export interface TokenLane {
	readonly slot: number;
	readonly token: AccessToken;
	readonly window: RateLimitWindow;
}

/** What one execution brings along when it asks for a token. */
export interface TokenRequest {
	readonly http: HttpFunction;
	readonly clock: Clock;
	/** How many tokens may be used in parallel. */
	readonly maxTokens: number;
	/** The time limit of a token call, in ms. */
	readonly timeoutMs: number;
	/** The longest wait, in ms, that the server may ask for. */
	readonly maxWaitMs: number;
	/** Use the token of this slot and no other: after a 401, the call is repeated with its renewal. */
	readonly onlySlot?: number;
}

/** A token whose window had room, and has counted the call that may start now. */
export interface Granted {
	readonly status: 'granted';
	readonly lane: TokenLane;
	/** To be handed back to the lane's window when the call ends. */
	readonly call: CountedCall;
}

/** A place in a token's window, or why there is none. */
export type Grant =
	| Granted
	| { readonly status: 'failed'; readonly failure: ApiFailure }
	| { readonly status: 'stopped' };

/** The place of one token: the token itself, its renewal under way, and its throttling. */
interface Slot {
	lane?: TokenLane;
	fetching?: Promise<TokenResult>;
	blockedUntil: number;
	refusals: number;
}

type Step =
	| { readonly action: 'use'; readonly lane: TokenLane }
	| { readonly action: 'fetch'; readonly slot: number }
	| { readonly action: 'wait'; readonly ms: number };

/** First wait after the token endpoint throttled without saying for how long; doubles up to the cap. */
const THROTTLE_BACKOFF_MS = 1_000;
const MAX_THROTTLE_BACKOFF_MS = 30_000;

/**
 * The access tokens of one OAuth client, shared by all executions of the process. A token is fetched
 * once however many calls wait for it, renewed before it expires, and dropped on a 401. The least
 * used token comes first; a further one is fetched only when the others are used up.
 */
export class TokenPool {
	private readonly slots: Slot[] = [];

	/** @param credentials the OAuth client */
	constructor(private readonly credentials: ClientCredentials) {}

	/**
	 * Waits until a call may start.
	 *
	 * @param request what the execution brings along
	 * @returns the token to use, or why there is none; never rejects
	 */
	async acquire(request: TokenRequest): Promise<Grant> {
		const { clock, maxWaitMs } = request;
		let throttledMs = 0;
		for (;;) {
			if (clock.stopped()) return { status: 'stopped' };
			const step = this.nextStep(request);
			if (step.action === 'use') {
				const { lane } = step;
				// Counted in the same breath, or calls that start together would all take the last place.
				return { status: 'granted', lane, call: lane.window.begin() };
			}
			if (step.action === 'fetch') {
				const failure = await this.fetch(step.slot, request);
				if (failure) return { status: 'failed', failure };
				continue;
			}
			const throttled = !this.hasToken(request);
			if (step.ms > maxWaitMs || throttledMs > maxWaitMs) {
				return { status: 'failed', failure: waitTooLong(step.ms) };
			}
			await clock.sleep(step.ms, 'rateLimit');
			if (throttled) throttledMs += step.ms;
		}
	}

	/**
	 * Drops a token that the API refused; another execution may have renewed it already.
	 *
	 * @param lane what was granted
	 */
	drop(lane: TokenLane): void {
		const slot = this.slots[lane.slot];
		if (slot?.lane === lane) delete slot.lane;
	}

	private nextStep({ clock, maxTokens, onlySlot }: TokenRequest): Step {
		const now = clock.now();
		let best: TokenLane | undefined;
		let unused: number | undefined;
		let waitMs = Number.POSITIVE_INFINITY;
		for (let index = onlySlot ?? 0; index <= (onlySlot ?? maxTokens - 1); index++) {
			const slot = this.slot(index);
			if (slot.lane && now >= slot.lane.token.usableUntil) delete slot.lane;
			if (!slot.lane) {
				if (now >= slot.blockedUntil) unused ??= index;
				else waitMs = Math.min(waitMs, slot.blockedUntil - now);
				continue;
			}
			const ms = slot.lane.window.msUntilFree(now);
			waitMs = Math.min(waitMs, ms);
			if (ms === 0 && (!best || slot.lane.window.usedCalls < best.window.usedCalls)) {
				best = slot.lane;
			}
		}
		if (best) return { action: 'use', lane: best };
		if (unused !== undefined) return { action: 'fetch', slot: unused };
		return { action: 'wait', ms: waitMs };
	}

	/** @returns the failure that ends this attempt, if any */
	private async fetch(index: number, request: TokenRequest): Promise<ApiFailure | undefined> {
		const slot = this.slot(index);
		slot.fetching ??= this.fetchInto(slot, index, request);
		const result = await slot.fetching;
		if (result.ok) return undefined;
		// Another token can do the work meanwhile, unless this very one is asked for.
		const canWait = request.onlySlot === undefined || result.failure.reason === 'rateLimited';
		return canWait && slot.blockedUntil > request.clock.now() ? undefined : result.failure;
	}

	/** Single-flight: whoever comes while a token is on its way waits for the same call. */
	private async fetchInto(slot: Slot, index: number, request: TokenRequest): Promise<TokenResult> {
		const { http, clock, timeoutMs } = request;
		const result = await fetchAccessToken(http, this.credentials, timeoutMs, () => clock.now());
		delete slot.fetching;
		if (result.ok) {
			const window = new RateLimitWindow(this.knownLimit());
			slot.lane = { slot: index, token: result.token, window };
			slot.refusals = 0;
		} else {
			this.block(slot, result.failure, clock.now());
		}
		return result;
	}

	/** A throttled token endpoint is left alone for a while; so is a further token that failed. */
	private block(slot: Slot, failure: ApiFailure, now: number): void {
		const others = this.slots.some((other) => other.lane);
		if (failure.reason !== 'rateLimited' && !others) return;
		const backoffMs = THROTTLE_BACKOFF_MS * 2 ** slot.refusals++;
		slot.blockedUntil =
			now + (failure.retryAfterMs ?? Math.min(backoffMs, MAX_THROTTLE_BACKOFF_MS));
	}

	/** Whether a token that the request may use is there: then only its window makes it wait. */
	private hasToken({ onlySlot }: TokenRequest): boolean {
		return this.slots.some(({ lane }, index) => lane && (onlySlot ?? index) === index);
	}

	private knownLimit(): number {
		const limits = this.slots.flatMap(({ lane }) => (lane ? [lane.window.limit] : []));
		return Math.min(...limits, Number.POSITIVE_INFINITY);
	}

	private slot(index: number): Slot {
		return (this.slots[index] ??= { blockedUntil: 0, refusals: 0 });
	}
}

function waitTooLong(ms: number): ApiFailure {
	return {
		reason: 'rateLimited',
		delivered: 'no',
		transient: false,
		notCalled: true,
		retryAfterMs: ms,
	};
}

const MAX_POOLS = 100;
const pools = new Map<string, TokenPool>();

/**
 * The pool of an OAuth client: one for all executions of the process.
 *
 * @param credentials the OAuth client
 * @returns its pool; the one that was used longest ago makes room when there are too many
 */
export function tokenPool(credentials: ClientCredentials): TokenPool {
	const key = credentialsKey(credentials);
	const pool = pools.get(key) ?? new TokenPool(credentials);
	pools.delete(key);
	pools.set(key, pool);
	const [oldest] = pools.keys();
	if (pools.size > MAX_POOLS && oldest !== undefined) pools.delete(oldest);
	return pool;
}
