import { setTimeout } from 'node:timers/promises';

import { SEEDED, type DueEvent, type EventKind, type Simulator } from '../../../dev/simulator';
import type { Fact } from './types';

/** The topic whose events nobody here makes but the script. */
export const TOPIC = 'v2.outbound.messagingcampaigns.c-1.progress';

/** Between two customers, in ms. */
const PACE_MS = 40;

/** What people do: customers and agents write, statuses move, messages are not seen, talks end. */
export class Script {
	private campaign = 0;

	constructor(private readonly simulator: Simulator) {}

	/** Some customers come, one after another. */
	async play(customers: number): Promise<void> {
		for (let customer = 0; customer < customers; customer++) {
			this.customer(customer % 2 === 0);
			await setTimeout(PACE_MS);
		}
	}

	/** A customer begins a conversation, and nothing more. */
	call(): void {
		this.simulator.people.start({ text: 'Is anybody there?' });
	}

	private customer(ends: boolean): void {
		const { simulator } = this;
		const { people } = simulator;
		const contactId = simulator.contacts.open();
		const { id } = people.start({
			contactId,
			text: 'Hello',
			attributes: { customerKey: contactId },
		});
		people.write(id, 'Where is my order?');
		people.answer(id, 'On its way');
		simulator.contacts.setBrowser(contactId, 'closed');
		people.answer(id, 'Are you still there?');
		simulator.publishTopic(TOPIC, { number: ++this.campaign });
		if (ends) people.end(id);
	}
}

/** What was due of a kind on what the trigger listens to. */
export function dueFacts(simulator: Simulator, event: EventKind): Fact[] {
	return simulator.events.all(event).flatMap((due, index) => {
		if (event === 'topic') return [{ event, id: String(index + 1) }];
		const isHeard =
			event === 'messageUndelivered'
				? due.deploymentId === SEEDED.deploymentId
				: due.queueId === SEEDED.queueId;
		return isHeard ? [factOf(due)] : [];
	});
}

/** What makes an event one of its kind, as both sides name it. */
export function factOf({
	event,
	conversationId = '',
	messageId,
	status = '',
}: Pick<DueEvent, 'event' | 'conversationId' | 'messageId' | 'status'>): Fact {
	switch (event) {
		case 'conversationStarted':
		case 'conversationEnded':
			return { event, id: conversationId };
		case 'messageStatus':
			return { event, id: `${messageId} ${status}`, ...(messageId && { messageId }) };
		default:
			return { event, id: messageId ?? '' };
	}
}
