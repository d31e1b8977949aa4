/** What the process holds once a batch has ended and garbage was collected. */
export interface Sample {
	/** Messages sent so far. */
	readonly messages: number;
	/** How long the batch took, ms. */
	readonly ms: number;
	/** Bytes. */
	readonly heapUsed: number;
	/** Bytes. */
	readonly rss: number;
	/** Open file descriptors; undefined where the system does not tell. */
	readonly descriptors?: number;
	/** What keeps the event loop alive, by kind. */
	readonly resources: Readonly<Record<string, number>>;
}

/** Living objects by class: the package's own, and those that leak most often. */
export type Objects = Readonly<Record<string, number>>;

/** What the simulator saw of the whole run. */
export interface Tally {
	/** Contacts that were to get one message. */
	readonly contacts: number;
	/** Of these, messages beyond the first. */
	readonly doubled: number;
	/** Messages that got a wrong text. */
	readonly wrong: number;
	/** Send calls by status; `aborted`: the connection was reset. */
	readonly statuses: Readonly<Record<string, number>>;
	readonly tokenRequests: number;
	readonly connections: number;
	readonly maxInFlight: number;
}

/** What came of a trigger that listened for a while. */
export interface Listened {
	/** Messages that customers wrote. */
	readonly due: number;
	/** Of these, those that started an execution. */
	readonly told: number;
	/** Told more than once. */
	readonly doubled: number;
	/** Sockets that were open after it was deactivated. */
	readonly socketsLeft: number;
}

/** What a whole run came to. */
export interface Soaked {
	/** One of each batch. */
	readonly samples: readonly Sample[];
	/** One of each batch. */
	readonly listened: readonly Listened[];
	readonly burst: Burst;
	/** What was alive after the last batch. */
	readonly left: Objects;
	readonly tally: Tally;
}

/** A minute of many events. */
export interface Burst extends Listened {
	readonly perSecond: number;
	/** 99th percentile of the event loop's delay, ms. */
	readonly delayP99Ms: number;
}
