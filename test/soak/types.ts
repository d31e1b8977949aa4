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
