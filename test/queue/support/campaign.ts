import type { Fault } from '../../../dev/simulator';
import { contactIds, sendWorkflow, type Bed } from '../../e2e/support/bed';
import type { Execution } from '../../e2e/support/execution';
import { until } from '../../e2e/support/until';

/** How many messages a campaign has in flight at once. */
export const CONCURRENCY = 4;
/** How many are sent before the simulator leaves all further calls without an answer. */
export const SENT_BEFORE = 40;
export const MESSAGES = 100;

/** A killed worker's execution is given up by n8n after the lock and 30 seconds more. */
const GIVEN_UP_WITHIN_MS = 100_000;

/** A running execution that sends a message to each of 100 contacts. */
export class Campaign {
	private constructor(
		readonly bed: Bed,
		readonly ids: readonly string[],
		private readonly workflowId: string,
		readonly executionId: string,
	) {}

	/**
	 * Starts a campaign.
	 *
	 * @param bed its own Genesys Cloud
	 * @param delivery the Delivery Options beside the concurrency
	 * @param fault what happens to its calls
	 * @returns the campaign, running or waiting for a worker
	 */
	static async start(
		bed: Bed,
		delivery: Readonly<Record<string, unknown>> = {},
		fault?: Fault,
	): Promise<Campaign> {
		const ids = contactIds(MESSAGES);
		bed.open(...ids);
		if (fault) bed.simulator.faults.add(fault);
		// The answers that never come must not time out before the worker is killed.
		const parameters = {
			delivery: { concurrency: CONCURRENCY, timeoutSeconds: 300, ...delivery },
		};
		// Who may have got a message of a killed worker must not end the next run.
		const settings = { onError: 'continueErrorOutput' } as const;
		const workflow = sendWorkflow(bed.credential, ids, { parameters, settings });
		const workflowId = await bed.n8n.saveWorkflow(workflow);
		return new Campaign(bed, ids, workflowId, await bed.n8n.start(workflowId));
	}

	/** Waits until 40 messages are sent and the next four are in flight, without an answer. */
	async hangs(): Promise<void> {
		await until('the calls without an answer', () => {
			const [planned] = this.bed.simulator.faults.all();
			return planned?.hits === CONCURRENCY;
		});
	}

	/** Waits for the end of the execution as n8n tells it. */
	async ended(): Promise<Execution> {
		return await this.bed.n8n.ended(this.executionId, GIVEN_UP_WITHIN_MS);
	}

	/** Starts the workflow anew, as the next run of a schedule does, and waits for its end. */
	async startAgain(): Promise<Execution> {
		return await this.bed.n8n.ended(await this.bed.n8n.start(this.workflowId));
	}

	/** The contacts that got more than one message. */
	doubled(): string[] {
		const byContact = this.bed.simulator.journal.byContact();
		return this.ids.filter((id) => (byContact.get(id)?.length ?? 0) > 1);
	}

	/** The contacts that got no message. */
	missed(): string[] {
		const byContact = this.bed.simulator.journal.byContact();
		return this.ids.filter((id) => !byContact.has(id));
	}
}
