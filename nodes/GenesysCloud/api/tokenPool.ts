import type { Clock } from '../delivery/types';
import { failed, STOPPED, succeeded, type Failure, type Result } from '../failures/failure';
import { Gate, LONGEST_CLOSED_MS, type Passage } from './gate';
import type { HttpFunction, HttpResponse } from './http';
import { fetchAccessToken, type AccessToken, type OAuthClient } from './oauth';
import { RateLimitWindow, type CountedCall } from './rateLimitWindow';
import { Redactor } from './redact';

/** A token with its own rate-limit window: Genesys Cloud counts the calls of each token. */
export interface Lane {
	readonly slot: number;
	readonly token: AccessToken;
	readonly window: RateLimitWindow;
	readonly redactor: Redactor;
}

/** What one execution brings along when it asks for a token. */
export interface TokenRequest {
	readonly http: HttpFunction;
	readonly clock: Clock;
	/** How many tokens may be used in parallel. */
	readonly maxTokens: number;
	/** How long this execution waits for a login, in ms. */
	readonly timeoutMs: number;
	/** The longest wait, in ms, that the server may ask for. */
	readonly maxWaitMs: number;
	/** For how long no call of the execution has got through a rate limit, in ms; asked before each wait. */
	stalledMs(): number;
	/** How much longer it waits than others, in ms: they go first. */
	readonly lingerMs?: number;
	/** Use the token of this slot and no other: after a 401, the call is repeated with its renewal. */
	readonly onlySlot?: number;
	/** Only the token is wanted, for no call: whatever limits the calls does not matter. */
	readonly onlyLogin?: true;
}

/** A token whose window has counted the call that may start now; to be handed back at the call's end. */
export interface Grant {
	readonly lane: Lane;
	readonly call: CountedCall;
	readonly passage: Passage;
}

/** The place of one token: the token itself, its renewal under way, and its throttling. */
interface Slot {
	lane?: Lane;
	/** The one before: a token endpoint may hand out its token again. */
	former?: Lane;
	fetching?: Promise<Result<Lane>>;
	blockedUntil: number;
	refusals: number;
}

type Step =
	| { readonly action: 'use'; readonly lane: Lane }
	| { readonly action: 'fetch'; readonly slot: number }
	| { readonly action: 'wait'; readonly ms: number };

/** First wait after the token endpoint throttled without saying for how long; doubles up to the cap. */
const THROTTLE_BACKOFF_MS = 1_000;
const MAX_THROTTLE_BACKOFF_MS = 30_000;
/** A login is shared by executions: none of them may end it for the others. */
const LOGIN_TIMEOUT_MS = 30_000;

/**
 * The access tokens of one OAuth client, shared by all executions of the process. A token is fetched
 * once however many calls wait for it, renewed before it expires, and dropped on a 401. The least
 * used token comes first; a further one is fetched only when the others are used up.
 */
export class TokenPool {
	private readonly slots: Slot[] = [];
	/** What all tokens pass: a limit that is not a token's own concerns the others as well. */
	private readonly gate = new Gate();

	constructor(private readonly client: OAuthClient) {}

	/** Waits until a call may start; never rejects. */
	async acquire(request: TokenRequest): Promise<Result<Grant>> {
		const { clock, maxWaitMs, lingerMs = 0 } = request;
		for (;;) {
			if (clock.stopped()) return failed(STOPPED);
			const step = this.nextStep(request);
			if (step.action === 'use') {
				// Counted before anything is awaited, or parallel calls would all take the last place.
				const { lane } = step;
				return succeeded({ lane, call: lane.window.begin(), passage: this.gate.pass() });
			}
			if (step.action === 'fetch') {
				const failure = await this.fetch(step.slot, request);
				if (failure) return failed(failure);
				continue;
			}
			if (step.ms > maxWaitMs || request.stalledMs() > maxWaitMs) {
				return failed(waitTooLong(step.ms));
			}
			await clock.sleep(step.ms + lingerMs, 'rateLimit');
		}
	}

	/** The call of a grant has ended, perhaps without an answer. */
	end({ lane, call, passage }: Grant, now: number, response?: HttpResponse): void {
		lane.window.end(call, now, response);
		this.gate.end(passage, response !== undefined && response.status !== 429);
	}

	/** The call of a grant was not made. */
	cancel({ lane }: Grant): void {
		lane.window.cancel();
		this.gate.cancel();
	}

	/** A call was refused for its rate, for `ms`: where its window had room, by a limit of all. @returns when others may call */
	refused({ lane, call }: Grant, now: number, ms: number): number {
		if (lane.window.hadRoomFor(call)) return this.gate.close(now, ms);
		lane.window.close(now, ms);
		return now;
	}

	/**
	 * Fetches the first token anew when it cannot be used until then. It stays in use until the new one is
	 * there, for others still need it.
	 *
	 * @param until in ms since 1970
	 * @returns why it could not be had
	 */
	async renew(until: number, request: TokenRequest): Promise<Failure | undefined> {
		const { lane } = this.slot(0);
		if (!lane || lane.token.usableUntil >= until) return undefined;
		return await this.fetch(0, request);
	}

