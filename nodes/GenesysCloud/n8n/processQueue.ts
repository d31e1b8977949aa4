import type { Clock } from '../delivery/types';

/** The turn of one execution. */
interface Turn {
	readonly begun: Promise<void>;
	readonly ended: Promise<void>;
}

/** How long the next one waits for a turn that has begun: nobody may block others by a call that hangs. */
const PATIENCE_MS = 1_000;

/** Who came last, by what they want. */
const last = new Map<string, Turn>();

/**
 * Lets the executions of this process that want the same thing take turns. It spares a database a thousand
 * executions that ask it again and again for the same lock, and promises nothing: a turn that takes too long
 * is overtaken.
 *
 * @param wanted what they want
 * @param clock waits for a turn that takes too long
 * @param work what is done in turn
 */
export async function inTurn(
	wanted: string,
	clock: Pick<Clock, 'within'>,
	work: () => Promise<void>,
): Promise<void> {
	const before = last.get(wanted);
	let begin: (() => void) | undefined;
	let end: (() => void) | undefined;
	const turn: Turn = {
		begun: new Promise((resolve) => (begin = resolve)),
		ended: new Promise((resolve) => (end = resolve)),
	};
	last.set(wanted, turn);
	await before?.begun;
	if (before) await clock.within(before.ended, PATIENCE_MS);
	begin?.();
	try {
		await work();
	} finally {
		end?.();
		if (last.get(wanted) === turn) last.delete(wanted);
	}
}
