import { setTimeout } from 'node:timers/promises';

import type { Fault, FaultAction } from '../../../dev/simulator';
import type { Stage } from '../types';

/** The share of the messages that a fault hits. */
const SHARE = 0.3;

/**
 * Hits about a third of the messages. Which ones depends on the seed alone, not on the order in which
 * the calls arrive.
 *
 * @param stage the run
 * @param actionOf gives the fault of each message that is hit
 * @param times how often each is hit; default: once or twice
 */
export function strikeSome(
	stage: Stage,
	actionOf: FaultAction | (() => FaultAction),
	times?: number,
): void {
	for (const contactId of stage.ids) {
		if (stage.random() >= SHARE) continue;
		const action = typeof actionOf === 'function' ? actionOf() : actionOf;
		hit(stage, { ...action, contactId, times: times ?? 1 + Math.floor(2 * stage.random()) });
	}
}

/**
 * Hits a few messages that follow one another, once each: faults that cost a real wait.
 *
 * @param stage the run
 * @param action the fault
 * @param count how many messages
 */
export function strikeFew(stage: Stage, action: FaultAction, count = 5): void {
	const first = Math.floor(stage.random() * (stage.ids.length - count));
	for (const contactId of stage.ids.slice(first, first + count)) {
		hit(stage, { ...action, contactId });
	}
}

/**
 * Hits every call, for ever.
 *
 * @param stage the run
 * @param fault the fault
 */
export function strikeAll({ simulator }: Stage, fault: Fault): void {
	simulator.faults.add({ ...fault, times: Infinity });
}

function hit({ simulator, hit: contacts }: Stage, fault: Fault & { contactId: string }): void {
	contacts.add(fault.contactId);
	simulator.faults.add(fault);
}

/**
 * Waits until so many messages were accepted, or the execution has ended.
 *
 * @param stage the run
 * @param count how many
 * @param running the execution
 */
export async function untilAccepted(
	{ simulator }: Stage,
	count: number,
	running: { readonly result: Promise<unknown> },
): Promise<void> {
	await untilTrue(() => simulator.journal.count >= count, running);
}

/**
 * Waits until something is so, or the execution has ended.
 *
 * @param condition asked every millisecond
 * @param running the execution
 */
export async function untilTrue(
	condition: () => boolean,
	running: { readonly result: Promise<unknown> },
): Promise<void> {
	const end = new AbortController();
	void running.result.finally(() => end.abort());
	while (!end.signal.aborted && !condition()) await setTimeout(1);
}

/**
 * Draws a moment of a run.
 *
 * @param stage the run
 * @returns after how many accepted messages
 */
export function someMoment({ ids, random }: Stage): number {
	return 1 + Math.floor(random() * ids.length * 0.8);
}
