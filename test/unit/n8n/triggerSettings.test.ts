import type { ITriggerFunctions } from 'n8n-workflow';

import { readTriggerSettings } from '../../../nodes/GenesysCloud/n8n/triggerSettings';

function settingsOf(parameters: Readonly<Record<string, unknown>>) {
	const reader = {
		getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
	};
	return readTriggerSettings(reader as unknown as ITriggerFunctions);
}

const QUEUES = { event: 'customerMessage', queues: ['q1', 'q2', 'q1'] };
const TOPIC = { event: 'topic', topic: 'v2.users.{id}.presence', topicIds: 'u1, u2' };

describe('the settings of the trigger', () => {
	it('make a topic of each queue, once', () => {
		expect(settingsOf(QUEUES)).toMatchObject({
			targets: ['q1', 'q2'],
			topics: [
				'v2.routing.queues.q1.conversations.messages',
				'v2.routing.queues.q2.conversations.messages',
			],
			channels: [],
			fetchText: true,
			simplify: true,
		});
	});

	it.each([
		['text with commas', 'q1, q2 ,'],
		['a list of such texts', ['q1,q2']],
		['text with invisible characters', '\u200bq1,q2\u202c, \ufeff'],
		['IDs with what copying brings along', ['\u200bq1', 'q\u00ad2\ufeff']],
	])('take %s for a list', (_what, queues) => {
		expect(settingsOf({ ...QUEUES, queues }).targets).toEqual(['q1', 'q2']);
	});

	it.each([
		['true', true],
		['false', false],
		[false, false],
	])('take %j for a switch', (value, expected) => {
		const read = settingsOf({ ...QUEUES, fetchText: value, simplify: value });
		expect([read.fetchText, read.simplify]).toEqual([expected, expected]);
	});

	it('take IDs and channels in capital letters, as Genesys Cloud writes them in small ones', () => {
		const id = '3FA85F64-5717-4562-B3FC-2C963F66AFA6';
		const read = settingsOf({ ...QUEUES, queues: id, channels: 'WhatsApp, SMS' });
		expect(read.topics).toEqual([`v2.routing.queues.${id.toLowerCase()}.conversations.messages`]);
		expect(read.channels).toEqual(['whatsapp', 'sms']);
	});

	it('take a topic and its IDs with what copying brings along', () => {
		const read = settingsOf({
			...TOPIC,
			topic: '\u200bv2.users.{id}.presence',
			topicIds: 'u1\u200e',
		});
		expect(read.topics).toEqual(['v2.users.u1.presence']);
	});

	it('take IDs in capital letters in a topic too, beside names that have capital letters', () => {
		const id = '3A2F6C1E-0000-4000-8000-00000000ABCD';
		const topic = `v2.users.${id}.routingStatus`;
		expect(settingsOf({ event: 'topic', topic }).topics).toEqual([
			`v2.users.${id.toLowerCase()}.routingStatus`,
		]);
		const partly = `v2.x.${id}.{id}`;
		expect(settingsOf({ event: 'topic', topic: partly, topicIds: 'A' }).topics).toEqual([
			`v2.x.${id.toLowerCase()}.A`,
		]);
	});

	it('make a topic of each deployment', () => {
		expect(settingsOf({ event: 'messageUndelivered', deployments: ['d1'] }).topics).toEqual([
			'v2.webmessaging.deployments.d1.undelivered.messages',
		]);
	});

	it('fill the IDs into a topic', () => {
		expect(settingsOf(TOPIC).topics).toEqual(['v2.users.u1.presence', 'v2.users.u2.presence']);
		expect(settingsOf({ ...TOPIC, topic: 'v2.x\u200b', topicIds: '' }).topics).toEqual(['v2.x']);
	});

	it.each<[string, Readonly<Record<string, unknown>>, string]>([
		['an unknown event', { event: 'x' }, "'Event' is not known"],
		['no queue', { event: 'customerMessage', queues: [] }, "'Queues' is empty"],
		[
			'an expression that gives nothing',
			{ event: 'customerMessage', queues: [undefined] },
			"'Queues' is empty",
		],
		['no ID', { ...QUEUES, queues: ['a.b'] }, '\'Queues\' holds "a.b", which is not an ID'],
		[
			'an object for an ID',
			{ ...QUEUES, queues: ['q1', { id: 'q2' }] },
			'\'Queues\' holds "{"id":"q2"}", which is not an ID',
		],
		[
			'what is no channel',
			{ ...QUEUES, channels: ['Web Messaging'] },
			'\'Channels\' holds "web messaging", which is not a channel',
		],
		['no deployment', { event: 'messageUndelivered' }, "'Deployments' is empty"],
		['no topic', { event: 'topic' }, "'Topic' is empty"],
		['what is no topic', { ...TOPIC, topic: 'x' }, "'Topic' is not a topic"],
		['a topic of the system', { ...TOPIC, topic: 'v2.system.x' }, "'Topic' is not a topic"],
		['a topic without its IDs', { ...TOPIC, topicIds: '' }, "'IDs in the Topic' is empty"],
		['two places for an ID', { ...TOPIC, topic: 'v2.{a}.{b}' }, "'Topic' has more than one place"],
		['a switch that is none', { ...QUEUES, simplify: 'x' }, "'Simplify' is neither true nor false"],
		[
			'more topics than a channel takes',
			{ ...QUEUES, queues: Array.from({ length: 1_001 }, (_, n) => `q${n}`) },
			"'Queues' are 1001",
		],
	])('refuse %s in words', (_what, parameters, words) => {
		expect(() => settingsOf(parameters)).toThrow(words);
	});
});
