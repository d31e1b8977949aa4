/** Counts of one endpoint. */
export interface EndpointStats {
	calls: number;
	/** Calls by HTTP status; `aborted` = the connection ended before the answer was complete. */
	statuses: Record<string, number>;
	inFlight: number;
	maxInFlight: number;
}

/** What `Stats.snapshot` returns; also the control API's answer. */
export interface StatsSnapshot {
	/** By method and path, for example `POST /oauth/token`. */
	endpoints: Record<string, EndpointStats>;
	/** Requests for an access token, refused ones included. */
	tokenRequests: number;
	/** Highest number of calls (of all endpoints) that were in flight at one moment. */
	maxInFlight: number;
	/** TCP connections that were opened. */
	connections: number;
}

const TOKEN_ENDPOINT = 'POST /oauth/token';

/** Counts of the calls to the simulated API. The control API and the widget are not counted. */
export class Stats {
	#endpoints = new Map<string, EndpointStats>();
	#sendTimes: number[] = [];
	#inFlight = 0;
	#maxInFlight = 0;
	#connections = 0;

	/** Requests for an access token, refused ones included. */
	get tokenRequests(): number {
		return this.#endpoints.get(TOKEN_ENDPOINT)?.calls ?? 0;
	}

	/** Highest number of calls (of all endpoints) that were in flight at one moment. */
	get maxInFlight(): number {
		return this.#maxInFlight;
	}

	/** TCP connections that were opened. */
	get connections(): number {
		return this.#connections;
	}

	/** When each send call arrived: milliseconds since 1970, with fractions. */
	get sendTimes(): readonly number[] {
		return this.#sendTimes;
	}

	/**
	 * Counts a call that arrives.
	 *
	 * @param endpoint method and path
	 * @returns a function to call once with the HTTP status when the call ends
	 */
	begin(endpoint: string): (status: number | 'aborted') => void {
		const stats = this.of(endpoint);
		stats.calls += 1;
		stats.inFlight += 1;
		stats.maxInFlight = Math.max(stats.maxInFlight, stats.inFlight);
		this.#inFlight += 1;
		this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
		return (status) => {
			stats.inFlight -= 1;
			stats.statuses[status] = (stats.statuses[status] ?? 0) + 1;
			this.#inFlight -= 1;
		};
	}

	/** Notes that a send call arrived now. */
	noteSend(): void {
		this.#sendTimes.push(performance.timeOrigin + performance.now());
	}

	/** Counts a connection that was opened. */
	noteConnection(): void {
		this.#connections += 1;
	}

	/** The live counts of one endpoint, by method and path; zeros when it was never called. */
	of(endpoint: string): EndpointStats {
		let stats = this.#endpoints.get(endpoint);
		if (stats === undefined) {
			stats = { calls: 0, statuses: {}, inFlight: 0, maxInFlight: 0 };
			this.#endpoints.set(endpoint, stats);
		}
		return stats;
	}

	/** All counts, as plain data. */
	snapshot(): StatsSnapshot {
		return {
			endpoints: structuredClone(Object.fromEntries(this.#endpoints)),
			tokenRequests: this.tokenRequests,
			maxInFlight: this.maxInFlight,
			connections: this.connections,
		};
	}

	/** Starts counting anew. Calls in flight stay in flight. */
	clear(): void {
		for (const [endpoint, stats] of this.#endpoints) {
			if (stats.inFlight === 0) this.#endpoints.delete(endpoint);
			Object.assign(stats, { calls: stats.inFlight, statuses: {}, maxInFlight: stats.inFlight });
		}
		this.#sendTimes = [];
		this.#maxInFlight = this.#inFlight;
		this.#connections = 0;
	}
}
