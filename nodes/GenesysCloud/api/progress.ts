import type { Clock } from '../delivery/types';
import { StallMeter } from './clock';
import type { ApiRequest } from './request';

/** Once may be chance: a limit that opens at this very moment. */
const OWN_AFTER = 2;

/** The last refusal of a message for its rate. */
interface Refusal {
	/** The place of the call that was refused among all calls, and of the last one that was made until then. */
	readonly call: number;
	readonly lastCall: number;
	/** How many refusals in a row, before this one, were none of those that came later. */
	alone: number;
	/** A call that was made later got through. */
	overtaken: boolean;
}

/** How the calls of an execution get on with the limits of their rate. */
export class Progress {
	private readonly stall: StallMeter;
	/** A limit may hold for messages alone, while the look-ups before them get through. */
	private readonly messagesStall: StallMeter;
	/** Of messages that have not got through since. */
	private readonly refusals = new Map<string, Refusal>();
	/** The messages that were refused since one got through. */
	private readonly refusedSince = new Set<string>();
	private calls = 0;

	constructor(clock: Clock) {
		this.stall = new StallMeter(clock);
		this.messagesStall = new StallMeter(clock);
	}

	/** A call is made. @returns its place among all calls */
	begin(): number {
		return ++this.calls;
	}

	/** For how long no call has got through, in ms, from the first time that somebody asks. */
	stalledMs(): number {
		return this.stall.ms();
	}

	/** A call had an answer other than a refusal for its rate. */
	gotThrough(request: ApiRequest, call: number): void {
		this.stall.end();
		if (request.reads) return;
		this.messagesStall.end();
		if (this.refusals.size === 0) return;
		this.refusedSince.clear();
		this.refusals.delete(nameOf(request));
		for (const refusal of this.refusals.values()) {
			// What was made after others had waited for the limit to open tells nothing.
			const last = isOwn(refusal) ? this.calls : refusal.lastCall;
			if (call > refusal.call && call <= last) refusal.overtaken = true;
		}
	}

	/**
	 * A message was refused for its rate.
	 *
	 * @returns whether the limit is its own, such as one of its recipient: then others need not wait
	 */
	refused(request: ApiRequest, call: number): boolean {
		const name = nameOf(request);
		const before = this.refusals.get(name);
		const alone = before?.overtaken ? before.alone + 1 : 0;
		const refusal = { call, lastCall: this.calls, alone, overtaken: false };
		this.refusedSince.add(name);
		this.refusals.set(name, refusal);
		if (isOwn(refusal)) return true;
		// Others are refused as well.
		for (const other of this.refusals.values()) if (isOwn(other)) other.alone = 0;
		return false;
	}

	/** Whether others go first: the message was refused, and may be again where they would get through. */
	goesLast(request: ApiRequest): boolean {
		return this.refusals.size > 0 && this.refusals.has(nameOf(request));
	}

	/** Whether messages were refused for longer than this; where it was one alone, the others start anew. */
	isStalled(maxWaitMs: number): boolean {
		if (this.messagesStall.ms() <= maxWaitMs) return false;
		if (this.refusedSince.size === 1) {
			this.stall.end();
			this.messagesStall.end();
		}
		return true;
	}
}

function isOwn({ alone }: Refusal): boolean {
	return alone >= OWN_AFTER;
}

/** What tells one message from another, in each of its attempts. */
function nameOf({ path, body }: ApiRequest): string {
	return path + JSON.stringify(body);
}
