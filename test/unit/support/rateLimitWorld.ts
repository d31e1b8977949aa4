import { RateLimitWindow } from '../../../nodes/GenesysCloud/api/rateLimitWindow';
import { answer, windowHeaders } from './http';

/** One randomised run of many messages on one token, in virtual time. */
export interface WorldOptions {
	readonly random: () => number;
	readonly messages: number;
	/** Messages in flight at once. */
	readonly concurrency: number;
	/** Calls that the server allows in a window. */
	readonly allowed: number;
	readonly windowMs: number;
	/** The longest time on the way, in each direction. */
	readonly latencyMs: number;
	/** The share of messages before which the sender is idle, for up to two windows. */
	readonly idleShare: number;
	/** The share of calls that get no answer. */
	readonly lostShare: number;
	/** Seconds that the server adds to the rounded time: a real first answer says 61, not 60. */
	readonly addedSeconds: number;
}

/** What came of it. */
interface WorldResult {
	/** Calls that the server refused with 429. */
	readonly refused: number;
	/** The most calls that the server saw in one of its windows. */
	readonly mostInWindow: number;
	/** The virtual time that the run took. */
	readonly tookMs: number;
}

/** The server's part: a fixed window that starts with its first call, as Genesys Cloud's does. */
class ServerWindow {
	private startedAt = Number.NEGATIVE_INFINITY;
	private count = 0;
	refused = 0;
	most = 0;

	constructor(
		private readonly allowed: number,
		private readonly windowMs: number,
		private readonly addedSeconds: number,
	) {}

	take(now: number) {
		if (now - this.startedAt >= this.windowMs) {
			this.startedAt = now;
			this.count = 0;
		}
		if (this.count >= this.allowed) this.refused++;
		else this.count++;
		this.most = Math.max(this.most, this.count);
		const leftMs = this.startedAt + this.windowMs - now;
		const seconds = Math.ceil(leftMs / 1_000) + this.addedSeconds;
		return answer(200, '', windowHeaders(this.allowed, this.count, seconds));
	}
}

/** Events in the order of their virtual time. */
class Timeline {
	now = 0;
	private readonly events: { at: number; act: () => void }[] = [];

	after(ms: number, act: () => void): void {
		this.events.push({ at: this.now + ms, act });
	}

	run(): void {
		while (this.events.length > 0) {
			const next = this.events.reduce((a, b) => (b.at < a.at ? b : a));
			this.events.splice(this.events.indexOf(next), 1);
			this.now = next.at;
			next.act();
		}
	}
}

/** Sends the messages through a RateLimitWindow to a server that counts. */
export function runWorld(options: WorldOptions): WorldResult {
	const { random, concurrency, latencyMs } = options;
	const timeline = new Timeline();
	const server = new ServerWindow(options.allowed, options.windowMs, options.addedSeconds);
	const window = new RateLimitWindow();
	let left = options.messages;

	const send = () => {
		const waitMs = window.msUntilFree(timeline.now);
		if (waitMs > 0) {
			timeline.after(waitMs, send);
			return;
		}
		const call = window.begin();
		timeline.after(random() * latencyMs, () => {
			const response = server.take(timeline.now);
			const lost = random() < options.lostShare;
			timeline.after(random() * latencyMs, () => {
				window.end(call, timeline.now, lost ? undefined : response);
				next();
			});
		});
	};
	const next = () => {
		if (left-- <= 0) return;
		if (random() < options.idleShare) timeline.after(random() * 2 * options.windowMs, send);
		else send();
	};
	// The first answer tells the limit; Genesys Cloud allows far more than one call at a time.
	for (let lane = 0; lane < concurrency; lane++) next();
	timeline.run();
	return { refused: server.refused, mostInWindow: server.most, tookMs: timeline.now };
}
