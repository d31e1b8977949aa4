import { sleep } from 'n8n-workflow';

import { steadyNow } from './clock';

/** How often the open calls are looked at, in ms: one that takes too long ends at most so much later. */
const LOOK_MS = 50;

/** Until when each open call may take, in ms since 1970. */
const open = new Map<AbortController, number>();
let isLooking = false;

/**
 * Makes a call that is aborted when it takes too long. One timer looks after all calls of the process: a timer
 * for each (`AbortSignal.timeout`) holds its call in memory until the time is over, long after the answer.
 *
 * @param ms the time limit
 * @param call takes the signal that ends it, with a `TimeoutError`
 */
export async function withTimeLimit<T>(
	ms: number,
	call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const controller = new AbortController();
	open.set(controller, steadyNow() + ms);
	if (!isLooking) void look();
	try {
		return await call(controller.signal);
	} finally {
		open.delete(controller);
	}
}

/** Goes on as long as there are open calls. */
async function look(): Promise<void> {
	isLooking = true;
	while (open.size > 0) {
		await sleep(LOOK_MS);
		const now = steadyNow();
		for (const [controller, until] of open) {
			if (now < until) continue;
			open.delete(controller);
			controller.abort(new DOMException('The call took too long', 'TimeoutError'));
		}
	}
	isLooking = false;
}
