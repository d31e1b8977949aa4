import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { seenError } from './access';
import type { Organization } from './organization';
import type { Report } from './report';

/** What the trigger subscribes, with the list of what it can be subscribed for. */
const TOPICS = [
	{
		id: 'v2.routing.queues.{id}.conversations.messages',
		of: 'queue',
		list: '/api/v2/routing/queues?pageSize=1',
	},
	{
		id: 'v2.webmessaging.deployments.{id}.undelivered.messages',
		of: 'deployment',
		list: '/api/v2/webdeployments/deployments?pageSize=1',
	},
] as const;

const CHANNELS = '/api/v2/notifications/channels';
/** Genesys Cloud closes the oldest channel when a client opens a 21st. */
const MAX_CHANNELS = 20;

/** Checks the trigger's topics: what they need, and whether the client has it. */
export async function checkTopics(organization: Organization, report: Report): Promise<void> {
	await readTopics(organization, report);
	const topics = await concreteTopics(organization, report);
	const open = await openChannels(organization);
	if (open >= MAX_CHANNELS - 1) {
		const why = `the client has ${open} channels; another might close one that is in use`;
		report.find('Trigger: notification channel', 'not checked', why);
		return;
	}
	const channel = await organization.call({ method: 'POST', path: CHANNELS, reads: true });
	report.find('Trigger: notification channel', channel.ok ? 'works' : 'failed', channel.said);
	if (!channel.ok) return;
	checkChannel(channel.body, report);
	if (topics.length === 0) return;
	const path = `${CHANNELS}/${String(channel.body.id)}/subscriptions`;
	const subscribed = await organization.call({
		...{ method: 'PUT', path: `${path}?ignoreErrors=true`, reads: true, answer: 'list' },
		body: topics.map((id) => ({ id })),
	});
	report.find('Trigger: subscribing', subscribed.ok ? 'works' : 'failed', subscribed.said);
	for (const topic of entitiesOf(subscribed.body)) reportSubscription(topic, report);
	await organization.call({ method: 'DELETE', path, reads: true, answer: 'any' });
}

/** No stored source tells the permissions of the topics: Genesys Cloud does. */
async function readTopics(organization: Organization, report: Report): Promise<void> {
	const expand = ['permissionDetails', 'requiresPermissions', 'transports'];
	const path = `/api/v2/notifications/availabletopics?expand=${expand.join('&expand=')}`;
	const answer = await organization.call({ method: 'GET', path, reads: true, answer: 'list' });
	const known = entitiesOf(answer.body);
	for (const { id } of TOPICS) {
		const topic = known.find((entry) => namesOf(entry) === namesOf({ id }));
		report.assume(
			`There is the topic \`${id}\`, on WebSockets too`,
			answer.ok ? topic !== undefined && isOnWebSocket(topic) : undefined,
			topic ? `needs ${JSON.stringify(topic.permissionDetails)}` : seenError(answer),
		);
	}
}

/** Names of parameters differ: `{id}`, `{queueId}`. */
const namesOf = ({ id }: JsonObject) => String(id).replace(/\{[^}]*\}/g, '{}');

function isOnWebSocket({ transports }: JsonObject): boolean {
	return (
		!Array.isArray(transports) || transports.some((one) => one === 'All' || one === 'Websocket')
	);
}

async function concreteTopics(organization: Organization, report: Report): Promise<string[]> {
	const topics: string[] = [];
	for (const { id, of, list } of TOPICS) {
		const answer = await organization.call({
			...{ method: 'GET', path: list, reads: true, answer: 'list' },
		});
		const first = entitiesOf(answer.body).find((entry) => typeof entry.id === 'string');
		const state = first ? 'works' : answer.status === 403 ? 'missing' : 'not checked';
		report.find(
			`Trigger: a ${of} to listen to`,
			state,
			first ? '' : answer.said || 'there is none',
		);
		if (first) topics.push(id.replace('{id}', String(first.id)));
	}
	return topics;
}

async function openChannels(organization: Organization): Promise<number> {
	const path = `${CHANNELS}?includechannels=oauthclient`;
	const answer = await organization.call({ method: 'GET', path, reads: true, answer: 'list' });
	return entitiesOf(answer.body).length;
}

function checkChannel({ id, connectUri, expires }: JsonObject, report: Report): void {
	const url = URL.canParse(String(connectUri)) ? new URL(String(connectUri)) : undefined;
	report.assume(
		"A channel's address ends with `/channels/` and its ID, at a host `streaming.`",
		url?.hostname.startsWith('streaming.') && url.pathname === `/channels/${String(id)}`,
		url ? `${url.protocol}//${url.hostname}` : 'no address',
	);
	const hours = (Date.parse(String(expires)) - Date.now()) / 3_600_000;
	report.assume('A channel lives 24 hours', hours > 23.9 && hours < 24.1, `${hours.toFixed(1)} h`);
}

function reportSubscription(topic: JsonObject, report: Report): void {
	const { id, state, rejectionReason, missingPermissions } = topic;
	const kind = TOPICS.find(({ of }) => String(id).includes(`${of}s.`))?.of ?? 'topic';
	const permitted = state === 'Permitted';
	report.find(
		`Trigger: events of a ${kind}`,
		permitted ? 'works' : 'missing',
		permitted ? '' : `${String(rejectionReason)}: ${JSON.stringify(missingPermissions)}`,
	);
	report.assume(
		'Subscribing with `ignoreErrors` tells `state` for each topic',
		state === 'Permitted' || state === 'Rejected',
		`fields: ${Object.keys(topic).join(', ')}`,
	);
}

function entitiesOf({ entities }: JsonObject): JsonObject[] {
	return Array.isArray(entities) ? (entities as JsonObject[]) : [];
}
