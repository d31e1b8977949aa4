import type { Doubt, End, Known, Memory } from './memory';
import type { Message, Receipt } from './types';

/** The plain object that n8n stores with an execution: a message's identity to a short string. */
export type LedgerStore = Record<string, unknown>;

/** Strings keep the stored ledger small: 50,000 entries stay under 5 MB. */
const DOUBT_PREFIX = '?';
const SEPARATOR = ' ';
/** In an ID these would be misread, and a message that was sent might be sent again. */
const ESCAPED = /[%? ]/g;
const ESCAPES = /%(25|3f|20)/g;

/**
 * The ledger remembers, in the node's context, what became of each message. n8n keeps that context
 * while it re-runs a node (Retry On Fail, both Continue modes) and stores it with a failed execution
 * (Retry Execution), so a re-run can skip what was sent. It holds hashes, message IDs and codes only, no
 * personal data.
 */
export class Ledger implements Memory {
	/** @param store the object kept by the host; it is changed in place */
	constructor(private readonly store: LedgerStore) {}

	begin({ identity }: Message): Known {
		if (!Object.hasOwn(this.store, identity)) return { state: 'new' };
		const value = this.store[identity];
		if (typeof value !== 'string') return { state: 'inDoubt', doubt: {} };
		if (value.startsWith(DOUBT_PREFIX)) return { state: 'inDoubt', doubt: readDoubt(value) };
		return { state: 'sent', receipt: readReceipt(value) };
	}

	/** n8n stores the context on Stop, while calls are in flight: a call counts as uncertain until it ends. */
	calling({ identity }: Message): void {
		if (!Object.hasOwn(this.store, identity)) this.store[identity] = DOUBT_PREFIX;
	}

	end({ identity }: Message, end: End): void {
		switch (end.state) {
			case 'accepted':
				this.store[identity] = writeReceipt(end.receipt);
				return;
			case 'refused':
				delete this.store[identity];
				return;
			case 'unknown':
				this.store[identity] = writeDoubt(end.doubt);
		}
	}
}

function writeReceipt({ id, conversationId }: Receipt): string {
	const parts = conversationId === undefined ? [id] : [id, conversationId];
	return parts.map(escaped).join(SEPARATOR);
}

function readReceipt(value: string): Receipt {
	const [id = '', conversationId] = value.split(SEPARATOR).map(unescaped);
	return conversationId === undefined ? { id } : { id, conversationId };
}

/** Genesys Cloud's own IDs have nothing to escape, but a gateway may give any text. */
function escaped(id: string): string {
	return id.replace(ESCAPED, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function unescaped(text: string): string {
	return text.replace(ESCAPES, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Codes and IDs look like this; anything else that a gateway gives may be personal. */
const CODE = /^[\w.:-]{1,64}$/;

function writeDoubt({ reason, httpCode, code, correlationId, attempts }: Doubt): string {
	const parts = [reason, httpCode, code, correlationId, attempts?.toString()];
	return DOUBT_PREFIX + parts.map((part) => (part && CODE.test(part) ? part : '')).join(SEPARATOR);
}

function readDoubt(value: string): Doubt {
	const [reason, httpCode, code, correlationId, attempts] = value.slice(1).split(SEPARATOR);
	return {
		...(isUncertain(reason) && { reason }),
		...(httpCode && { httpCode }),
		...(code && { code }),
		...(correlationId && { correlationId }),
		...(attempts && /^\d{1,4}$/.test(attempts) && { attempts: Number(attempts) }),
	};
}

const UNCERTAIN_REASONS = [
	'badRequest',
	'unauthorized',
	'forbidden',
	'notFound',
	'conflict',
	'serverError',
	'network',
	'timeout',
	'unexpectedResponse',
	'rateLimited',
	'sessionExpired',
	'contactNotFound',
	'optedOut',
] as const;

function isUncertain(reason: string | undefined): reason is (typeof UNCERTAIN_REASONS)[number] {
	return UNCERTAIN_REASONS.some((candidate) => candidate === reason);
}
