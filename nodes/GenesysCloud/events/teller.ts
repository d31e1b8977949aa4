import { hash } from 'node:crypto';

import type { ApiClient } from '../api/client';
import type { Clock, JsonObject } from '../delivery/types';
import type { Failure } from '../failures/failure';
import type { Log, Notification, OpenConversation } from '../notifications/types';
import { Differ } from './differ';
import { fetchTexts } from './texts';
import type { Fact, Sighting, TriggerEvent } from './types';

/** The item that a workflow starts with; what is not known is null. */
export interface EventItem {
	readonly event: string;
	readonly conversationId: string | null;
	readonly externalContactId: string | null;
	readonly participantId: string | null;
	readonly messageId: string | null;
	readonly text: string | null;
	readonly status: string | null;
	readonly channel: string | null;
	readonly queueId: string | null;
	readonly attributes: JsonObject;
	/** ISO 8601. */
	readonly eventTime: string;
	/** `recovered`: it happened while there was no connection. */
	readonly source: 'live' | 'recovered';
	/** The event as it came, when asked for. */
	readonly raw?: JsonObject;
}

/** What a person set for the trigger. */
export interface TellerSettings {
	readonly event: TriggerEvent;
	/** Of these channels only; all when empty. */
	readonly channels: readonly string[];
	readonly fetchText: boolean;
	readonly simplify: boolean;
}

/** What telling needs of its host. */
interface TellerPorts {
	readonly clock: Clock;
	/** From when on events of a topic are due, in Genesys Cloud's ms since 1970; asked when there is one. */
	since(topic: string): number;
	/** What time it is there. */
	now(): number;
	readonly call: ApiClient;
	readonly log: Log;
	/** Which events were told already, by key. */
	readonly told: { has(key: string): boolean; add(key: string): void };
	/** Workflow and node, so that the key of an event is this trigger's own. */
	readonly owner: readonly string[];
	/** Starts an execution. */
	emit(item: EventItem, key: string): void;
}

/** What was missed is told at a pace, in ms: a long outage must not start thousands of executions at once. */
const RECOVERED_EVERY_MS = 10;

/** What came and is still to be told. */
interface Waiting {
	readonly news: readonly Fact[];
	readonly sighting: Sighting;
	readonly notification: Notification;
	/** When it came, in Genesys Cloud's ms since 1970. */
	readonly at: number;
	/** The same by n8n's own clock. */
	readonly since: number;
}

/** Turns notifications into items, each event once. */
export class Teller {
	private readonly differ: Differ;
	/** By conversation: what is still to be told, in order. */
	private readonly queues = new Map<string | undefined, Promise<void>>();
	/** In the order in which it came. */
	private readonly waiting = new Set<Waiting>();
	/** Why texts could not be had, as far as it was said. */
	private readonly warned = new Set<string>();

	constructor(
		private readonly settings: TellerSettings,
		private readonly ports: TellerPorts,
	) {
		this.differ = new Differ(
			(topic) => ports.since(topic),
			(conversationId, factId) => ports.told.has(this.keyOf(conversationId, factId)),
		);
	}

	/** Resolves when all that the notification tells has been told. Never rejects. */
	async receive(notification: Notification): Promise<void> {
		const { channels } = this.settings;
		const now = this.ports.now();
		const sighting = this.sightingOf(notification);
		if (!sighting) return;
		const { channel, conversationId } = sighting;
		if (channels.length > 0 && !channels.some((chosen) => chosen === channel)) return;
		const news = this.differ.news(sighting, notification, now);
		if (news.length === 0) return;
		const since = this.ports.clock.now();
		const waiting: Waiting = { news, sighting, notification, at: now, since };
		this.waiting.add(waiting);
		const before = this.queues.get(conversationId) ?? Promise.resolve();
		const telling = before.then(async () => await this.tell(waiting));
		this.queues.set(conversationId, telling);
		await telling;
		this.waiting.delete(waiting);
		if (this.queues.get(conversationId) === telling) this.queues.delete(conversationId);
	}

