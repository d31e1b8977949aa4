import { SEEDED, type Simulator } from '../../../dev/simulator';
import { until } from './until';

/** The topic of the message conversations of the seeded queue. */
export const QUEUE_TOPIC = `v2.routing.queues.${SEEDED.queueId}.conversations.messages`;

/** The topic of the messages that customers of the seeded deployment were not there to receive. */
export const UNDELIVERED_TOPIC = `v2.webmessaging.deployments.${SEEDED.deploymentId}.undelivered.messages`;

/** Waits until a trigger listens to a topic. */
export async function listening(
	{ simulator }: { readonly simulator: Simulator },
	topic = QUEUE_TOPIC,
): Promise<void> {
	await until(`a listener of ${topic}`, () => isHeard(simulator, topic));
}

/** Waits until nobody listens to a topic any more. */
export async function silent(
	{ simulator }: { readonly simulator: Simulator },
	topic = QUEUE_TOPIC,
): Promise<void> {
	await until(`the end of ${topic}`, () => !isHeard(simulator, topic));
}

function isHeard({ notifications }: Simulator, topic: string): boolean {
	return notifications.channels
		.all()
		.some(({ socket, names }) => socket !== undefined && names.has(topic));
}

/** Waits, while something is done, until a trigger joins or leaves the connection of its client. */
export async function membersChange(
	{ simulator }: { readonly simulator: Simulator },
	change: () => Promise<void>,
): Promise<void> {
	const before = topicLists(simulator);
	await change();
	await until('another list of topics', () => topicLists(simulator) > before);
}

/** How often a trigger has sent the list of its topics: whenever another one joins or leaves. */
function topicLists({ stats }: Simulator): number {
	return Object.entries(stats.snapshot().endpoints)
		.filter(([endpoint]) => /^PUT .*subscriptions/.test(endpoint))
		.reduce((sum, [, { calls }]) => sum + calls, 0);
}
