import type { ExecutionContext } from './context';
import type { Counts } from './results';

/** The shortest time between two reports, in ms: a long run must not flood the log. */
const INTERVAL_MS = 5_000;

/** Tells how far a long run is: in n8n's log and, when started by hand, in the editor. */
export class ProgressReport {
	private reportedAt: number;

	/**
	 * @param context the execution
	 * @param total how many messages the run has
	 * @param now tells the current time in ms since 1970
	 */
	constructor(
		private readonly context: Pick<ExecutionContext, 'logger' | 'sendMessageToUI'>,
		private readonly total: number,
		private readonly now: () => number = Date.now,
	) {
		this.reportedAt = now();
	}

	/**
	 * Reports when it is time to.
	 *
	 * @param counts how the messages ended so far
	 */
	update({ sent, alreadySent, unreachable, failed }: Counts): void {
		if (this.now() - this.reportedAt < INTERVAL_MS) return;
		this.reportedAt = this.now();
		const done = sent + alreadySent + unreachable + failed;
		const text = `Genesys Cloud: ${done} of ${this.total} messages done (${sent} sent, ${alreadySent} already sent, ${unreachable} unreachable, ${failed} failed)`;
		this.context.logger.info(text);
		this.context.sendMessageToUI(text);
	}
}
