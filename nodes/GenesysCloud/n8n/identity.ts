import { hash } from 'node:crypto';

import type { ItemPlace } from '../delivery/types';

/** The characters of a message's identity: enough to tell 50,000 messages apart. */
export const IDENTITY_LENGTH = 22;

/** Enough to tell messages apart, too little to tell what they say. */
export function hashOf(content: readonly unknown[]): string {
	return hash('sha256', JSON.stringify(content), 'base64url');
}

/** A content as its reader takes it: blanks around a text, and the form in which Unicode has it, make no other one. */
export function asRead(content: unknown): string {
	return JSON.stringify(content, (_name, part: unknown) =>
		typeof part === 'string' ? part.trim().normalize('NFC') : part,
	);
}

/**
 * The keys of a message that goes out once a day: of the day on which it is prepared, and, where it has waited
 * past midnight, of the day of its last call.
 */
export class DayKeys {
	private readonly prepared: string | undefined;
	private called: string | undefined;

	/**
	 * @param today tells the day; `undefined` without the option Once a Day
	 * @param keyOf the message's key of a day
	 */
	constructor(
		private readonly today: (() => string) | undefined,
		private readonly keyOf: (day: string) => string,
	) {
		this.prepared = today?.();
		this.called = this.prepared;
	}

	/** To be claimed before the message is sent. */
	get first(): readonly string[] {
		return this.prepared === undefined ? [] : [this.keyOf(this.prepared)];
	}

	/** A call is about to be made. */
	calling(): void {
		this.called = this.today?.();
	}

	/** Counts once the last call was made. */
	get late(): readonly string[] {
		const { called, prepared } = this;
		return called === undefined || called === prepared ? [] : [this.keyOf(called)];
	}
}

/** Of a hash, so many characters tell the keys of one execution apart; n8n stores them with it. */
const SHORT = 16;
/** Beside the ledger's entries, which are longer. */
const PREFIX = 'key ';

/** An item of the execution: its number, its run of the node, and a hash of its recipient. */
interface User {
	readonly item: number;
	readonly run: number;
	readonly recipient: string;
}

/**
 * Which item of the execution had a Send Once Key first. Kept in the node's context, which n8n keeps through the
 * runs of a loop and stores while the execution waits.
 */
export class UsedKeys {
	/** @param store the node's context; it is changed in place */
	constructor(private readonly store: Record<string, unknown>) {}

	/**
	 * @param recipient a hash
	 * @param samePlace whether an item in the same place counts as the same one that is run again
	 * @returns the place of the item that has the key already, but is for another recipient
	 */
	use(key: string, { item, run, recipient }: User, samePlace: boolean): ItemPlace | undefined {
		const name = PREFIX + key.slice(0, SHORT);
		const first = read(this.store[name]);
		if (!first || (samePlace && first.item === item && first.run === run)) {
			this.store[name] = `${item} ${run} ${recipient.slice(0, SHORT)}`;
			return undefined;
		}
		if (first.recipient === recipient.slice(0, SHORT)) return undefined;
		return { item: first.item, ...(first.run !== run && { earlierRun: first.run }) };
	}
}

function read(value: unknown): User | undefined {
	if (typeof value !== 'string') return undefined;
	const [item, run, recipient = ''] = value.split(' ');
	return { item: Number(item), run: Number(run), recipient };
}
