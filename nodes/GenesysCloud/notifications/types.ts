import type { ApiClient } from '../api/client';
import type { ServerTime } from '../api/serverTime';
import type { Clock, JsonObject } from '../delivery/types';
import type { Failure, Result } from '../failures/failure';

/** One event as Genesys Cloud tells it, or as the gap fill reads it afterwards. */
export interface Notification {
	readonly topic: string;
	/** The event's body; of a recovered one, the conversation as the API gives it. */
	readonly body: JsonObject;
	/** Set for events that came over the socket, and only if Genesys Cloud gave one. */
	readonly correlationId?: string;
	readonly source: 'live' | 'recovered';
	/** Of a recovered one: from when on events may have been missed, in Genesys Cloud's ms since 1970. */
	readonly missedFrom?: number;
}

/** A topic that Genesys Cloud does not give to this OAuth client. */
export interface Rejection {
	readonly topic: string;
	/** In Genesys Cloud's words. */
	readonly reason?: string | undefined;
	readonly missingPermissions: readonly string[];
}

/** The topics of a session. */
export interface Subscribed {
	rejected: readonly Rejection[];
	/** The version of the roster whose topics these are. */
	version: number;
}

/** What a subscriber hears of its connection. */
export type News =
	| {
			readonly kind: 'live';
			/** Those of the subscriber's own topics. */
			readonly rejected: readonly Rejection[];
	  }
	| {
			readonly kind: 'trouble';
			readonly failure: Failure;
			/** A person must act: waiting does not help. */
			readonly fatal: boolean;
			/** For how long nothing could be received, in ms. */
			readonly outageMs: number;
	  };

/** What the credential of a subscriber gives: the API of one OAuth client. */
export interface Connected {
	/** API URL and client ID. */
	readonly account: string;
	readonly call: ApiClient;
	readonly apiUrl: string;
	/** Until when the access token can be used, in ms since 1970; one that ends before `until` is renewed. */
	readonly login: (until: number) => Promise<Result<number>>;
}

/** A conversation that a subscriber has heard of and that has not ended. */
export interface OpenConversation {
	readonly topic: string;
	readonly conversationId: string;
}

/** One trigger node of one workflow. */
export interface Subscriber {
	/** Workflow and node: a newer subscriber with the same key takes the place of the older one. A test has none. */
	readonly key?: string | undefined;
	/** Grows from start to start: an earlier one that is late does not take the place of a later one. */
	readonly order: number;
	readonly topics: readonly string[];
	/** It can tell what is new in a conversation as the API gives it; one that passes events on as they come cannot. */
	readonly recovers: boolean;
	/** From when on events of a topic are due, in Genesys Cloud's ms since 1970; unknown: from now. */
	since(topic: string): number | undefined;
	/** Reads the credential anew, as it may have been renewed, and connects with it. Must not reject. */
	connect(clock: Clock, serverTime: ServerTime): Promise<Result<Connected>>;
	/** Resolves when all that the notification tells has been passed on. Must not reject. */
	receive(notification: Notification): Promise<void>;
	/** The latest ones first. */
	openConversations(): readonly OpenConversation[];
	hear(news: News): void;
}

/** The part of a WebSocket that is used; the global one of Node 22 and later fits. */
export interface SocketLike {
	addEventListener(type: SocketEvent, listener: (event: { data?: unknown }) => void): void;
	removeEventListener(type: SocketEvent, listener: (event: { data?: unknown }) => void): void;
	send(data: string): void;
	close(): void;
}

/** What a socket tells. */
export type SocketEvent = 'open' | 'message' | 'error' | 'close';

/** A clock whose waits all end at once by `stop`: no timer is left behind. */
export interface StoppableClock extends Clock {
	stop(): void;
}

/** What a hub needs of its host. */
export interface HubPorts {
	newClock(): StoppableClock;
	openSocket(url: string): SocketLike;
	/** From 0 to 1, for the jitter. */
	random(): number;
	readonly log: Log;
}

/** The host's log. Texts hold no address, token or text of a customer. */
export interface Log {
	info(text: string): void;
	warn(text: string): void;
}
