/**
 * The ledger remembers, in the node's context, what became of each message. n8n keeps that context
 * while it re-runs a node (Retry On Fail, both Continue modes) and stores it with a failed execution
 * (Retry Execution), so a re-run can skip what was sent. It holds hashes and message IDs only, no
 * personal data.
 */
export interface Receipt {
	/** The ID that the API gave the message. */
	readonly id: string;
	/** The conversation that the message opened or continued, where the API tells. */
	readonly conversationId?: string;
}

/** What is known of a message from an earlier run of the node in the same execution. */
export type LedgerEntry =
	| { readonly state: 'sent'; readonly receipt: Receipt }
	| { readonly state: 'unknown'; readonly reason: string };

/** The plain object that n8n stores: message key to a short string. */
export type LedgerStore = Record<string, unknown>;

/** Strings keep the stored ledger small: 50,000 entries stay under 5 MB. */
const UNKNOWN_PREFIX = '?';
const SEPARATOR = ' ';
/** In an ID these would be misread, and a message that was sent might be sent again. */
const ESCAPED = /[%? ]/g;
const ESCAPES = /%(25|3f|20)/g;

/** Reads and writes the ledger of one node in one execution. */
export class Ledger {
	/** @param store the object kept by the host; it is changed in place */
	constructor(private readonly store: LedgerStore) {}

	/** @returns what is known of the message, or `undefined` when it was never sent */
	lookUp(key: string): LedgerEntry | undefined {
		if (!Object.hasOwn(this.store, key)) return undefined;
		const value = this.store[key];
		if (typeof value !== 'string') return { state: 'unknown', reason: '' };
		if (value.startsWith(UNKNOWN_PREFIX)) return { state: 'unknown', reason: value.slice(1) };
		const [id = '', conversationId] = value.split(SEPARATOR).map(unescaped);
		return {
			state: 'sent',
			receipt: conversationId === undefined ? { id } : { id, conversationId },
		};
	}

	/**
	 * The message is about to be sent, or nobody knows whether it was accepted. To be called before a
	 * call as well: n8n stores the context on Stop, while calls are in flight.
	 *
	 * @param key the message's key
	 * @param reason why its outcome is unknown; empty while the call is in flight
	 */
	unknown(key: string, reason = ''): void {
		this.store[key] = UNKNOWN_PREFIX + reason;
	}

	/** The API accepted the message. */
	sent(key: string, { id, conversationId }: Receipt): void {
		const parts = conversationId === undefined ? [id] : [id, conversationId];
		this.store[key] = parts.map(escaped).join(SEPARATOR);
	}

	/** The message was certainly not sent: a re-run may send it. */
	notSent(key: string): void {
		delete this.store[key];
	}
}

/** Genesys Cloud's own IDs have nothing to escape, but a gateway may give any text. */
function escaped(id: string): string {
	return id.replace(ESCAPED, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function unescaped(text: string): string {
	return text.replace(ESCAPES, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
