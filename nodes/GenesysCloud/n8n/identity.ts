import { hash } from 'node:crypto';

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
