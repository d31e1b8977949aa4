import type { ITriggerFunctions } from 'n8n-workflow';

import { readTriggerSettings } from '../../../nodes/GenesysCloud/n8n/triggerSettings';
import { inputErrorOf } from '../support/inputErrors';

function settingsOf(parameters: Readonly<Record<string, unknown>>) {
	const reader = {
		getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
	};
	return readTriggerSettings(reader as unknown as ITriggerFunctions);
}

const QUEUES = { event: 'customerMessage', queues: ['q1'] };
const DEPLOYMENTS = { event: 'messageUndelivered', deployments: ['d1'] };
const TOPIC = { event: 'topic', topic: 'v2.users.{id}.presence', topicIds: 'u1' };
const LONG = 'x.'.repeat(100);
const queues = (count: number) => Array.from({ length: count }, (_, n) => `q${n}`);

const USE_IDS =
	'Use IDs of Genesys Cloud, for example from the address of the page in its administration';
const FILL_IN = 'Enter the IDs that stand for {id} in the topic';

describe('a setting of the trigger that cannot be used', () => {
	it.each<[string, Readonly<Record<string, unknown>>, string, string]>([
		[
			'an event of another version',
			{ event: 'x' },
			"'Event' is not known to this version of the node",
			'Choose an event from the list, or update the node',
		],
		[
			'no queue',
			{ ...QUEUES, queues: [null] },
			"'Queues' is empty",
			'Choose at least one queue, or give IDs by an expression',
		],
		[
			'no deployment',
			{ ...DEPLOYMENTS, deployments: '' },
			"'Deployments' is empty",
			'Choose at least one deployment, or give IDs by an expression',
		],
		[
			'1,001 queues',
			{ ...QUEUES, queues: queues(1_001) },
			"'Queues' are 1001, and Genesys Cloud allows 1000 for an OAuth client's connection",
			'Spread them over several OAuth clients',
		],
		[
			'a long text for an ID',
			{ ...QUEUES, queues: LONG },
			`'Queues' holds "${LONG.slice(0, 100)}", which is not an ID`,
			USE_IDS,
		],
		[
			'a long text for a channel',
			{ ...QUEUES, channels: LONG },
			`'Channels' holds "${LONG.slice(0, 100)}", which is not a channel`,
			'Use some of: apple, facebook, instagram, open, sms, webmessaging, whatsapp',
		],
		[
			'a number for a topic',
			{ ...TOPIC, topic: 7 },
			"'Topic' is empty",
			'Choose a topic from the list, or enter one by its ID',
		],
		[
			'what is no topic',
			{ ...TOPIC, topic: 'users' },
			"'Topic' is not a topic",
			'A topic is like v2.routing.queues.{id}.users',
		],
		[
			'what is no ID for a topic',
			{ ...TOPIC, topicIds: 'u1, a.b' },
			'\'IDs in the Topic\' holds "a.b", which is not an ID',
			USE_IDS,
		],
		['a topic with blank IDs', { ...TOPIC, topicIds: ' ' }, "'IDs in the Topic' is empty", FILL_IN],
		[
			'a topic whose IDs were never set',
			{ ...TOPIC, topicIds: undefined },
			"'IDs in the Topic' is empty",
			FILL_IN,
		],
		[
			'a topic with two places',
			{ ...TOPIC, topic: 'v2.{a}.{b}' },
			"'Topic' has more than one place for an ID",
			'Enter the topic by its ID, with all but one of the places filled in',
		],
		[
			'a switch for the text that is none',
			{ ...QUEUES, fetchText: 'x' },
			"'Fetch Message Text' is neither true nor false",
			'Use true or false',
		],
	])('is refused with its field and what to do: %s', (_what, parameters, message, remedy) => {
		const error = inputErrorOf(() => settingsOf(parameters));
		expect([error.message, error.remedy]).toEqual([message, remedy]);
	});
});

describe('the settings of the trigger at their edges', () => {
	it('take as many queues as Genesys Cloud allows', () => {
		expect(settingsOf({ ...QUEUES, queues: queues(1_000) }).topics).toHaveLength(1_000);
	});

	it('pass over what an expression gave nothing for, beside IDs', () => {
		const given = [null, 'q1', undefined, ''];
		expect(settingsOf({ ...QUEUES, queues: given }).targets).toEqual(['q1']);
	});

	it('take a switch that was left empty for one that is on', () => {
		const read = settingsOf({ ...QUEUES, fetchText: '', simplify: ' ' });
		expect([read.fetchText, read.simplify]).toEqual([true, true]);
	});

	it('have no channels where only a queue has some, whatever was set for a queue before', () => {
		for (const other of [DEPLOYMENTS, TOPIC]) {
			for (const channels of [['sms'], ['x']]) {
				expect(settingsOf({ ...other, channels }).channels).toEqual([]);
			}
		}
	});

	it('leave out the switches that a topic does not show', () => {
		const read = settingsOf({ ...TOPIC, fetchText: 'x', simplify: 'x' });
		expect([read.fetchText, read.simplify]).toEqual([false, true]);
	});

	it('ask n8n for the topic of a list, not for what describes the choice', () => {
		const topic = { __rl: true, mode: 'list', value: 'v2.users.u1.presence' };
		const reader = {
			getNodeParameter: (
				name: string,
				fallback?: unknown,
				options?: { extractValue?: boolean },
			) => {
				if (name === 'event') return 'topic';
				if (name !== 'topic') return fallback;
				return options?.extractValue ? topic.value : topic;
			},
		};
		const read = readTriggerSettings(reader as unknown as ITriggerFunctions);
		expect(read.topics).toEqual([topic.value]);
	});
});
