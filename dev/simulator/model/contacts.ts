import { randomUUID } from 'node:crypto';

import { SEEDED } from './directory/seeds';

/** The state of a contact's web session; `unknown` = never opened, or removed. */
export type SessionState = 'open' | 'expired' | 'unknown';

/** A contact as the control API lists it. */
export interface Contact {
	readonly contactId: string;
	/** The customer's record, by which the documented messaging API reaches the session. */
	readonly externalContactId: string;
	/** The Messenger deployment that the session belongs to. */
	readonly deploymentId: string;
	readonly name?: string;
	readonly state: Exclude<SessionState, 'unknown'>;
	/** Closed = messages wait for the customer to come back. */
	readonly browser: 'open' | 'closed';
}

/** How to open a session; what is not given is kept from before, or has a default. */
export interface SessionDetails {
	/** Default: a new UUID. */
	contactId?: string;
	/** Default: a new UUID. */
	externalContactId?: string;
	/** Default: the deployment "Shop website". */
	deploymentId?: string;
	/** For lists. */
	name?: string;
	/** Whether inactivity ends the session; default true. */
	expires?: boolean;
}

interface Session {
	name?: string;
	externalContactId: string;
	deploymentId: string;
	expires: boolean;
	expired: boolean;
	browser: Contact['browser'];
	lastActivityAt: number;
}

/** What the contacts need from their simulator. */
interface ContactsHost {
	/** Seconds of inactivity after which a session expires. */
	timeoutSeconds(): number;
	/** Called when a contact's session was opened, expired or removed. */
	changed(contactId: string): void;
	/** Called when the session of an external contact expired. */
	expired(externalContactId: string): void;
}

/** The customers' web sessions. Inactivity is judged when a session is looked at. */
export class Contacts {
	readonly #sessions = new Map<string, Session>();
	readonly #byExternalContact = new Map<string, string>();
	readonly #host: ContactsHost;

	/** @param host where the time-out comes from and changes are told to */
	constructor(host: ContactsHost) {
		this.#host = host;
	}

	/**
	 * Opens a session, or opens it again.
	 *
	 * @returns the contact ID
	 */
	open({ contactId = randomUUID(), ...details }: SessionDetails = {}): string {
		const before = this.#sessions.get(contactId);
		const {
			name = before?.name,
			externalContactId = before?.externalContactId ?? randomUUID(),
			deploymentId = before?.deploymentId ?? SEEDED.deploymentId,
			expires = before?.expires ?? true,
		} = details;
		const lastActivityAt = performance.now();
		this.#sessions.set(contactId, {
			name,
			externalContactId,
			deploymentId,
			expires,
			expired: false,
			browser: 'open',
			lastActivityAt,
		});
		this.#byExternalContact.set(externalContactId, contactId);
		this.#host.changed(contactId);
		return contactId;
	}

	/** The contact whose session belongs to an external contact, if any. */
	ofExternalContact(externalContactId: string): Contact | undefined {
		const contactId = this.#byExternalContact.get(externalContactId);
		return contactId === undefined ? undefined : this.get(contactId);
	}

	/** Ends a session, as its time-out does. Returns false when the contact is unknown. */
	expire(contactId: string): boolean {
		const session = this.#sessions.get(contactId);
		if (session === undefined) return false;
		if (!session.expired) {
			session.expired = true;
			this.#host.expired(session.externalContactId);
			this.#host.changed(contactId);
		}
		return true;
	}

	/** Removes a contact, so that it is unknown. Returns false when it was unknown before. */
	remove(contactId: string): boolean {
		this.#byExternalContact.delete(this.#sessions.get(contactId)?.externalContactId ?? '');
		const removed = this.#sessions.delete(contactId);
		if (removed) this.#host.changed(contactId);
		return removed;
	}

	/** Notes activity of a session, which starts its time-out anew. */
	touch(contactId: string): void {
		const session = this.#sessions.get(contactId);
		if (session !== undefined) session.lastActivityAt = performance.now();
	}

	/** The customer closes the browser, or opens it again. Returns false when the contact is unknown. */
	setBrowser(contactId: string, browser: Contact['browser']): boolean {
		const session = this.#sessions.get(contactId);
		if (session !== undefined) session.browser = browser;
		return session !== undefined;
	}

	/** The state of a contact's session now. */
	state(contactId: string): SessionState {
		const session = this.#sessions.get(contactId);
		if (session === undefined) return 'unknown';
		const idleMs = performance.now() - session.lastActivityAt;
		const isIdle = session.expires && idleMs >= this.#host.timeoutSeconds() * 1000;
		if (!session.expired && isIdle) this.expire(contactId);
		return session.expired ? 'expired' : 'open';
	}

	/** One contact, or undefined when it is unknown. */
	get(contactId: string): Contact | undefined {
		const state = this.state(contactId);
		const session = this.#sessions.get(contactId);
		if (state === 'unknown' || session === undefined) return undefined;
		const { externalContactId, deploymentId, name, browser } = session;
		return { contactId, externalContactId, deploymentId, name, state, browser };
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
		this.#byExternalContact.clear();
		for (const contactId of contactIds) this.#host.changed(contactId);
	}
}
