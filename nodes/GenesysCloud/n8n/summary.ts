import type { Operation } from '../resources/types';
import type { Counts } from './results';

/**
 * The sentence that a finished run shows.
 *
 * @param counts how the messages ended
 * @param waitedMs for how long the run waited for the rate limit, in ms
 * @param kind whether the operation sends or only looks something up
 * @returns the sentence
 */
export function summary(
	{ sent, unreachable, failed, alreadySent }: Counts,
	waitedMs: number,
	kind: Operation['kind'] = 'send',
): string {
	const parts = [
		kind === 'send' ? `${sent} sent` : `${sent} read`,
		unreachable > 0 && `${unreachable} unreachable`,
		failed > 0 && `${failed} failed`,
		alreadySent > 0 && `${alreadySent} already sent by an earlier run`,
		waitedMs >= 500 && `waited ${Math.round(waitedMs / 1000)} s for the rate limit`,
	];
	return `${kind === 'send' ? 'Messages' : 'Items'}: ${parts.filter(Boolean).join(', ')}.`;
}

/**
 * How far a run came that ends with an error.
 *
 * @param counts how the messages ended so far
 * @param total how many there are
 * @returns the sentence; empty when there is just one message
 */
export function howFar({ sent, alreadySent }: Counts, total: number): string {
	if (total < 2) return '';
	if (sent + alreadySent === 0) return `None of the ${total} messages was sent.`;
	return `${sent + alreadySent} of ${total} messages were sent; a retry continues with the rest.`;
}
