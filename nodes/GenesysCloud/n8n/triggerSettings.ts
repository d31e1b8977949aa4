import type { ITriggerFunctions } from 'n8n-workflow';

import { findEvent } from '../events';
import type { TellerSettings } from '../events/teller';
import type { TriggerEvent } from '../events/types';
import { InputError } from '../failures/failure';

/** What a person set in the trigger node. */
export interface TriggerSettings extends TellerSettings {
	/** The IDs of the queues or deployments, or the topics. */
	readonly targets: readonly string[];
	readonly topics: readonly string[];
}

type Parameters = Pick<ITriggerFunctions, 'getNodeParameter'>;

/** A notification channel takes no more. */
const MAX_TOPICS = 1_000;

/**
 * Reads the parameters of the trigger.
 * @throws InputError that names the field when a value cannot be used
 */
export function readTriggerSettings(context: Parameters): TriggerSettings {
	const event = findEvent(context.getNodeParameter('event'));
	if (!event) {
		throw new InputError(
			'Event',
			'is not known to this version of the node',
			'Choose an event from the list, or update the node',
		);
	}
	const targets = targetsOf(context, event);
	const topics = [...new Set(targets.map((target) => event.topicOf(target)))];
	if (topics.length > MAX_TOPICS) {
		throw new InputError(
			FIELDS[event.targets].displayName,
			`are ${topics.length}, and Genesys Cloud allows ${MAX_TOPICS} for an OAuth client's connection`,
			'Spread them over several OAuth clients',
		);
	}
	return {
		event,
		targets,
		topics,
		channels: event.targets === 'queues' ? listOf(context.getNodeParameter('channels', [])) : [],
		fetchText: event.hasText && readSwitch(context, 'fetchText', 'Fetch Message Text'),
		simplify: event.alwaysRaw === true || readSwitch(context, 'simplify', 'Simplify'),
	};
}

const FIELDS = {
	queues: {
		displayName: 'Queues',
		remedy: 'Choose at least one queue, or give IDs by an expression',
	},
	deployments: {
		displayName: 'Deployments',
		remedy: 'Choose at least one deployment, or give IDs by an expression',
	},
	topic: { displayName: 'Topic', remedy: 'Choose a topic from the list, or enter one by its ID' },
} as const;

/** Genesys Cloud's IDs are UUIDs; what else could be one must not change the topic around it. */
const ID = /^[A-Za-z0-9_-]{1,100}$/;

function targetsOf(context: Parameters, { targets }: TriggerEvent): string[] {
	if (targets === 'topic') return topicsOf(context);
	const { displayName, remedy } = FIELDS[targets];
	const ids = listOf(context.getNodeParameter(targets, []));
	if (ids.length === 0) throw new InputError(displayName, 'is empty', remedy);
	return checked(ids, displayName);
}

function checked(ids: string[], displayName: string): string[] {
	const wrong = ids.find((id) => !ID.test(id));
	if (wrong === undefined) return ids;
	throw new InputError(
		displayName,
		`holds "${wrong.slice(0, 100)}", which is not an ID`,
		'Use IDs of Genesys Cloud, for example from the address of the page in its administration',
	);
}

/** Topics are at most 200 characters long; those of the system come by themselves. */
const TOPIC = /^v2\.(?!system\.)[A-Za-z0-9_.{}-]{1,197}$/;
const PLACEHOLDER = /\{[^{}]*\}/;

function topicsOf(context: Parameters): string[] {
	const value: unknown = context.getNodeParameter('topic', '', { extractValue: true });
	const topic = typeof value === 'string' ? value.trim() : '';
	const { displayName, remedy } = FIELDS.topic;
	if (topic === '') throw new InputError(displayName, 'is empty', remedy);
	if (!TOPIC.test(topic)) {
		throw new InputError(
			displayName,
			'is not a topic',
			'A topic is like v2.routing.queues.{id}.users',
		);
	}
	if (!PLACEHOLDER.test(topic)) return [topic];
	const ids = checked(listOf(context.getNodeParameter('topicIds', '')), 'IDs in the Topic');
	const topics = ids.map((id) => topic.replace(PLACEHOLDER, id));
	if (topics.length > 0 && !topics.some((filled) => PLACEHOLDER.test(filled))) return topics;
	throw new InputError(
		topics.length === 0 ? 'IDs in the Topic' : displayName,
		topics.length === 0 ? 'is empty' : 'has more than one place for an ID',
		topics.length === 0
			? 'Enter the IDs that stand for {id} in the topic'
			: 'Enter the topic by its ID, with all but one of the places filled in',
	);
}

/** A list, or text with commas; each entry once. */
function listOf(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	const texts = entries.flatMap((entry) => (typeof entry === 'string' ? entry.split(',') : []));
	return [...new Set(texts.map((entry) => entry.trim()).filter((entry) => entry !== ''))];
}

function readSwitch(context: Parameters, name: string, displayName: string): boolean {
	const value: unknown = context.getNodeParameter(name, true);
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new InputError(displayName, 'must be true or false', 'Switch it on or off');
}
