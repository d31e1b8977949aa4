import { failed, isUnreachable, type Failure } from '../failures/failure';
import { deliverMessage, type Delivery } from './deliverMessage';
import type { Clock, Message, Outcome } from './types';

/** A batch of messages and what to do with them. */
export interface Batch extends Delivery {
	readonly count: number;
	readonly concurrency: number;
	/** Ends a client's run when so many messages in a row fail for good in the same way and none succeeds; 0: never. */
	readonly stopAfterFailures: number;
	/** Builds message `index` just before it is sent; a failure means that its input is not usable. */
	prepare(index: number): Promise<Message | Failure>;
	/** Takes each outcome as it comes; `halt` starts no further message. */
	settle(index: number, outcome: Outcome): 'continue' | 'halt';
}

/** The run of a client that was ended because all its messages failed in the same way. */
export interface EndedRun {
	readonly common: Failure;
	/** The messages that were tried and failed. */
	readonly failed: ReadonlySet<number>;
}

/**
 * Delivers a batch with bounded concurrency. Requests are built lazily; after `halt` or Stop nothing new
 * starts and what is in flight finishes.
 *
 * @returns when every started message has been settled; which clients' runs were ended early
 */
export async function deliverBatch(batch: Batch): Promise<readonly EndedRun[]> {
	let halted = false;
	/** Of each client: what is wrong with one says nothing about the others. */
	const breakers = new Map<string, CircuitBreaker>();
	const breakerOf = (client: string) => {
		const breaker = breakers.get(client) ?? new CircuitBreaker(batch.stopAfterFailures);
		breakers.set(client, breaker);
		return breaker;
	};
	const turns = new Turns(batch.clock);

	const outcomeOf = async (index: number): Promise<Outcome | undefined> => {
		const message = await batch.prepare(index);
		if ('reason' in message) return { status: 'failed', failure: message, attempts: 0 };
		if (message.sameKeyAs !== undefined) {
			return { status: 'skipped', output: message.known, sameKeyAs: message.sameKeyAs };
		}
		const breaker = breakerOf(message.client);
		const { refusal } = breaker;
		const outcome = await deliverMessage(batch, refusal ? refused(message, refusal) : message);
		if (outcome) breaker.note(index, outcome);
		return outcome;
	};
	const ended = () => halted || batch.clock.stopped();
	const handle = async (index: number) => {
		await turns.next();
		if (ended()) return;
		const outcome = await outcomeOf(index);
		if (outcome === undefined) return;
		if (batch.settle(index, outcome) === 'halt') halted = true;
	};
	await runPool(batch.count, batch.concurrency, ended, handle);
	return [...breakers.values()].flatMap((breaker) => breaker.ended ?? []);
}

/** The failure of a message that was not tried, because all before it failed in the same way. */
function untried(common: Failure): Failure {
	return { reason: 'runStopped', delivered: 'no', transient: false, common };
}

/** A message that fails without a call. The memories are asked all the same: it may have been sent before. */
function refused(message: Message, failure: Failure): Message {
	const result = failed({ ...failure, delivered: 'no', notCalled: true });
	return { ...message, attempt: async () => await Promise.resolve(result) };
}

/** These are about one customer or item: they say nothing about the set-up of the others. */
function isOfItsOwn(failure: Failure): boolean {
	return (
		failure.reason === 'invalidInput' ||
		failure.earlier === true ||
		(isUnreachable(failure) && failure.reason !== 'contactNotFound')
	);
}

/** What an earlier execution has sent says nothing about the set-up as it is now. */
function isSent(outcome: Outcome): boolean {
	return outcome.status === 'sent' || (outcome.status === 'alreadySent' && outcome.inThisExecution);
}

/** Opens when a client is refused, or fails from its start, again and again in the same way: the set-up is at fault. */
class CircuitBreaker {
	/** What its further messages fail with; they are not tried. */
	refusal: Failure | undefined;
	ended: EndedRun | undefined;
	private readonly failed = new Set<number>();
	private hasSent = false;
	private inARow = 0;
	private last: Failure | undefined;

	/** @param limit so many failures in a row open it; 0: never */
	constructor(private readonly limit: number) {}

	note(index: number, outcome: Outcome): void {
		this.hasSent ||= isSent(outcome);
		if (outcome.status !== 'failed') {
			this.inARow = 0;
			return;
		}
		this.failed.add(index);
		if (outcome.failure.endsRun) this.refusal ??= outcome.failure;
		else if (!isOfItsOwn(outcome.failure)) this.count(outcome.failure);
	}

	private count(failure: Failure): void {
		if (this.ended !== undefined || this.hasSent || this.limit === 0) return;
		const same = this.last?.reason === failure.reason && this.last.code === failure.code;
		this.inARow = same ? this.inARow + 1 : 1;
		this.last = failure;
		if (this.inARow < this.limit) return;
		this.ended = { common: failure, failed: this.failed };
		this.refusal = untried(failure);
	}
}

/**
 * Runs `worker` for every index from 0 to below `count`, at most `concurrency` at a time, each next
 * index as soon as a worker is free. What is in flight is always awaited.
 *
 * @param ended asked before each start; once it is true nothing new is started
 * @param worker handles one index; if it rejects, nothing new is started either
 * @throws the first rejection of a worker, after those in flight have ended
 */
export async function runPool(
	count: number,
	concurrency: number,
	ended: () => boolean,
	worker: (index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	let broken = false;
	const drain = async () => {
		let clean = false;
		try {
			while (next < count && !broken && !ended()) await worker(next++);
			clean = true;
		} finally {
			broken ||= !clean;
		}
	};
	const lanes = await Promise.allSettled(
		Array.from({ length: Math.min(concurrency, count) }, drain),
	);
	for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
}

/** How long work that waits for nothing may keep the process to itself, in ms. */
const MAX_STRETCH_MS = 10;
/** From this time on, in ms, a timer tells whether others have had their turn meanwhile. */
const ASK_AFTER_MS = 5;

/**
 * Lets other executions of the process take turns, and Stop come through: messages that need no call (a dry
 * run, those that were sent before, bad input) never wait by themselves. Those that wait for an answer give others
 * their turn by that, and are not held up.
 */
export class Turns {
	private since: number;
	/** Comes when everybody else has had a turn. */
	private turn: Promise<void> | undefined;

	constructor(private readonly clock: Pick<Clock, 'now' | 'sleep'>) {
		this.since = clock.now();
	}

	/** Waits a moment when it is somebody else's turn. */
	async next(): Promise<void> {
		const stretchMs = this.clock.now() - this.since;
		if (stretchMs < ASK_AFTER_MS) return;
		this.turn ??= this.everybodyElse();
		if (stretchMs >= MAX_STRETCH_MS) await this.turn;
	}

	private async everybodyElse(): Promise<void> {
		await this.clock.sleep(0, 'turn');
		this.since = this.clock.now();
		this.turn = undefined;
	}
}
