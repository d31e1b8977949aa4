import { setImmediate as macrotask } from 'node:timers/promises';

/** The most steps in a row in which what a test plays, such as a database, answers by itself. */
const STEPS = 20;

/**
 * Does work whose waits take no real time: whenever all of it waits, the clock moves on to the next timer.
 *
 * @param work calls nothing but what a test plays: it must not wait for sockets or files
 * @param now the time at which it begins, ms since 1970
 * @returns what the work returns
 */
export async function inQuickTime<T>(work: () => Promise<T>, now = Date.now()): Promise<T> {
	jest.useFakeTimers({ now, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
	try {
		const state = { isDone: false };
		const result = work().finally(() => (state.isDone = true));
		while (!state.isDone) {
			for (let step = 0; step < STEPS; step++) await macrotask();
			await jest.advanceTimersToNextTimerAsync();
		}
		return await result;
	} finally {
		jest.useRealTimers();
	}
}
