import { Child } from './child';
import type { Job, Moments, RateLimit, RunReport, Talk, Tally } from './types';

/** How a measured run is made. */
interface RunPlan {
	/** Messages to send. */
	readonly count: number;
	/** Messages that the fresh process sends before, unmeasured and without rate limit; default 0. */
	readonly warmUp?: number;
	readonly rateLimit?: RateLimit;
	/** How long the run may take, in ms. */
	readonly timeoutMs?: number;
}

/** A run as both sides saw it. */
export interface Run extends RunReport {
	readonly tally: Tally;
	/** Messages that reached nobody. */
	readonly lost: number;
	/** Messages that a contact got more than once. */
	readonly doubled: number;
	/** Accepted messages a second. */
	readonly rate: number;
	/** CPU time of the client for an accepted message, ms. */
	readonly cpuPerMessage: number;
	/** Highest resident memory beyond that with the items made, MB. */
	readonly extraMb: number;
	/** Share of calls refused with 429, 0 to 1. */
	readonly refusedShare: number;
}

/** A job without its URL: the bed fills in the simulator's. */
export type JobFor = Omit<Job, 'url' | 'concurrency'> & Partial<Pick<Job, 'url' | 'concurrency'>>;

/** The messages in flight of all senders that know such a limit: the node's default. */
const CONCURRENCY = 10;

/** What the measures share: a simulator in a process of its own, and client processes. */
export class Bed {
	/**
	 * @param simulator the simulator's process
	 * @param url its base URL
	 * @param certificateFile the certificate that the clients trust
	 * @param runs how often each comparison is repeated
	 * @param quick whether small sizes are to be used
	 */
	constructor(
		private readonly simulator: Child,
		readonly url: string,
		private readonly certificateFile: string,
		readonly runs: number,
		readonly quick: boolean,
	) {}

	/** @returns the size for a full run or for a quick one */
	size(full: number, quick: number): number {
		return this.quick ? quick : full;
	}

	/** Starts a client in a process of its own, with further flags of Node if need be. */
	async client(job: JobFor, nodeFlags: readonly string[] = []): Promise<Child> {
		const child = await Child.start('clientProcess.ts', {
			nodeFlags: ['--expose-gc', ...nodeFlags],
			env: { NODE_EXTRA_CA_CERTS: this.certificateFile },
		});
		try {
			await child.call('start', { url: this.url, concurrency: CONCURRENCY, ...job });
			return child;
		} catch (error) {
			await child.stop();
			throw error;
		}
	}

	/** Sends messages with a client that is running already. */
	async send(client: Child, plan: RunPlan): Promise<Run> {
		const { count, rateLimit = null, timeoutMs } = plan;
		await client.call('prepare', count);
		await this.simulator.call('begin', rateLimit);
		const report = await client.call<RunReport>('run', undefined, timeoutMs);
		return withTally(report, await this.simulator.call<Tally>('tally'), count);
	}

	/**
	 * Customers write to a published workflow, which runs in a process of its own.
	 *
	 * @param talk how much they write
	 * @param fetchText whether the trigger also reads each message's text by the API
	 * @returns of each message the time from its event to its `emit`, ms
	 */
	async listen(talk: Talk, fetchText: boolean): Promise<number[]> {
		const listener = await Child.start('listenerProcess.ts', {
			// Of Node 20, which has it behind a flag.
			nodeFlags: typeof WebSocket === 'undefined' ? ['--experimental-websocket'] : [],
			env: { NODE_EXTRA_CA_CERTS: this.certificateFile },
		});
		try {
			await this.simulator.call('begin', null);
			await listener.call('listen', { url: this.url, fetchText });
			const written = await this.simulator.call<Moments>('talk', talk);
			const told = await listener.call<Moments>('told', talk.count);
			return Object.entries(written).map(([id, at]) => (told[id] ?? Number.POSITIVE_INFINITY) - at);
		} finally {
			await listener.stop();
		}
	}

	/** Sends messages with a fresh process; rejects when that process does not come to its end. */
	async run(job: JobFor, { warmUp = 0, ...plan }: RunPlan): Promise<Run> {
		const client = await this.client(job);
		try {
			if (warmUp > 0) await this.send(client, { count: warmUp });
			return await this.send(client, plan);
		} finally {
			await client.stop();
		}
	}
}

function withTally(report: RunReport, tally: Tally, count: number): Run {
	const { accepted, contacts, calls, refused } = tally;
	return {
		...report,
		tally,
		lost: count - contacts,
		doubled: accepted - contacts,
		rate: (accepted / report.ms) * 1000,
		cpuPerMessage: report.cpuMs / Math.max(accepted, 1),
		extraMb: report.peakRssMb - report.rssBeforeMb,
		refusedShare: calls > 0 ? refused / calls : 0,
	};
}
