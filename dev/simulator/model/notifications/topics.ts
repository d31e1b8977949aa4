import type { Directory } from '../directory/directory';

/** A topic as `availabletopics` describes it. */
export interface Topic {
	/** `{id}` stands for the ID of what it tells about. */
	readonly id: string;
	readonly description: string;
	/** What a client needs to subscribe; empty = a signed-in user, which no client is. */
	readonly permissions: readonly string[];
	readonly transports: readonly ('All' | 'Websocket' | 'EventBridge' | 'ProcessAutomation')[];
	/** Where what it tells about must exist. */
	readonly of?: 'queues' | 'deployments';
}

const QUEUE = ['routing:queue:view', 'conversation:communication:view'];
const CAMPAIGN = ['outbound:messagingCampaign:view'];
const DETAIL = ['analytics:conversationDetail:view'];

/** The topics of the simulated organisation. What each needs is a guess by its REST twin. */
export const TOPICS: readonly Topic[] = [
	{
		id: 'v2.routing.queues.{id}.conversations.messages',
		description: 'Message conversations of a queue',
		permissions: QUEUE,
		transports: ['All'],
		of: 'queues',
	},
	{
		id: 'v2.routing.queues.{id}.conversations',
		description: 'Conversations of a queue, whatever their media',
		permissions: QUEUE,
		transports: ['All'],
		of: 'queues',
	},
	{
		id: 'v2.webmessaging.deployments.{id}.undelivered.messages',
		description: 'Web messages that could not be shown, because the customer is away',
		permissions: ['conversation:webmessaging:view'],
		transports: ['All'],
		of: 'deployments',
	},
	{
		id: 'v2.outbound.messagingcampaigns.{id}.progress',
		description: 'How far a messaging campaign has come',
		permissions: CAMPAIGN,
		transports: ['Websocket', 'EventBridge'],
	},
	{
		id: 'v2.outbound.messagingcampaigns.{id}',
		description: 'Changes of a messaging campaign',
		permissions: CAMPAIGN,
		transports: ['All'],
	},
	{
		id: 'v2.detail.events.conversation.{id}.customer.start',
		description: 'A customer joined a conversation',
		permissions: DETAIL,
		transports: ['All'],
	},
	{
		id: 'v2.detail.events.conversation.{id}.customer.end',
		description: 'A customer left a conversation',
		permissions: DETAIL,
		transports: ['All'],
	},
	{
		id: 'v2.users.{id}.presence',
		description: 'The presence of a user',
		permissions: [],
		transports: ['All'],
	},
	{
		id: 'v2.audits.entitytype.{id}',
		description: 'Audits of one kind of entity',
		permissions: ['audits:audit:view'],
		transports: ['EventBridge'],
	},
];

/** The longest ID of a subscription, characters. */
const MAX_LENGTH = 200;

const patternOf = ({ id }: Topic): RegExp =>
	new RegExp(`^${id.replaceAll('.', '\\.').replace('{id}', '([^.*?{}]+)')}$`);
const PATTERNS = TOPICS.map((topic) => [topic, patternOf(topic)] as const);

/** The topics that a subscription names: `v2.users.1?presence&routingStatus` names two. */
export function namesOf(subscription: string): string[] {
	const [prefix = '', suffixes] = subscription.split('?');
	return suffixes === undefined
		? [prefix]
		: suffixes.split('&').map((suffix) => `${prefix}.${suffix}`);
}

/**
 * Finds a topic by its name.
 *
 * @returns undefined when there is none of that name on a WebSocket; `exists` = whether what it tells
 *   about does
 */
export function findTopic(
	directory: Directory,
	name: string,
): { topic: Topic; exists: boolean } | undefined {
	if (name.length > MAX_LENGTH) return undefined;
	for (const [topic, pattern] of PATTERNS) {
		const id = pattern.exec(name)?.[1];
		if (id === undefined || !topic.transports.some(isOnWebSocket)) continue;
		return { topic, exists: topic.of === undefined || directory[topic.of].get(id) !== undefined };
	}
	return undefined;
}

const isOnWebSocket = (transport: string): boolean =>
	transport === 'All' || transport === 'Websocket';
