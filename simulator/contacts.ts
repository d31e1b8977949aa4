import { randomUUID } from 'node:crypto';

/** The state of a contact's web session; `unknown` = never opened, or removed. */
export type SessionState = 'open' | 'expired' | 'unknown';

/** A contact as the control API lists it. */
export interface Contact {
	readonly contactId: string;
	readonly name?: string;
	readonly state: Exclude<SessionState, 'unknown'>;
}

interface Session {
	name?: string;
	expired: boolean;
	lastActivityAt: number;
}

/** What the contacts need from their simulator. */
export interface ContactsHost {
	/** Seconds of inactivity after which a session expires. */
	timeoutSeconds(): number;
	/** Called when a contact's session was opened, expired or removed. */
	changed(contactId: string): void;
}

/** The customers' web sessions. Inactivity is judged when a session is looked at. */
export class Contacts {
	readonly #sessions = new Map<string, Session>();
	readonly #host: ContactsHost;

	/** @param host where the time-out comes from and changes are told to */
	constructor(host: ContactsHost) {
		this.#host = host;
	}

	/**
	 * Opens a session, or opens it again.
	 *
	 * @param details the contact ID (default: a new UUID) and a name for lists
	 * @returns the contact ID
	 */
	open(details: { contactId?: string; name?: string } = {}): string {
		const contactId = details.contactId ?? randomUUID();
		const name = details.name ?? this.#sessions.get(contactId)?.name;
		this.#sessions.set(contactId, { name, expired: false, lastActivityAt: performance.now() });
		this.#host.changed(contactId);
		return contactId;
	}

	/** Ends a session, as its time-out does. Returns false when the contact is unknown. */
	expire(contactId: string): boolean {
		const session = this.#sessions.get(contactId);
		if (session === undefined) return false;
		if (!session.expired) {
			session.expired = true;
			this.#host.changed(contactId);
		}
		return true;
	}

	/** Removes a contact, so that it is unknown. Returns false when it was unknown before. */
	remove(contactId: string): boolean {
		const removed = this.#sessions.delete(contactId);
		if (removed) this.#host.changed(contactId);
		return removed;
	}

	/** Notes activity of a session, which starts its time-out anew. */
	touch(contactId: string): void {
		const session = this.#sessions.get(contactId);
		if (session !== undefined) session.lastActivityAt = performance.now();
	}

	/** The state of a contact's session now. */
	state(contactId: string): SessionState {
		const session = this.#sessions.get(contactId);
		if (session === undefined) return 'unknown';
		const idleMs = performance.now() - session.lastActivityAt;
		if (!session.expired && idleMs >= this.#host.timeoutSeconds() * 1000) this.expire(contactId);
		return session.expired ? 'expired' : 'open';
	}

	/** One contact, or undefined when it is unknown. */
	get(contactId: string): Contact | undefined {
		const state = this.state(contactId);
		if (state === 'unknown') return undefined;
		return { contactId, name: this.#sessions.get(contactId)?.name, state };
	}

	/** All contacts, oldest first. */
	all(): Contact[] {
		return [...this.#sessions.keys()]
			.map((contactId) => this.get(contactId))
			.filter((contact) => contact !== undefined);
	}

	/** Removes all contacts. */
	clear(): void {
		const contactIds = [...this.#sessions.keys()];
		this.#sessions.clear();
		for (const contactId of contactIds) this.#host.changed(contactId);
	}
}