	/** Drops a token that the API refused; another execution may have renewed it already. */
	drop(lane: Lane): void {
		const slot = this.slots[lane.slot];
		if (slot?.lane === lane) retire(slot);
	}

	private nextStep({ clock, maxTokens, onlySlot, onlyLogin }: TokenRequest): Step {
		const now = clock.now();
		const closedMs = onlyLogin ? 0 : this.gate.msUntilOpen(now);
		if (closedMs > 0) return { action: 'wait', ms: closedMs };
		let best: Lane | undefined;
		let unused: number | undefined;
		let waitMs = Number.POSITIVE_INFINITY;
		for (let index = onlySlot ?? 0; index <= (onlySlot ?? maxTokens - 1); index++) {
			const slot = this.slot(index);
			if (slot.lane && now >= slot.lane.token.usableUntil) retire(slot);
			if (!slot.lane) {
				if (now >= slot.blockedUntil) unused ??= index;
				else waitMs = Math.min(waitMs, slot.blockedUntil - now);
				continue;
			}
			const ms = onlyLogin ? 0 : slot.lane.window.msUntilFree(now);
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
	private async fetch(index: number, request: TokenRequest): Promise<Failure | undefined> {
		const { clock, timeoutMs } = request;
		const slot = this.slot(index);
		slot.fetching ??= this.fetchInto(slot, index, request);
		const result = await clock.within(slot.fetching, timeoutMs);
		if (result?.ok) return undefined;
		if (!result && clock.stopped()) return STOPPED;
		// Of those who wait for a login that hangs, the first to give up speaks for all.
		if (!result && clock.now() >= slot.blockedUntil) this.block(slot, LOGIN_TIMED_OUT, clock.now());
		const failure = result?.failure ?? LOGIN_TIMED_OUT;
		// Another token can do the work meanwhile, unless this very one is asked for.
		const canWait = request.onlySlot === undefined || failure.reason === 'rateLimited';
		return canWait && slot.blockedUntil > clock.now() ? undefined : failure;
	}

	/** Single-flight: whoever comes while a token is on its way waits for the same call. */
	private async fetchInto(
		slot: Slot,
		index: number,
		{ http, clock, timeoutMs }: TokenRequest,
	): Promise<Result<Lane>> {
		const limitMs = Math.max(LOGIN_TIMEOUT_MS, timeoutMs);
		const result = await fetchAccessToken(http, this.client, limitMs, () => clock.now());
		delete slot.fetching;
		if (!result.ok) {
			this.block(slot, result.failure, clock.now());
			return result;
		}
		const token = result.value;
		// The same token handed out twice has one budget.
		const window = this.windowOf(token) ?? new RateLimitWindow(this.knownLimit());
		retire(slot);
		slot.lane = { slot: index, token, window, redactor: new Redactor([token.value]) };
		slot.refusals = 0;
		return succeeded(slot.lane);
	}

	/** A throttled token endpoint is left alone for a while; so is a further token that failed. */
	private block(slot: Slot, failure: Failure, now: number): void {
		const others = this.slots.some((other) => other.lane);
		if (failure.reason !== 'rateLimited' && !others) return;
		const backoffMs = Math.min(THROTTLE_BACKOFF_MS * 2 ** slot.refusals++, MAX_THROTTLE_BACKOFF_MS);
		// One that asks for no wait must not become a storm, and one that asks for days closes nothing for days.
		const askedMs = Math.min(failure.retryAfterMs ?? 0, LONGEST_CLOSED_MS);
		slot.blockedUntil = now + Math.max(askedMs, backoffMs);
	}

	private windowOf({ value }: AccessToken): RateLimitWindow | undefined {
		return this.knownLanes().find(({ token }) => token.value === value)?.window;
	}

	private knownLimit(): number | undefined {
		const limits = this.knownLanes().map(({ window }) => window.limit);
		return limits.length > 0 ? Math.min(...limits) : undefined;
	}

	private knownLanes(): Lane[] {
		return this.slots.flatMap(({ lane, former }) => [lane ?? [], former ?? []].flat());
	}

	private slot(index: number): Slot {
		return (this.slots[index] ??= { blockedUntil: 0, refusals: 0 });
	}
}

/** A token that is not to be used any more. */
function retire(slot: Slot): void {
	slot.former = slot.lane ?? slot.former;
	delete slot.lane;
}

const LOGIN_TIMED_OUT: Failure = {
	reason: 'timeout',
	delivered: 'no',
	transient: true,
	call: 'token',
	kind: 'timeout',
};

function waitTooLong(retryAfterMs: number): Failure {
	const notCalled = { delivered: 'no', transient: false, notCalled: true } as const;
	return { reason: 'rateLimited', ...notCalled, retryAfterMs };
}
