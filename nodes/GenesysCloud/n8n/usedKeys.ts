import type { ItemPlace } from '../delivery/types';

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
