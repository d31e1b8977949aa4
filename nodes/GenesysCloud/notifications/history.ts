import type { ApiClient, ApiRequest } from '../api/client';
import type { ServerTime } from '../api/serverTime';
import type { JsonObject } from '../delivery/types';
import type { Failure } from '../failures/failure';
import { Backoff, mayPass, troubleOf } from './backoff';
import type { StoppableClock } from './types';
import { Waits } from './waits';

const PAGE_SIZE = 100;
const MAX_PAGES = 100;
/** A conversation that cannot be read gives way to the others after so many tries. */
const TRIES = 3;

/** What reading afterwards needs. */
export interface HistoryPorts {
	readonly call: ApiClient;
	readonly clock: StoppableClock;
	/** Genesys Cloud's. */
	readonly time: ServerTime;
	/** From 0 to 1, for the jitter. */
	readonly random: () => number;
	/** Whether there is still somebody to read for. */
	readonly goesOn: () => boolean;
	/** Hears of what no patience helps against. */
	readonly refused: (failure: Failure) => void;
}

/**
 * What came of a call. `refused`: there is nothing to be had. `failing`: the API has failed at it again and
 * again. `ended`: nobody waits for it any more.
 */
type Answer = JsonObject | 'refused' | 'failing' | 'ended';

/** What Genesys Cloud keeps of the conversations of queues, read with patience. */
export class History {
	private readonly waits: Waits;

	constructor(private readonly ports: HistoryPorts) {
		this.waits = new Waits(ports.clock);
	}

	/** The IDs of a queue's conversations that were active since then; `undefined` when it ended before. */
	async conversationsOf(queueId: string, from: number): Promise<string[] | undefined> {
		const ids: string[] = [];
		for (let page = 1; page <= MAX_PAGES; page++) {
			const answer = await this.ask(detailsQuery(queueId, from, this.ports.time.now(), page));
			if (answer === 'ended') return undefined;
			if (answer === 'refused' || answer === 'failing') break;
			const { conversations } = answer;
			const records = Array.isArray(conversations) ? (conversations as (JsonObject | null)[]) : [];
			ids.push(
				...records.map((record) => record?.conversationId).filter((id) => typeof id === 'string'),
			);
			if (records.length < PAGE_SIZE) break;
		}
		return ids;
	}

	/** A conversation as it is now. */
	async conversation(id: string): Promise<Answer> {
		return await this.ask(conversationRequest(id), TRIES);
	}

	/** Waits for `ms` milliseconds, or until it has ended. */
	async pause(ms: number): Promise<void> {
		await this.waits.until(ms, () => !this.ports.goesOn());
	}

	/** Asks until there is an answer, or so many times. */
	private async ask(request: ApiRequest, tries = Infinity): Promise<Answer> {
		const { call, clock, goesOn, random, refused } = this.ports;
		const backoff = new Backoff(random);
		for (let tried = 1; goesOn(); tried++) {
			const answer = await call(request);
			if (!goesOn()) return 'ended';
			if (answer.ok) return answer.value;
			const { failure } = answer;
			if (failure.httpCode === '404') return 'refused';
			if (!mayPass(failure)) {
				refused(failure);
				return 'refused';
			}
			if (tried >= tries) return 'failing';
			await this.pause(backoff.next(troubleOf(failure), clock.now()));
		}
		return 'ended';
	}
}

function conversationRequest(id: string): ApiRequest {
	return {
		method: 'GET',
		path: `/api/v2/conversations/messages/${encodeURIComponent(id)}`,
		reads: true,
	};
}

function detailsQuery(queueId: string, from: number, to: number, pageNumber: number): ApiRequest {
	const interval = `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;
	const predicates = [
		{ dimension: 'mediaType', value: 'message' },
		{ dimension: 'queueId', value: queueId },
	];
	return {
		method: 'POST',
		path: '/api/v2/analytics/conversations/details/query',
		body: {
			interval,
			order: 'asc',
			orderBy: 'conversationStart',
			paging: { pageSize: PAGE_SIZE, pageNumber },
			segmentFilters: [{ type: 'and', predicates }],
		},
		answer: 'any',
		reads: true,
	};
}
