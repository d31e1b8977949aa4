import type { ApiClient } from '../api/client';
import type { ApiRequest } from '../api/request';
import { conversationRequest } from '../api/conversations';
import type { ServerTime } from '../api/serverTime';
import type { JsonObject } from '../delivery/types';
import type { Failure } from '../failures/failure';
import { Backoff, mayPass, troubleOf, Waits } from './backoff';
import type { StoppableClock } from './types';

const PAGE_SIZE = 100;
const MAX_PAGES = 100;
/** A call that fails gives way to the others after so many tries. */
const TRIES = 3;

/** What reading afterwards needs. */
interface HistoryPorts {
	readonly call: ApiClient;
	readonly clock: StoppableClock;
	/** Genesys Cloud's. */
	readonly time: ServerTime;
	/** From 0 to 1, for the jitter. */
	readonly random: () => number;
	/** Whether there is still somebody to read for. */
	readonly goesOn: () => boolean;
	/** Told of failures that waiting does not help. */
	readonly refused: (failure: Failure, sought: Sought) => void;
}

/** What a call is for. */
export type Sought = 'search' | 'conversation';

/**
 * What came of a call. `refused`: there is nothing to be had. `failing`: the API has failed at it again and
 * again. `ended`: nobody waits for it any more.
 */
type Answer = JsonObject | 'refused' | 'failing' | 'ended';

/** The conversations of a queue, as far as they were found. */
interface Found {
	readonly ids: readonly string[];
	/** The API has failed before the end. */
	readonly isFailing: boolean;
	/** There may be more than are ever read. */
	readonly isCapped: boolean;
}

/** What Genesys Cloud keeps of the conversations of queues, read with patience. */
export class History {
	private readonly waits: Waits;

	constructor(private readonly ports: HistoryPorts) {
		this.waits = new Waits(ports.clock);
	}

	/** A queue's conversations that were active since then; `undefined` when it ended before. */
	async conversationsOf(queueId: string, from: number): Promise<Found | undefined> {
		const found = new Set<string>();
		const soFar = (isFailing: boolean, isCapped = false) => {
			return { ids: [...found], isFailing, isCapped };
		};
		for (let page = 1; page <= MAX_PAGES; page++) {
			const query = detailsQuery(queueId, from, this.ports.time.now(), page);
			const answer = await this.ask(query, 'search');
			if (answer === 'ended') return undefined;
			const records = answer === 'refused' ? [] : recordsOf(answer);
			if (records === undefined) return soFar(true);
			const before = found.size;
			for (const record of records) {
				if (typeof record?.conversationId === 'string') found.add(record.conversationId);
			}
			if (!hasNextPage(answer, page, records.length)) return soFar(false);
			// The same page again, as of a cache that does not look at the body.
			if (found.size === before) return soFar(true);
		}
		return soFar(false, true);
	}

	/** A conversation as it is now. */
	async conversation(id: string): Promise<Answer> {
		return await this.ask(conversationRequest(id), 'conversation');
	}

	/** Waits for `ms` milliseconds, or until it has ended. */
	async pause(ms: number): Promise<void> {
		await this.waits.until(ms, () => !this.ports.goesOn());
	}

	/** Asks until there is an answer, a few times. */
	private async ask(request: ApiRequest, sought: Sought): Promise<Answer> {
		const { call, clock, goesOn, random, refused } = this.ports;
		const backoff = new Backoff(random);
		for (let tried = 1; goesOn(); tried++) {
			const answer = await call(request);
			if (!goesOn()) return 'ended';
			if (answer.ok) return answer.value;
			const { failure } = answer;
			// A conversation may be gone; the search is there, or what answers is not Genesys Cloud.
			const isGone = failure.httpCode === '404';
			if (isGone || !mayPass(failure)) {
				if (!isGone || sought === 'search') refused(failure, sought);
				return 'refused';
			}
			if (tried >= TRIES) return 'failing';
			await this.pause(backoff.next(troubleOf(failure), clock.now()));
		}
		return 'ended';
	}
}

/** Without a find, the list may be missing; `undefined` for what is no answer to a search. */
function recordsOf(answer: JsonObject | 'failing'): (JsonObject | null)[] | undefined {
	if (answer === 'failing') return undefined;
	const { conversations } = answer;
	if (Array.isArray(conversations)) return conversations as (JsonObject | null)[];
	const isEmpty = Object.keys(answer).length === 0;
	return isEmpty || 'conversations' in answer || 'totalHits' in answer ? [] : undefined;
}

/** A page may be short without being the last one: some records are not for this OAuth client. */
function hasNextPage(answer: JsonObject | string, page: number, length: number): boolean {
	const totalHits = typeof answer === 'object' ? answer.totalHits : undefined;
	const isMore = typeof totalHits === 'number' && page * PAGE_SIZE < totalHits;
	return length >= PAGE_SIZE || (length > 0 && isMore);
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
		// Without any conversations it may be empty, but a web page in its place would end the search.
		answer: 'object',
		reads: true,
	};
}
