import preview from '../../../nodes/GenesysCloud/__schema__/v1.0.0.json';
import { EVENTS } from '../../../nodes/GenesysCloud/events';
import { MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, bodyOf, topicOf } from '../support/playedConversation';
import { tellingTrigger, told } from '../support/toldWorld';

describe('telling events', () => {
	it('makes exactly this item', async () => {
		const { world, items } = await told({ fetchText: true });
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(items).toEqual([
			{
				event: 'customerMessage',
				conversationId: 'c1',
				externalContactId: 'c1-contact',
				participantId: 'c1-customer',
				messageId: 'm1',
				text: 'text of m1',
				status: 'received',
				channel: 'webmessaging',
				queueId: QUEUE,
				attributes: { customerKey: 'c1' },
				eventTime: expect.stringMatching(/^2026-11-22T12:00:0\d/) as string,
				source: 'live',
			},
		]);
	});

	it('makes the item that the output preview shows, with every key always there', async () => {
		const { world, items } = await told({ event: 'conversationStarted' });
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(Object.keys(items[0]!)).toEqual(Object.keys(preview.properties));
	});

	it('adds the event as it came when it is not simplified', async () => {
		const { world, items } = await told({ simplify: false });
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		const conversation = world.conversations.get('c1')!;
		expect(items[0]?.raw).toEqual({ topicName: topicOf(QUEUE), eventBody: bodyOf(conversation) });
	});

	it('passes only the chosen channels on', async () => {
		const { world, items } = await told({ channels: ['sms', 'whatsapp'] });
		world.say('c1', 'm1');
		const sms = bodyOf(world.conversations.get('c1')!) as { participants: [{ type: string }] };
		sms.participants[0].type = 'sms';
		world.publish(topicOf(QUEUE), { ...sms, id: 'c2' });
		await world.time.advance(SECOND);
		expect(items.map(({ channel, conversationId }) => [channel, conversationId])).toEqual([
			['sms', 'c2'],
		]);
	});

	it('tells what a customer wrote to a bot once the conversation comes to the queue', async () => {
		const { world, items } = await told();
		world.say('c1', 'to the bot', 'of no queue');
		await world.time.advance(MINUTE);
		expect(items).toEqual([]);
		world.publish(topicOf(QUEUE), bodyOf(world.conversations.get('c1')!));
		await world.time.advance(SECOND);
		expect(items.map(({ messageId }) => messageId)).toEqual(['to the bot']);
	});

	it('tells a conversation that moves between two queues once', async () => {
		const { world, items } = await told({ event: 'conversationStarted', targets: [QUEUE, 'q2'] });
		world.say('c1', 'm1');
		world.publish(topicOf('q2'), bodyOf(world.conversations.get('c1')!));
		await world.time.advance(SECOND);
		expect(items).toHaveLength(1);
	});

	it('tells of start and end', async () => {
		const started = await told({ event: 'conversationStarted' });
		started.world.say('c1', 'm1');
		started.world.end('c1');
		const ended = await told({ event: 'conversationEnded' });
		ended.world.say('c1', 'm1');
		ended.world.end('c1');
		await ended.world.time.advance(SECOND);
		await started.world.time.advance(SECOND);
		expect(started.items.map(({ event }) => event)).toEqual(['conversationStarted']);
		expect(ended.items.map(({ event }) => event)).toEqual(['conversationEnded']);
	});

	it('tells a topic as it is, and repeated frames once', async () => {
		const { world, items } = await told({ event: 'topic', targets: ['v2.x'] });
		world.publish('v2.x', { conversationId: 'c1', eventTime: Date.UTC(2026, 0, 1) });
		world.publish('v2.x', { conversationId: 'c1', eventTime: Date.UTC(2026, 0, 1) });
		await world.time.advance(SECOND);
		expect(items).toMatchObject([
			{
				event: 'topic',
				conversationId: 'c1',
				eventTime: '2026-01-01T00:00:00.000Z',
				raw: { topicName: 'v2.x', eventBody: { conversationId: 'c1' } },
			},
		]);
	});

	it.each([{}, { eventTime: 1.8e18 }, { eventTime: null }])(
		'tells a topic with %j as of now',
		async (body) => {
			const { world, items } = await told({ event: 'topic', targets: ['v2.x'] });
			const now = new Date(world.time.now).toISOString();
			world.publish('v2.x', { ...body });
			await world.time.advance(SECOND);
			expect(items).toMatchObject([{ conversationId: null, eventTime: now }]);
		},
	);

	it('tells a topic only as it comes, not what is read of its conversations afterwards', async () => {
		const world = new NotificationWorld();
		world.say('c0', 'old');
		await world.time.advance(MINUTE);
		const settings = { event: 'topic', targets: [topicOf(QUEUE)] };
		const { items, subscriber } = tellingTrigger(world, settings);
		await world.time.until(() => subscriber.isLive);
		await world.time.advance(10 * MINUTE);
		expect(items).toEqual([]);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		world.socket?.end('lost');
		await world.time.advance(10 * MINUTE);
		expect(items.map(({ source }) => source)).toEqual(['live']);
	});

	it('gives each event of each trigger a key of its own, and the same one again', async () => {
		const keysOf = async (key: string, event: string) => {
			const { world, keys } = await told({ event }, { key });
			world.say('c1', 'm1');
			world.say('c1', 'm2');
			world.say('c2', 'm3');
			world.end('c1');
			world.end('c2');
			await world.time.advance(SECOND);
			return keys;
		};
		const first = await keysOf('w/n', 'customerMessage');
		expect(first).toEqual(Array(3).fill(expect.stringMatching(/^[0-9a-f]{64}$/)));
		expect(await keysOf('w/n', 'customerMessage')).toEqual(first);
		const all = [...first, ...(await keysOf('w/other', 'customerMessage'))];
		all.push(
			...(await keysOf('w/n', 'conversationStarted')),
			...(await keysOf('w/n', 'conversationEnded')),
		);
		expect(new Set(all).size).toBe(10);
	});

	it('knows a message again whose status has changed, after a restart of n8n too', async () => {
		const { world, items, told: keys, leave } = await told();
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		leave();
		const [message] = world.conversations.get('c1')!.messages;
		Object.assign(message!, { status: 'read' });
		const again = tellingTrigger(world, {}, { since: world.time.now - MINUTE, told: keys });
		await world.time.advance(MINUTE);
		expect(items).toHaveLength(1);
		expect(again.items).toEqual([]);
	});

	it('recovers no more than a hundred events a second, and 5,000 within two minutes', async () => {
		const { world, items } = await told();
		world.fault = NETWORK;
		world.socket?.end('lost');
		for (let n = 0; n < 5_000; n++) world.say(`c${n % 500}`, `m${n}`);
		await world.time.advance(MINUTE);
		world.fault = undefined;
		await world.time.until(() => items.length > 0);
		const before = items.length;
		await world.time.advance(SECOND);
		expect(items.length - before).toBeLessThanOrEqual(100);
		world.say('another', 'live');
		await world.time.advance(SECOND);
		expect(items.at(-1)).toMatchObject({ source: 'recovered' });
		expect(items).toContainEqual(expect.objectContaining({ messageId: 'live', source: 'live' }));
		await world.time.advance(2 * MINUTE);
		expect(items).toHaveLength(5_001);
		expect(new Set(items.map(({ messageId }) => messageId)).size).toBe(5_001);
	});

	it('tells nothing of what is no event, and of no channel where channels are chosen', async () => {
		const { world, items } = await told({ channels: ['sms'] });
		world.publish(topicOf(QUEUE), { id: 'c1' });
		world.publish(topicOf(QUEUE), { id: 'c1', participants: [{ purpose: 'customer' }] });
		await world.time.advance(SECOND);
		expect(items).toEqual([]);
	});

	it('tells what comes live at once, however much it is', async () => {
		const { world, items, teller } = await told();
		world.socket!.halfOpen = true;
		for (const id of ['m1', 'm2', 'm3']) world.say('c1', id);
		const body = world.bodies.at(-1)!;
		void teller.receive({ topic: topicOf(QUEUE), body, source: 'live' });
		await world.time.advance(0);
		expect(items).toHaveLength(3);
	});

	it('says in the log that an event cannot be read, and goes on', async () => {
		const { world, items } = await told();
		jest.spyOn(EVENTS[0], 'sightingOf').mockImplementationOnce(() => {
			throw new RangeError('Maximum call stack size exceeded');
		});
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(items).toEqual([]);
		expect(world.log).toContain(
			'An event cannot be read: RangeError: Maximum call stack size exceeded',
		);
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(items.map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
	});

	it('says in the log when n8n does not take an event, and goes on', async () => {
		const { world, keys } = await told();
		jest.spyOn(keys, 'push').mockImplementationOnce(() => {
			throw new Error('The workflow is gone');
		});
		world.say('c1', 'm1');
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(keys).toHaveLength(1);
		expect(world.log).toContain('n8n did not take an event: Error: The workflow is gone');
	});
});
