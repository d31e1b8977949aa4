import type { IDataObject } from 'n8n-workflow';

import { asObject } from '../api/json';

/** Events that are remembered as told, over a restart of n8n. */
const MAX_TOLD = 2_000;
/** Characters that are kept of an event's key: enough to tell 2,000 apart. */
const KEPT = 12;
/** Clocks differ, and an event may have been on its way: those from this long before are due again, in ms. */
const OVERLAP_MS = 2 * 60_000;
/** n8n takes this long at most to start a trigger again that was changed, in ms. */
const REPUBLISHED_MS = 10 * 60_000;

/** What is kept in n8n's static data. Nothing in it is personal or secret. */
interface Stored extends IDataObject {
	v: 1;
	/** From when on events count at all, in ms since 1970, by the names of what it listens to. */
	from: Record<string, number>;
	/** Up to when events were received, in ms since 1970. */
	lastLiveAt: number;
	/** The keys of the last events, one after another. */
	seen: string;
}

/**
 * Static data by workflow and node, as this process had it last: n8n keeps it by the node's name, so that one that
 * is renamed finds none, or what was kept when it had that name before.
 */
export class StaticData {
	private readonly latest = new Map<string, IDataObject>();
	private readonly endedAt = new Map<string, number>();

	/** @param store n8n's static data of the node. @returns the same, with what is newer */
	of(owner: string, store: IDataObject): IDataObject {
		const latest = this.latest.get(owner);
		if (latest && lastLiveAt(latest) >= lastLiveAt(store)) Object.assign(store, latest);
		this.latest.set(owner, store);
		this.endedAt.delete(owner);
		return store;
	}

	/** The trigger has ended; one that is late says nothing about the one that has taken its place. */
	end(owner: string, store: IDataObject, now: number): void {
		if (this.latest.get(owner) === store) this.endedAt.set(owner, now);
	}

	/** Whether the trigger ended so long ago that nobody expects it to go on from there. */
	wasOff(owner: string, now: number): boolean {
		return now - (this.endedAt.get(owner) ?? now) > REPUBLISHED_MS;
	}
}

function lastLiveAt({ lastLiveAt: time }: IDataObject): number {
	return typeof time === 'number' ? time : -Infinity;
}

/** What a trigger node knows of an earlier start: n8n saves it with each execution that it starts. */
export class TriggerMemory {
	/** By topic: from when on events are due, where it was listened to before. */
	private readonly due = new Map<string, number>();
	private readonly told: Set<string>;
	/** Of what has not been listened to before, only n8n's own clock has told since when it is. */
	private begun = false;

	/**
	 * @param store n8n's static data of the node
	 * @param names of what the trigger listens to, by topic: what has another name than before is another thing
	 * @param resumes whether events of the time since the last start are due; else they count from now
	 */
	constructor(
		private readonly store: IDataObject,
		private readonly names: ReadonlyMap<string, string>,
		resumes: boolean,
		now: number,
	) {
		const { v, from, lastLiveAt, seen } = store as Partial<Stored>;
		const received = v === 1 && typeof lastLiveAt === 'number' ? lastLiveAt : undefined;
		this.told = new Set(received !== undefined && typeof seen === 'string' ? keysIn(seen) : []);
		for (const [topic, name] of names) {
			const floor = resumes ? asObject(from)[name] : undefined;
			if (received === undefined || typeof floor !== 'number') continue;
			this.due.set(topic, Math.max(floor, received - OVERLAP_MS));
		}
		Object.assign(store, { v: 1, from: this.fromWith(() => now - OVERLAP_MS), seen: this.seen });
		if (this.due.size === 0) store.lastLiveAt = now;
	}

	/** From when on events of a topic are due, in Genesys Cloud's ms since 1970; unknown: from now. */
	since(topic: string): number | undefined {
		return this.due.get(topic);
	}

	/**
	 * The connection stands, so Genesys Cloud's time is known.
	 * @param since from when on events of a topic are due, in its ms since 1970
	 */
	begins(since: (topic: string) => number): void {
		if (this.begun) return;
		this.begun = true;
		const from = this.fromWith(since);
		Object.assign(this.store, { from });
		if (this.due.size === 0) this.store.lastLiveAt = Math.min(...Object.values(from));
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

	/** @param since of a topic that was not listened to before */
	private fromWith(since: (topic: string) => number): Record<string, number> {
		return Object.fromEntries(
			[...this.names].map(([topic, name]) => [name, this.due.get(topic) ?? since(topic)]),
		);
	}

	private get seen(): string {
		return [...this.told].join('');
	}
}

function keysIn(seen: string): string[] {
	return seen.slice(-MAX_TOLD * KEPT).match(new RegExp(`[0-9a-f]{${KEPT}}`, 'g')) ?? [];
}
