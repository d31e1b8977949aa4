import type { INodeProperties } from 'n8n-workflow';

import { fromListOrId } from '../resources/fields';
import { EVENTS } from './index';
import type { TargetKind, TriggerEvent } from './types';

/** The fields of the trigger. */
export function triggerFields(): INodeProperties[] {
	return [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			noDataExpression: true,
			options: EVENTS.map(({ name, value, description }) => ({ name, value, description })),
			default: 'customerMessage',
		},
		{
			displayName:
				'A conversation is seen from when it is on a queue: one that a bot alone handles is not. What happens while n8n is not connected is read afterwards, which needs the permission analytics:conversationDetail:view.',
			name: 'queueNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { event: withTargets('queues') } },
		},
		{
			displayName: 'Queue Names or IDs',
			name: 'queues',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getQueues' },
			required: true,
			default: [],
			displayOptions: { show: { event: withTargets('queues') } },
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		{
			displayName: 'Deployment Names or IDs',
			name: 'deployments',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getDeployments' },
			required: true,
			default: [],
			displayOptions: { show: { event: withTargets('deployments') } },
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		...topicFields(),
		{
			displayName: 'Channels',
			name: 'channels',
			type: 'multiOptions',
			options: CHANNELS,
			default: [],
			displayOptions: { show: { event: withTargets('queues') } },
			description: 'Only these channels start the workflow; all of them when none is chosen',
		},
		{
			displayName: 'Fetch Message Text',
			name: 'fetchText',
			type: 'boolean',
			default: true,
			displayOptions: { show: { event: named(({ hasText }) => hasText) } },
			description:
				'Whether to read the text of the message, which the event does not hold. Takes one call for each event, and the permission conversation:message:view or conversation:webmessaging:view.',
		},
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			displayOptions: { show: { event: named(({ alwaysRaw }) => alwaysRaw !== true) } },
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
	];
}

/** The node's subtitle: the name of the event. */
export function triggerSubtitle(): string {
	const names = Object.fromEntries(EVENTS.map(({ value, name }) => [value, name]));
	return `={{ (${JSON.stringify(names)})[$parameter["event"]] }}`;
}

function topicFields(): INodeProperties[] {
	const displayOptions = { show: { event: withTargets('topic') } };
	return [
		{
			displayName: 'Topic',
			name: 'topic',
			...fromListOrId('searchTopics', 'e.g. v2.routing.queues.{id}.users'),
			displayOptions,
			description: "A topic of Genesys Cloud's notification service",
		},
		{
			displayName: 'IDs in the Topic',
			name: 'topicIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3a2f…, 9b1c…',
			displayOptions,
			description:
				'What takes the place of the braces in the topic: the IDs of queues, users, campaigns and so on, separated by commas',
		},
	];
}

/** The channels of conversations, as Genesys Cloud names them. */
export const CHANNELS = [
	{ name: 'Apple Messages for Business', value: 'apple' },
	{ name: 'Facebook Messenger', value: 'facebook' },
	{ name: 'Instagram', value: 'instagram' },
	{ name: 'Open Messaging', value: 'open' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'Web Messaging', value: 'webmessaging' },
	{ name: 'WhatsApp', value: 'whatsapp' },
];

function withTargets(kind: TargetKind): string[] {
	return named(({ targets }) => targets === kind);
}

function named(wanted: (event: TriggerEvent) => boolean): string[] {
	return EVENTS.filter(wanted).map(({ value }) => value);
}
