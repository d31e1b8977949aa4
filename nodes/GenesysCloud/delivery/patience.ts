import { failed } from '../failures/failure';
import { isRateLimit } from './retry';
import type { Clock, Message, Outcome, RetrySettings } from './types';

/**
 * The patience of a run with messages that are refused for their rate again and again: it ends when for the longest
 * wait none has got through. A message that waits for its call ends by itself; one that is looked up before each
 * call waits for its look-ups, and these get through.
 */
export class Patience {
	private progressAt = Number.NEGATIVE_INFINITY;

	constructor(
		private readonly clock: Pick<Clock, 'now'>,
		private readonly settings: Pick<RetrySettings, 'maxWaitMs'>,
	) {}

	/** A message of the run has ended. */
	note(outcome: Outcome): void {
		const isRefused = outcome.status === 'failed' && outcome.failure.reason === 'rateLimited';
		if (!isRefused) this.progressAt = this.clock.now();
	}

	/** The same message, which is given up with the patience. */
	with(message: Message): Message {
		let since: number | undefined;
		return {
			...message,
			attempt: async (aboutToCall) => {
				const result = await message.attempt(aboutToCall);
				if (result.ok || !isRateLimit(result.failure, this.settings)) {
					since = undefined;
					return result;
				}
				const now = this.clock.now();
				since ??= now;
				const stalledMs = now - Math.max(since, this.progressAt);
				if (stalledMs <= this.settings.maxWaitMs) return result;
				return failed({ ...result.failure, transient: false, notCalled: true });
			},
		};
	}
}