	/** The conversations that have not ended, the latest first. */
	openConversations(): readonly OpenConversation[] {
		return this.differ.open();
	}

	/** When the oldest event came that is still to be told, in Genesys Cloud's ms since 1970. */
	waitingSince(): number | undefined {
		const [oldest] = this.waiting;
		return oldest?.at;
	}

	private sightingOf(notification: Notification): Sighting | undefined {
		try {
			return this.settings.event.sightingOf(notification);
		} catch (error) {
			// Nested more deeply than can be read.
			this.ports.log.warn(`An event cannot be read: ${String(error)}`);
			return undefined;
		}
	}

	private async tell(waiting: Waiting): Promise<void> {
		const { clock, told, log } = this.ports;
		const { news, sighting, notification } = waiting;
		const due = news
			.map((fact) => ({ fact, key: this.keyOf(sighting.conversationId, fact.id) }))
			.filter(({ key }) => !told.has(key));
		const texts = await this.textsOf(
			waiting,
			due.map(({ fact }) => fact),
		);
		for (const { fact, key } of due) {
			// The trigger may have ended, or told it from another source meanwhile.
			if (clock.stopped()) return;
			if (told.has(key)) continue;
			told.add(key);
			try {
				this.ports.emit(this.itemOf(fact, waiting, texts), key);
			} catch (error) {
				log.warn(`n8n did not take an event: ${String(error)}`);
			}
			if (notification.source === 'recovered') await clock.sleep(RECOVERED_EVERY_MS, 'backoff');
		}
	}

	private async textsOf(
		{ sighting: { conversationId }, since }: Waiting,
		facts: readonly Fact[],
	): Promise<ReadonlyMap<string, string>> {
		if (!this.settings.fetchText || conversationId === undefined) return new Map();
		const messageIds = facts.map(({ messageId }) => messageId).filter((id) => id !== undefined);
		const { call, clock, log } = this.ports;
		const wanted = { conversationId, messageIds, since };
		const { found, failure } = await fetchTexts(call, clock, wanted);
		if (failure && !this.warned.has(failure.reason)) {
			this.warned.add(failure.reason);
			log.warn(textsWarning(failure));
		}
		return found;
	}

	private itemOf(
		fact: Fact,
		{ sighting, notification, at }: Waiting,
		texts: ReadonlyMap<string | undefined, string>,
	): EventItem {
		const { event, simplify } = this.settings;
		const { topic, body, source } = notification;
		const { messageId } = fact;
		return {
			event: event.value,
			conversationId: sighting.conversationId ?? null,
			externalContactId: fact.externalContactId ?? sighting.externalContactId ?? null,
			participantId: fact.participantId ?? sighting.participantId ?? null,
			messageId: messageId ?? null,
			text: texts.get(messageId) ?? null,
			status: fact.status ?? null,
			channel: sighting.channel ?? null,
			queueId: sighting.queueId ?? null,
			attributes: fact.attributes ?? sighting.attributes ?? {},
			eventTime: new Date(fact.time ?? at).toISOString(),
			source,
			...((event.alwaysRaw ?? !simplify) && { raw: { topicName: topic, eventBody: body } }),
		};
	}

	/** What n8n knows an event by: SHA-256 over workflow, node, event, conversation and fact, in hex. */
	private keyOf(conversationId: string | undefined, factId: string): string {
		const { owner } = this.ports;
		const identity = [...owner, this.settings.event.value, conversationId, factId];
		return hash('sha256', JSON.stringify(identity));
	}
}

function textsWarning({ reason, apiMessage = '' }: Failure): string {
	const remedy =
		reason === 'forbidden'
			? ' This needs the permission conversation:message:view or conversation:webmessaging:view.'
			: '';
	return `The texts of messages cannot be read (${reason}).${remedy} ${apiMessage}`.trim();
}
