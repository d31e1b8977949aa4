import { conversationEnded } from './conversationEnded';
import { conversationStarted } from './conversationStarted';
import { customerMessage } from './customerMessage';
import { messageStatus } from './messageStatus';
import { messageUndelivered } from './messageUndelivered';
import { topic } from './topic';
import type { TriggerEvent } from './types';

/** The events of the trigger, in the order of the dropdown; the first one is the default. */
export const EVENTS: readonly [TriggerEvent, ...TriggerEvent[]] = [
	customerMessage,
	conversationStarted,
	conversationEnded,
	messageStatus,
	messageUndelivered,
	topic,
];

/** The event of a name. */
export function findEvent(value: unknown): TriggerEvent | undefined {
	return EVENTS.find((event) => event.value === value);
}
