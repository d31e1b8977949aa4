import type { IDataObject } from 'n8n-workflow';

/** Events that are remembered as told, over a restart of n8n. */
const MAX_TOLD = 2_000;
/** Characters that are kept of an event's key: enough to tell 2,000 apart. */
const KEPT = 12;
/** Clocks differ, and an event may have been on its way: those from this long before are due again, in ms. */
const OVERLAP_MS = 2 * 60_000;

/** What is kept in n8n's static data. Nothing in it is personal or secret. */
interface Stored extends IDataObject {
	v: 1;
	/** What the trigger listens to: what is kept is of no use to another setting. */
	of: string;
	/** From when on events count at all, in Genesys Cloud's ms since 1970, once that is known. */
	from?: number | undefined;
	/** Up to when events were received, in ms since 1970. */
	lastLiveAt: number;
	/** The keys of the last events, one after another. */
	seen: string;
}

/** What a trigger node knows of an earlier start: n8n saves it with each execution that it starts. */
export class TriggerMemory {
	/** From when on events are due, in Genesys Cloud's ms since 1970; unknown: from now. */
	readonly since: number | undefined;
	private readonly told: Set<string>;
	/** Events count from this start on, of which only n8n's own clock has told. */
	private isFirst: boolean;

	/**
	 * @param store n8n's static data of the node
	 * @param of what the trigger listens to
	 * @param resumes whether events of the time since the last start are due; else they count from now
	 */
	constructor(
		private readonly store: IDataObject,
		of: string,
		resumes: boolean,
		now: number,
	) {
		const { v, of: earlier, from, lastLiveAt, seen } = store as Partial<Stored>;
		const fits = v === 1 && earlier === of;
		this.told = new Set(fits && typeof seen === 'string' ? keysIn(seen) : []);
		const known = fits && resumes && typeof lastLiveAt === 'number';
		this.isFirst = !known;
		const floor = typeof from === 'number' ? from : -Infinity;
		this.since = known ? Math.max(floor, lastLiveAt - OVERLAP_MS) : undefined;
		Object.assign(store, { v: 1, of, seen: this.seen });
		if (!known) Object.assign(store, { from: undefined, lastLiveAt: now });
	}

	/**
	 * The connection stands, so Genesys Cloud's time is known.
	 * @param since from when on events are due, in its ms since 1970
	 */
	begins(since: number): void {
		if (!this.isFirst) return;
		this.isFirst = false;
		Object.assign(this.store, { from: since, lastLiveAt: since });
	}

	has(key: string): boolean {
		return this.told.has(key.slice(0, KEPT));
	}

	add(key: string): void {
		const [oldest] = this.told;
		if (this.told.size >= MAX_TOLD && oldest !== undefined) this.told.delete(oldest);
		this.told.add(key.slice(0, KEPT));
		this.store.seen = this.seen;
	}

	/** Up to when events were received, in Genesys Cloud's ms since 1970. */
	receivedUntil(time: number): void {
		this.store.lastLiveAt = time;
	}

	private get seen(): string {
		return [...this.told].join('');
	}
}

function keysIn(seen: string): string[] {
	return seen.slice(-MAX_TOLD * KEPT).match(new RegExp(`[0-9a-f]{${KEPT}}`, 'g')) ?? [];
}
