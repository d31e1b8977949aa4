import type { Timers } from '../../support/timers';
import type { Contacts } from '../contacts';
import type { Settings } from '../settings';
import type { Conversation } from './conversation';
import type { Conversations } from './conversations';
import type { Message, Messages, MessageStatus } from './messages';

/** What the delivery of messages needs from its simulator. */
interface DeliveryHost {
	readonly contacts: Contacts;
	readonly conversations: Conversations;
	readonly messages: Messages;
	readonly timers: Timers;
	settings(): Settings;
	/** Called when the status of a message has moved on. */
	moved(message: Message, status: MessageStatus): void;
	/** Called when a message waits in vain for a browser that is closed. */
	undelivered(message: Message, conversation: Conversation): void;
}

/**
 * Tells when an outbound message moves on: its status, as long as a queue's subscribers may see it, and
 * that it was not shown to a customer whose browser is closed.
 */
export class Delivery {
	readonly #host: DeliveryHost;

	constructor(host: DeliveryHost) {
		this.#host = host;
	}

	/** Starts to watch a message that was just added. What a customer wrote is there already. */
	follow(message: Message): void {
		if (message.author === 'customer') return;
		const conversation = this.#host.conversations.get(message.conversationId);
		if (conversation === undefined) return;
		if (conversation.state === 'connected' && conversation.queueId !== undefined) {
			this.#followStatus(message);
		}
		if (conversation.channel === 'webmessaging') this.#followBrowser(message, conversation);
	}

	#followStatus(message: Message): void {
		const { messageStatusTimes: times } = this.#host.settings();
		if (times === null) return;
		const final = message.failure === undefined ? 'delivery-success' : 'delivery-failed';
		this.#moveAfter(times.sentMs, message, 'sent');
		this.#moveAfter(times.finalMs, message, final);
	}

	#moveAfter(ms: number, message: Message, status: MessageStatus): void {
		const { messages, timers } = this.#host;
		// One more: a timer may end a fraction of a millisecond before the clock says so.
		timers.after(ms + 1, () => {
			// A late timer tells nothing of a status that is over: nobody could have seen it.
			const isNow = messages.progress(message).status === status;
			if (isNow && messages.movesByTime(message.id)) this.#host.moved(message, status);
		});
	}

	#followBrowser(message: Message, conversation: Conversation): void {
		const { contacts, timers } = this.#host;
		const isAway = (): boolean => {
			const contact = contacts.ofExternalContact(conversation.recipient);
			return contact?.browser === 'closed' && contact.state === 'open';
		};
		if (message.failure !== undefined || !isAway()) return;
		timers.after(this.#host.settings().undeliveredAfterMs, () => {
			if (isAway()) this.#host.undelivered(message, conversation);
		});
	}
}
