import { randomUUID } from 'node:crypto';

import type { Contact, Contacts } from '../contacts';
import type { Directory } from '../directory/directory';
import { SEEDED } from '../directory/seeds';
import type { Events } from '../events';
import type { Feed } from '../feed';
import type { Channel } from './channels';
import type { Attributes, Conversation, ConversationParties } from './conversation';
import type { Conversations } from './conversations';
import type { Delivery } from './delivery';
import type { Author, Message, Messages } from './messages';

/** Who begins a conversation, and with what. */
export interface Beginning {
	/** Default `webmessaging`. */
	channel?: Channel;
	/** Of web messaging: the session; default a new one. */
	contactId?: string;
	/** Of the other channels: the customer's address. */
	toAddress?: string;
	/** The sender that the customer writes to; default the seeded one, or the session's deployment. */
	fromAddress?: string;
	/** null = on no queue, a bot alone has it; default what the setting `conversationQueue` says. */
	queueId?: string | null;
	/** `customAttributes` of the website; they become the participant's attributes. */
	attributes?: Attributes;
	/** The customer's first message; without one the conversation begins silently. */
	text?: string;
}

/** What people need from their simulator. */
interface PeopleHost {
	readonly contacts: Contacts;
	readonly conversations: Conversations;
	readonly delivery: Delivery;
	readonly directory: Directory;
	readonly events: Events;
	readonly feed: Feed;
	readonly messages: Messages;
}

const SENDERS: Readonly<Record<Channel, string>> = {
	sms: SEEDED.smsNumber,
	whatsapp: SEEDED.whatsappIntegrationId,
	open: SEEDED.openIntegrationId,
	webmessaging: SEEDED.deploymentId,
	apple: SEEDED.appleIntegrationId,
};

/** The customers and the people (and bots) who talk with them. */
export class People {
	readonly #host: PeopleHost;

	constructor(host: PeopleHost) {
		this.#host = host;
	}

	/**
	 * A customer begins a new conversation.
	 *
	 * @throws Error with one sentence when the contact or the queue is unknown, or an address is missing
	 */
	start(beginning: Beginning = {}): Conversation {
		return this.#arrive('start', beginning);
	}

	/**
	 * A customer gets in touch: in the conversation that there is, or that ended within the threading
	 * timeline (an agentless message's too), else in a new one.
	 *
	 * @throws Error with one sentence, as `start` does
	 */
	reply(beginning: Beginning): Conversation {
		return this.#arrive('connect', beginning);
	}

	/**
	 * A customer writes. A conversation that has ended goes on.
	 *
	 * @throws Error with one sentence when the conversation is unknown
	 */
	write(conversationId: string, text: string): Message {
		const conversation = this.#known(conversationId);
		if (conversation.state !== 'connected' || !conversation.joined) {
			this.#host.conversations.connect(conversation);
		}
		return this.#add(conversation, 'customer', text);
	}

	/** A customer ends a conversation. Returns false when it is unknown. */
	end(conversationId: string): boolean {
		return this.#host.conversations.disconnect(conversationId, 'endpoint');
	}

	/**
	 * An agent or a bot answers.
	 *
	 * @throws Error with one sentence when the conversation is unknown or has ended
	 */
	answer(conversationId: string, text: string, author: 'agent' | 'bot' = 'agent'): Message {
		const conversation = this.#known(conversationId);
		if (conversation.state === 'connected') return this.#add(conversation, author, text);
		throw new Error(`The conversation "${conversationId}" has ended.`);
	}

	#arrive(
		how: 'start' | 'connect',
		{ text, queueId, attributes, ...from }: Beginning,
	): Conversation {
		const { conversations, directory } = this.#host;
		if (typeof queueId === 'string' && directory.queues.get(queueId) === undefined) {
			throw new Error(`There is no queue "${queueId}".`);
		}
		const conversation = conversations[how](this.#partiesOf(from), { queueId, attributes });
		if (text !== undefined) this.#add(conversation, 'customer', text);
		return conversation;
	}

	#known(conversationId: string): Conversation {
		const conversation = this.#host.conversations.get(conversationId);
		if (conversation !== undefined) return conversation;
		throw new Error(`There is no conversation "${conversationId}".`);
	}

	#partiesOf({ channel = 'webmessaging', ...from }: Beginning): ConversationParties {
		const { fromAddress = SENDERS[channel], toAddress } = from;
		if (channel === 'webmessaging') {
			const contact = this.#contactOf(from.contactId);
			const { externalContactId: recipient, deploymentId } = contact;
			return { channel, fromAddress: from.fromAddress ?? deploymentId, recipient };
		}
		if (toAddress === undefined)
			throw new Error(`A conversation by ${channel} needs a "toAddress".`);
		return { channel, fromAddress, recipient: toAddress };
	}

	#contactOf(contactId: string | undefined): Contact {
		const { contacts } = this.#host;
		const contact = contacts.get(contactId ?? contacts.open());
		if (contact !== undefined) return contact;
		throw new Error(`There is no contact "${contactId}".`);
	}

	#add(conversation: Conversation, author: Author, text: string): Message {
		const { conversations, delivery, events, messages } = this.#host;
		const message = messageOf(conversation, author, text);
		messages.add(message);
		conversations.addTo(conversation.id, message.id);
		if (author === 'customer') {
			const { id: conversationId, channel, queueId, recipient } = conversation;
			events.add({
				event: 'customerMessage',
				conversationId,
				channel,
				queueId,
				recipient,
				messageId: message.id,
			});
		}
		conversations.touch(conversation.id);
		delivery.follow(message);
		this.#show(conversation, message);
		return message;
	}

	/** Shows a message in the customer's browser, and in the customer's other pages. */
	#show({ channel, recipient }: Conversation, message: Message): void {
		if (channel !== 'webmessaging') return;
		const { contacts, feed } = this.#host;
		const contactId = contacts.ofExternalContact(recipient)?.contactId;
		if (contactId === undefined) return;
		contacts.touch(contactId);
		const { id, author: type, text, timestamp, conversationId } = message;
		feed.publish(contactId, {
			kind: 'message',
			message: { id, type, message: text, timestamp, conversationId },
		});
	}
}

function messageOf(conversation: Conversation, author: Author, text: string): Message {
	const { id: conversationId, channel, fromAddress, recipient } = conversation;
	const isWeb = channel === 'webmessaging';
	const isCustomers = author === 'customer';
	return {
		id: randomUUID(),
		conversationId,
		channel,
		author,
		fromAddress: isCustomers ? recipient : fromAddress,
		toAddress: isCustomers ? fromAddress : isWeb ? undefined : recipient,
		externalContactId: isWeb ? recipient : undefined,
		text,
		timestamp: new Date().toISOString(),
		acceptedAt: performance.now(),
	};
}
