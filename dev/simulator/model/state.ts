import { FaultPlan } from '../faults/plan';
import { Contacts } from './contacts';
import { Directory } from './directory/directory';
import { Feed } from './feed';
import { Journal } from './journal';
import { Conversations } from './messaging/conversations';
import { Messages } from './messaging/messages';
import { Recipients } from './messaging/recipients';
import { RateWindows } from './rateWindows';
import { checkSettings } from './settings';
import type { Settings } from './settings';
import { Stats } from './stats';
import { Tokens } from './tokens';
import type { OAuthClient } from './tokens';

/** What a simulator's memory starts with. */
export interface StateOptions {
	readonly clients: readonly OAuthClient[];
	/** Of faults with a probability. */
	readonly seed: number;
	readonly settings: Readonly<Settings>;
}

/** Everything a running simulator remembers. Knows no HTTP. */
export abstract class SimulatorState {
	/** What was really accepted. */
	readonly journal = new Journal();
	/** Counts of calls. */
	readonly stats = new Stats();
	readonly tokens = new Tokens();
	readonly windows = new RateWindows();
	/** What the open widget pages are told. */
	readonly feed = new Feed();
	/** The faults to come. */
	readonly faults: FaultPlan;
	/** The customers' sessions. */
	readonly contacts = new Contacts({
		timeoutSeconds: () => this.settings.sessionTimeoutSeconds,
		changed: (contactId) => this.feed.publish(contactId, { kind: 'session' }),
		expired: (externalContactId) => this.conversations.endWebSession(externalContactId),
	});
	/** What the organisation has: senders, templates, external contacts. */
	readonly directory = new Directory();
	/** The recipients about whom something is special. */
	readonly recipients = new Recipients();
	/** The accepted agentless messages and their status. */
	readonly messages = new Messages(() => this.settings.messageStatusTimes);
	/** The message conversations. */
	readonly conversations = new Conversations(() => this.settings.threadingTimelineMinutes);
	/** Aborted when the simulator stops: waits of faults end. */
	readonly stopping = new AbortController();
	/** The OAuth clients that may log in. */
	readonly clients: readonly OAuthClient[];
	readonly #start: StateOptions;
	#settings: Settings;

	/** @param start the checked options */
	constructor(start: StateOptions) {
		this.#start = start;
		this.clients = start.clients;
		this.faults = new FaultPlan(start.seed);
		this.#settings = { ...start.settings };
	}

	/** The settings in force. */
	get settings(): Readonly<Settings> {
		return this.#settings;
	}

	/**
	 * Changes settings; a new rate limit starts new windows.
	 *
	 * @throws Error with one sentence when a setting does not fit
	 */
	configure(changes: Partial<Settings>): void {
		this.#settings = { ...this.#settings, ...checkSettings(changes) };
		if (changes.rateLimit !== undefined) this.windows.clear();
	}

	/** Makes every issued access token invalid: calls with it are answered with 401. */
	revokeTokens(): void {
		this.tokens.revokeAll();
	}

	/** Goes back to the start state. */
	reset(): void {
		this.#settings = { ...this.#start.settings };
		this.tokens.revokeAll();
		this.windows.clear();
		this.faults.clear();
		this.journal.clear();
		this.contacts.clear();
		this.directory.reset();
		this.recipients.clear();
		this.messages.clear();
		this.conversations.clear();
		this.stats.clear();
		for (const contactId of this.feed.contactIds()) {
			this.feed.publish(contactId, { kind: 'session' });
		}
		this.makeStartState();
	}

	/** Makes the contacts and faults that a simulator starts with. */
	protected abstract makeStartState(): void;
}
