import { hash } from 'node:crypto';

import { LoggerProxy, type ITriggerFunctions } from 'n8n-workflow';

import type { ApiClient } from '../api/client';
import { hostClock } from '../api/clock';
import { connect, CREDENTIAL } from '../api/connect';
import { httpOf } from '../api/httpFunctions';
import type { ServerTime } from '../api/serverTime';
import type { Clock } from '../delivery/types';
import { Teller, type EventItem } from '../events/teller';
import {
	failed,
	InputError,
	inputFailure,
	succeeded,
	type Failure,
	type Result,
} from '../failures/failure';
import { Backoff, troubleOf } from '../notifications/backoff';
import { Hubs } from '../notifications/hub';
import type { Connected, News, StoppableClock } from '../notifications/types';
import { StaticData } from './triggerMemory';
import type { TriggerSettings } from './triggerSettings';

/** A notification channel is one of a few calls, so one token does; all in ms. */
const CALLS = { maxTokens: 1, timeoutMs: 15_000, maxWaitMs: 60_000 } as const;

/** n8n reads the credential from its database, or from a vault that may hang. In ms. */
const CREDENTIAL_MS = 4_000;
const CREDENTIAL_LATE = inputFailure(
	new InputError(
		'Credential',
		`could not be read within ${CREDENTIAL_MS / 1000} seconds`,
		'Check the vault or database that n8n keeps its credentials in',
	),
);

/** What a trigger runs on. */
export interface TriggerHost {
	readonly hubs: Hubs;
	readonly staticData: StaticData;
	newClock(): StoppableClock;
	/** Node 20 has no WebSocket. */
	readonly hasWebSocket: boolean;
}

function newClock(): StoppableClock {
	const end = new AbortController();
	return { ...hostClock(end.signal), stop: () => end.abort() };
}

/** This process: all triggers in it share the connections of their OAuth clients. */
export const PROCESS: TriggerHost = {
	newClock,
	hasWebSocket: typeof WebSocket !== 'undefined',
	staticData: new StaticData(),
	hubs: new Hubs({
		newClock,
		openSocket: (url) => new WebSocket(url),
		random: () => Math.random(),
		log: {
			info: (text) => LoggerProxy.info(text),
			warn: (text) => LoggerProxy.warn(text),
		},
	}),
};

/** How a listener passes on what it hears. */
export interface ListenerOptions {
	readonly host: TriggerHost;
	/** Grows from start to start of any trigger: an earlier start never takes the place of a later one. */
	readonly order: number;
	/** A manual test listens beside the same node of the published workflow and beside other tests, in nobody's place. */
	readonly manual: boolean;
	/**
	 * From when on events are due, and which were told already.
	 * @param names of what the trigger listens to, by topic
	 */
	memoryFor(names: ReadonlyMap<string, string>, now: number): ListenerMemory;
	/** @param receivedUntil up to when all events were received and told, in Genesys Cloud's ms since 1970 */
	emit(item: EventItem, key: string, receivedUntil: number): void;
	hear(news: News): void;
}

/** What is known of earlier events. */
export interface ListenerMemory {
	/** From when on those of a topic are due, in Genesys Cloud's ms since 1970; unknown: from now. */
	since(topic: string): number | undefined;
	has(key: string): boolean;
	add(key: string): void;
	/** @param since from when on events of a topic are due, by Genesys Cloud's time, which is known now */
	begins(since: (topic: string) => number): void;
}

/** A trigger that listens. */
export interface Listener {
	readonly clock: Clock;
	readonly call: ApiClient;
	/** Ends it at once, for good; may be called again. */
	close(): void;
}

/** Joins the connection of the credential's OAuth client; fails when the credential cannot be used. */
export async function listen(
	context: ITriggerFunctions,
	settings: TriggerSettings,
	options: ListenerOptions,
): Promise<Result<Listener>> {
	const { host, order, manual } = options;
	const clock = host.newClock();
	const connected = await connectTrigger(context, clock);
	if (!connected.ok) return connected;
	const { account } = connected.value;
	const memory = options.memoryFor(namesOf(settings), clock.now());
	const owner = ownerOf(context);
	const teller = new Teller(settings, {
		clock,
		since: (topic) => membership.since(topic),
		now: () => membership.now(),
		call: async (request) => await membership.call(request),
		log: context.logger,
		told: memory,
		owner,
		emit: (item, key) => {
			const waitingSince = teller.waitingSince() ?? Infinity;
			options.emit(item, key, Math.min(membership.receivedUntil(), waitingSince));
		},
	});
	const membership = host.hubs.join(account, {
		key: manual ? undefined : owner.join(' '),
		order,
		topics: settings.topics,
		recovers: settings.event.targets === 'queues',
		since: (topic) => memory.since(topic),
		connect: async (hubClock, serverTime) => await connectTrigger(context, hubClock, serverTime),
		receive: async (notification) => await teller.receive(notification),
		openConversations: () => teller.openConversations(),
		hear: (news) => {
			if (news.kind === 'live') memory.begins((topic) => membership.since(topic));
			options.hear(news);
		},
	});
	const close = () => {
		clock.stop();
		membership.leave();
	};
	return succeeded({ clock, call: membership.call, close });
}

/**
 * Listens as soon as the credential can be used. When n8n starts, a vault may not be there yet, and n8n soon
 * gives a trigger up that fails.
 *
 * @param failure why it cannot be used yet
 */
export function listenLater(
	context: ITriggerFunctions,
	settings: TriggerSettings,
	options: ListenerOptions,
	failure: Failure,
): Pick<Listener, 'close'> {
	const clock = options.host.newClock();
	const since = clock.now();
	const backoff = new Backoff(() => Math.random());
	let listener: Listener | undefined;
	const run = async () => {
		let trouble = troubleOf(failure);
		while (!clock.stopped()) {
			options.hear({ kind: 'trouble', ...trouble, outageMs: clock.now() - since });
			await clock.sleep(backoff.next(trouble, clock.now()), 'backoff');
			if (clock.stopped()) return;
			const listening = await listen(context, settings, options);
			if (listening.ok) {
				listener = listening.value;
				if (clock.stopped()) listener.close();
				return;
			}
			trouble = troubleOf(listening.failure);
		}
	};
	void run();
	return {
		close: () => {
			clock.stop();
			listener?.close();
		},
	};
}

/** Workflow and node, whatever their names are. */
export function ownerOf(context: ITriggerFunctions): [string, string] {
	return [context.getWorkflow().id ?? '', context.getNode().id];
}

async function connectTrigger(
	context: ITriggerFunctions,
	clock: Clock,
	serverTime?: ServerTime,
): Promise<Result<Connected>> {
	try {
		const fields = await clock.within(context.getCredentials(CREDENTIAL), CREDENTIAL_MS);
		if (!fields) return failed(CREDENTIAL_LATE);
		return succeeded(
			connect(fields, {
				...CALLS,
				clock,
				http: httpOf(context.helpers),
				...(serverTime && { serverTime }),
			}),
		);
	} catch (error) {
		return failed(inputFailure(error));
	}
}

/**
 * Short names of what a trigger listens to, by topic, in whatever order it was chosen. A queue's ID is that of one
 * organization, whose OAuth client may be replaced.
 */
function namesOf({ event, topics, channels }: TriggerSettings): Map<string, string> {
	const nameOf = (topic: string) =>
		hash('sha256', JSON.stringify([event.value, topic, [...channels].sort()]));
	return new Map(topics.map((topic) => [topic, nameOf(topic).slice(0, 12)]));
}
