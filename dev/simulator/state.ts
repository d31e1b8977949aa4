import { Contacts } from './contacts';
import { Directory } from './directory/directory';
import { FaultPlan } from './faults/plan';
import { Feed } from './feed';
import { Journal } from './journal';
import { Conversations } from './messaging/conversations';
import { Messages } from './messaging/messages';
import { Recipients } from './messaging/recipients';
import type { StartOptions } from './options';
import { RateWindows } from './rateWindows';
import { checkSettings } from './settings';
import type { Settings } from './settings';
import { Stats } from './stats';
import { Tokens } from './tokens';

/** Everything a running simulator remembers. Knows no HTTP. */
export class SimulatorState {
	readonly journal = new Journal();
	readonly stats = new Stats();
	readonly tokens = new Tokens();
	readonly windows = new RateWindows();
	readonly feed = new Feed();
	readonly faults: FaultPlan;
	readonly contacts = new Contacts({
		timeoutSeconds: () => this.settings.sessionTimeoutSeconds,
		changed: (contactId) => this.feed.publish(contactId, { kind: 'session' }),
		expired: (externalContactId) => this.conversations.endWebSession(externalContactId),
	});
	readonly directory = new Directory();
	readonly recipients = new Recipients();
	readonly messages = new Messages(() => this.settings.messageStatusTimes);
	readonly conversations = new Conversations(() => this.settings.threadingTimelineMinutes);
	/** Aborted when the simulator stops: waits of faults end. */
	readonly stopping = new AbortController();
	#settings: Settings;

	/** @param start the checked options */
	constructor(readonly start: StartOptions) {
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

	/** Forgets everything and goes back to the settings of the start. */
	clear(): void {
		this.#settings = { ...this.start.settings };
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
	}
}
