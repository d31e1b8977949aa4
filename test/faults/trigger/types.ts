import type { EventKind, OAuthClient, Simulator } from '../../../dev/simulator';

/** All events of the trigger; each fault is played on all of them at once. */
export const EVENTS = [
	'customerMessage',
	'conversationStarted',
	'conversationEnded',
	'messageStatus',
	'messageUndelivered',
	'topic',
] as const satisfies readonly EventKind[];

/** Events that no API tells afterwards. */
export const NOT_RECOVERABLE: ReadonlySet<EventKind> = new Set(['messageUndelivered', 'topic']);

/** What a fault strikes. */
export interface TriggerStage {
	readonly simulator: Simulator;
	readonly client: OAuthClient;
}

/** A kind of fault of the notification channel, its socket, or the calls behind it. */
export interface TriggerFault {
	readonly name: string;
	/** What happens, in a few words. */
	readonly what: string;
	/** Begins the fault, in the middle of the events. */
	strike(stage: TriggerStage): void;
	/** n8n is stopped, and started again when events have happened. */
	readonly restarts?: boolean;
	/** Events vanish while the connection goes on: what no later event shows again is not noticed. */
	readonly silent?: boolean;
	/** The server's end of the first socket never learns that it was closed. */
	readonly deaf?: boolean;
}

/** An event of the simulator's journal, or one that the trigger told, by what makes it one of its kind. */
export interface Fact {
	readonly event: EventKind;
	/** The same for what was due and for what was told. */
	readonly id: string;
	/** Of a status: the message, of which a later status takes the place of an earlier one. */
	readonly messageId?: string;
}

/** What became of one event in one run. */
export interface EventCounts {
	readonly event: EventKind;
	readonly due: number;
	/** Due events that were told, live or recovered. */
	readonly told: number;
	/** Of these, those that were told after the connection had been gone. */
	readonly recovered: number;
	/** Told once too often. */
	readonly doubled: number;
	/** Told without being due. */
	readonly invented: number;
	/** Not told and not recoverable: said so in the log, or a status that a later one has replaced. */
	readonly notRecoverable: number;
	/** Not told although they could have been, or without a word. */
	readonly lost: number;
}

/** What came of a fault. */
export interface TriggerReport {
	readonly fault: Pick<TriggerFault, 'name' | 'what'>;
	readonly seconds: number;
	readonly counts: readonly EventCounts[];
	/** What else was wrong, one sentence each. */
	readonly others: readonly string[];
}
