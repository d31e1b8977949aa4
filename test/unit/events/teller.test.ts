import preview from '../../../nodes/GenesysCloud/__schema__/v1.0.0.json';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, bodyOf, topicOf } from '../support/playedConversation';
import { tellingTrigger } from '../support/toldWorld';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

async function told(
	settings: Parameters<typeof tellingTrigger>[1] = {},
	options: Parameters<typeof tellingTrigger>[2] = {},
) {
	const world = new NotificationWorld();
	const trigger = tellingTrigger(world, settings, options);
	await world.time.until(() => trigger.subscriber.isLive);
	return { world, ...trigger };
}

const bulkCalls = (world: NotificationWorld) =>
	world.requests.filter(({ path }) => path.endsWith('/messages/bulk'));

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

	it('fetches the texts of one notification with one call', async () => {
		const { world, items } = await told({ fetchText: true });
		world.socket!.halfOpen = true;
		world.say('c1', 'm1');
		world.say('c1', 'm2');
		world.socket!.halfOpen = false;
		world.say('c1', 'm3');
		await world.time.advance(SECOND);
		expect(bulkCalls(world).map(({ body }) => body)).toEqual([['m1', 'm2', 'm3']]);
		expect(items.map(({ text }) => text)).toEqual(['text of m1', 'text of m2', 'text of m3']);
	});

	it('keeps the order of a conversation, even if a text is slow', async () => {
		const { world, items } = await told({ fetchText: true });
		world.latencyMs = 5 * SECOND;
		world.say('c1', 'm1');
		await world.time.advance(100);
		world.latencyMs = 10;
		world.say('c1', 'm2');
		world.say('c2', 'm3');
		await world.time.advance(MINUTE);
		expect(items.map(({ messageId }) => messageId)).toEqual(['m3', 'm1', 'm2']);
	});

	it('waits for the text while the API is down, and tells the event in any case', async () => {
		const { world, items, teller } = await told({ fetchText: true });
		world.fault = NETWORK;
		const at = world.time.now;
		world.say('c1', 'm1');
		await world.time.advance(5 * MINUTE);
		expect(items).toEqual([]);
		expect(teller.waitingSince()).toBe(at);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(items).toMatchObject([{ messageId: 'm1', text: 'text of m1' }]);
		world.fault = NETWORK;
		world.say('c1', 'm2');
		await world.time.advance(12 * MINUTE);
		expect(items.at(-1)).toMatchObject({ messageId: 'm2', text: null });
		expect(teller.waitingSince()).toBeUndefined();
	});

	it('tells without the text, and says so once, when it may not be read', async () => {
		const { world, items } = await told({ fetchText: true });
		const forbidden = { ...NETWORK, reason: 'forbidden', transient: false } as const;
		world.fault = ({ path }) => (path.endsWith('/bulk') ? forbidden : undefined);
		world.say('c1', 'm1');
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(items.map(({ text }) => text)).toEqual([null, null]);
		expect(world.log.filter((text) => text.includes('conversation:message:view'))).toHaveLength(1);
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

	it('gives each event of each trigger a key of its own, and the same one again', async () => {
		const keysOf = async (key: string, event: string) => {
			const { world, keys } = await told({ event }, { key });
			world.say('c1', 'm1');
			world.say('c1', 'm2');
			world.end('c1');
			await world.time.advance(SECOND);
			return keys;
		};
		const first = await keysOf('w/n', 'customerMessage');
		expect(first).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.anything()]);
		expect(await keysOf('w/n', 'customerMessage')).toEqual(first);
		const all = [...first, ...(await keysOf('w/other', 'customerMessage'))];
		all.push(
			...(await keysOf('w/n', 'conversationStarted')),
			...(await keysOf('w/n', 'conversationEnded')),
		);
		expect(new Set(all).size).toBe(6);
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

	it('waits for a text that the rate limit forbids for longer than a call may wait', async () => {
		const { world, items } = await told({ fetchText: true });
		const tooLong = { ...NETWORK, reason: 'rateLimited', transient: false } as const;
		const hour = { ...tooLong, notCalled: true, retryAfterMs: 60 * MINUTE };
		world.fault = ({ path }) => (path.endsWith('/bulk') ? hour : undefined);
		world.say('c1', 'm1');
		await world.time.advance(3 * MINUTE);
		world.fault = undefined;
		await world.time.advance(MINUTE + SECOND);
		expect(items).toMatchObject([{ text: 'text of m1' }]);
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

	it('tells nothing more after it has ended, not even what waits for its text', async () => {
		const { world, items, leave } = await told({ fetchText: true });
		world.say('c1', 'm1');
		leave();
		await world.time.advance(MINUTE);
		expect(items).toEqual([]);
	});

	it('tells nothing of what is no event, and of no channel where channels are chosen', async () => {
		const { world, items } = await told({ channels: ['sms'] });
		world.publish(topicOf(QUEUE), { id: 'c1' });
		world.publish(topicOf(QUEUE), { id: 'c1', participants: [{ purpose: 'customer' }] });
		await world.time.advance(SECOND);
		expect(items).toEqual([]);
	});

	it('tells a topic without conversation or time as of now', async () => {
		const { world, items } = await told({ event: 'topic', targets: ['v2.x'] });
		const now = new Date(world.time.now).toISOString();
		world.publish('v2.x', { a: 1 });
		await world.time.advance(SECOND);
		expect(items).toMatchObject([{ conversationId: null, eventTime: now }]);
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
