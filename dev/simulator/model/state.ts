import { EventEmitter } from 'node:events';

import { FaultPlan } from '../faults/plan';
import { Timers } from '../support/timers';
import { Contacts } from './contacts';
import { Directory } from './directory/directory';
import { SEEDED } from './directory/seeds';
import { Events } from './events';
import type { DueEvent, EventKind } from './events';
import { Feed } from './feed';
import { Journal } from './journal';
import type { Conversation } from './messaging/conversation';
import { Conversations } from './messaging/conversations';
import { Delivery } from './messaging/delivery';
import { Messages } from './messaging/messages';
import type { Message } from './messaging/messages';
import { People } from './messaging/people';
import { Recipients } from './messaging/recipients';
import { Notifications } from './notifications/notifications';
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

/** What the simulator's notifications are made of. */
interface Changes {
	/** Something about a conversation changed. */
	conversation: [conversation: Conversation];
	/** A message waits in vain for a browser that is closed. */
	undelivered: [message: Message, conversation: Conversation];
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
	/** What was due to be told to those who subscribe to it. */
	readonly events = new Events();
	readonly changes = new EventEmitter<Changes>();
	readonly timers = new Timers();
	/** All messages and their status. */
	readonly messages = new Messages(
		() => this.settings.messageStatusTimes,
		(message, status) => this.#moved(message, status),
	);
	/** The message conversations. */
	readonly conversations = new Conversations({
		timelineMinutes: () => this.settings.threadingTimelineMinutes,
		defaultQueueId: () => (this.settings.conversationQueue === 'none' ? undefined : SEEDED.queueId),
		changed: (conversation, happened) => {
			if (happened !== undefined) this.#note(happened, conversation);
			this.changes.emit('conversation', conversation);
		},
	});
	/** Tells when messages move on. */
	readonly delivery = new Delivery({
		contacts: this.contacts,
		conversations: this.conversations,
		messages: this.messages,
		timers: this.timers,
		settings: () => this.settings,
		moved: (message, status) => this.#moved(message, status),
		undelivered: (message, conversation) => {
			const { fromAddress: deploymentId } = conversation;
			this.#note('messageUndelivered', conversation, { deploymentId, messageId: message.id });
			this.changes.emit('undelivered', message, conversation);
		},
	});
	/** Channels, sockets and what is told on them. */
	readonly notifications: Notifications;
	/** The customers, and who talks with them. */
	readonly people = new People({
		contacts: this.contacts,
		conversations: this.conversations,
		delivery: this.delivery,
		directory: this.directory,
		events: this.events,
		feed: this.feed,
		messages: this.messages,
	});
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
		this.notifications = new Notifications({
			seed: start.seed,
			timers: this.timers,
			tokens: this.tokens,
			settings: () => this.settings,
		});
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

	/**
	 * Tells an event that nothing here makes, such as the progress of a campaign.
	 *
	 * @returns to how many sockets it was given
	 */
	publishTopic(topicName: string, eventBody: object): number {
		this.events.add({ event: 'topic', topicName });
		return this.notifications.publish(topicName, () => eventBody);
	}

	/** Makes every issued access token invalid: calls with it are answered with 401. */
	revokeTokens(): void {
		this.tokens.revokeAll();
		this.notifications.checkTokens();
	}

	/** Goes back to the start state. */
	reset(): void {
		this.#settings = { ...this.#start.settings };
		this.notifications.clear();
		this.tokens.revokeAll();
		this.windows.clear();
		this.faults.clear();
		this.timers.clear();
		this.journal.clear();
		this.events.clear();
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

	#moved(message: Message, status: string): void {
		const conversation = this.conversations.get(message.conversationId);
		if (conversation === undefined) return;
		this.#note('messageStatus', conversation, { messageId: message.id, status });
		this.changes.emit('conversation', conversation);
	}

	#note(event: EventKind, conversation: Conversation, more: Partial<DueEvent> = {}): void {
		const { id: conversationId, channel, queueId, recipient } = conversation;
		this.events.add({ event, conversationId, channel, queueId, recipient, ...more });
	}

	/** Makes the contacts and faults that a simulator starts with. */
	protected abstract makeStartState(): void;
}
