import type { ITriggerFunctions } from 'n8n-workflow';

import type { ApiClient } from '../api/client';
import { objectsIn } from '../api/json';
import { pasted } from '../api/unseen';
import type { JsonObject } from '../delivery/types';
import { findEvent } from '../events';
import { CHANNELS } from '../events/fields';
import type { TellerSettings } from '../events/teller';
import type { TriggerEvent } from '../events/types';
import { InputError } from '../failures/failure';
import { MAX_TOPICS } from '../notifications/channel';
import type { Rejection } from '../notifications/types';
import { oneSpelling } from '../resources/addresses';
import { plain, toggle } from '../resources/parameters';

/** What a person set in the trigger node. */
export interface TriggerSettings extends TellerSettings {
	/** The IDs of the queues or deployments, or the topics. */
	readonly targets: readonly string[];
	readonly topics: readonly string[];
}

type Parameters = Pick<ITriggerFunctions, 'getNodeParameter'>;

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
	const isOn = (name: string, displayName: string) =>
		toggle(context.getNodeParameter(name, true), displayName, true);
	return {
		event,
		targets,
		topics,
		channels: event.targets === 'queues' ? channelsOf(context) : [],
		fetchText: event.hasText && isOn('fetchText', 'Fetch Message Text'),
		simplify: event.alwaysRaw === true || isOn('simplify', 'Simplify'),
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

/** In one spelling: Genesys Cloud writes the IDs in its topics in small letters. */
function checked(ids: string[], displayName: string): string[] {
	const wrong = ids.find((id) => !ID.test(id));
	if (wrong === undefined) return ids.map(oneSpelling);
	throw new InputError(
		displayName,
		`holds "${wrong.slice(0, 100)}", which is not an ID`,
		'Use IDs of Genesys Cloud, for example from the address of the page in its administration',
	);
}

function channelsOf(context: Parameters): string[] {
	const names = listOf(context.getNodeParameter('channels', [])).map((name) => name.toLowerCase());
	const known: readonly string[] = CHANNELS.map(({ value }) => value);
	const wrong = names.find((name) => !known.includes(name));
	if (wrong === undefined) return names;
	throw new InputError(
		'Channels',
		`holds "${wrong.slice(0, 100)}", which is not a channel`,
		`Use some of: ${known.join(', ')}`,
	);
}

/** Topics are at most 200 characters long; those of the system come by themselves. */
const TOPIC = /^v2\.(?!system\.)[A-Za-z0-9_.{}-]{1,197}$/;
const PLACEHOLDER = /\{[^{}]*\}/;

function topicsOf(context: Parameters): string[] {
	const value = plain(context.getNodeParameter('topic', '', { extractValue: true }));
	const topic = typeof value === 'string' ? value : '';
	const { displayName, remedy } = FIELDS.topic;
	if (topic === '') throw new InputError(displayName, 'is empty', remedy);
	if (!TOPIC.test(topic)) {
		throw new InputError(
			displayName,
			'is not a topic',
			'A topic is like v2.routing.queues.{id}.users',
		);
	}
	if (!PLACEHOLDER.test(topic)) return [inOneSpelling(topic)];
	const ids = checked(listOf(context.getNodeParameter('topicIds', '')), 'IDs in the Topic');
	const topics = ids.map((id) => inOneSpelling(topic.replace(PLACEHOLDER, id)));
	if (topics.length > 0 && !topics.some((filled) => PLACEHOLDER.test(filled))) return topics;
	throw new InputError(
		topics.length === 0 ? 'IDs in the Topic' : displayName,
		topics.length === 0 ? 'is empty' : 'has more than one place for an ID',
		topics.length === 0
			? 'Enter the IDs that stand for {id} in the topic'
			: 'Enter the topic by its ID, with all but one of the places filled in',
	);
}

/** With the IDs in it as Genesys Cloud writes them. */
function inOneSpelling(topic: string): string {
	return topic.split('.').map(oneSpelling).join('.');
}

/** A list, or text with commas; each entry once. What is neither text nor empty is left for the checks. */
function listOf(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	const texts = entries.flatMap((entry) => {
		if (entry === undefined || entry === null) return [];
		return typeof entry === 'string' ? entry.split(',') : [JSON.stringify(entry)];
	});
	return [...new Set(texts.map(pasted).filter((entry) => entry !== ''))];
}

/** A person waits: more are not looked at, and further pages of a list are not read. */
const MAX_CHECKED = 100;

/** Where the IDs are that the OAuth client may see. Only queues can be asked for by ID. */
const LISTS = {
	queues: {
		what: 'queue',
		path: (ids: readonly string[]) =>
			`/api/v2/routing/queues?pageSize=${MAX_CHECKED}&${ids.map((id) => `id=${id}`).join('&')}`,
	},
	deployments: {
		what: 'deployment',
		path: () => `/api/v2/webdeployments/deployments?pageSize=${MAX_CHECKED}`,
	},
} as const;

/** A queue or deployment that the node names and Genesys Cloud does not know. */
interface UnknownTarget {
	readonly what: string;
	readonly id: string;
}

/**
 * Looks whether the queues or deployments exist: Genesys Cloud gives a topic for any ID. What cannot be looked
 * at counts as existing.
 */
export async function findUnknownTarget(
	call: ApiClient,
	{ event, targets }: TriggerSettings,
	rejected: readonly Rejection[],
): Promise<UnknownTarget | undefined> {
	if (event.targets === 'topic') return undefined;
	const { what, path } = LISTS[event.targets];
	// What is in a division that the OAuth client has no role for is not listed either.
	const forbidden = rejected.filter(({ missingPermissions }) => missingPermissions.length > 0);
	const asked = targets
		.filter((target) => !forbidden.some(({ topic }) => topic === event.topicOf(target)))
		.slice(0, MAX_CHECKED);
	const answer = await call({ method: 'GET', path: path(asked), answer: 'list', reads: true });
	if (!answer.ok) return undefined;
	const { entities } = answer.value;
	if (!Array.isArray(entities) || !isWhole(answer.value, entities.length)) return undefined;
	const known = new Set(objectsIn(entities).map((entity) => entity.id));
	const id = asked.find((candidate) => !known.has(candidate));
	return id === undefined ? undefined : { what, id };
}

/** Whether a list has no further pages; lists of Genesys Cloud say it in several ways. */
function isWhole({ pageCount, nextUri, total }: JsonObject, length: number): boolean {
	const pages = typeof pageCount === 'number' ? pageCount : 1;
	const all = typeof total === 'number' ? total : length;
	return pages <= 1 && all <= length && typeof nextUri !== 'string';
}
