import { liveWorld, SECOND } from '../support/liveWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { told } from '../support/toldWorld';

describe('the frames of a connection', () => {
	it('asks for a sign of life after 20 s of silence and gives up after 35 s', async () => {
		const { world } = await liveWorld();
		const [first] = world.sockets;
		first!.halfOpen = true;
		await world.time.advance(34 * SECOND);
		expect(first!.sent).toEqual(['{"message":"ping"}']);
		expect(first!.givenUp).toBe(false);
		await world.time.advance(5 * SECOND);
		expect(first!.givenUp).toBe(true);
		expect(world.live).toHaveLength(1);
		expect(first!.listening).toBe(0);
	});

	it.each([
		['binary', new Uint8Array(4)],
		['garbage', '{"topicName":'],
		['a list', '[]'],
		['null', 'null'],
		['an event without a body', '{"topicName":"v2.x"}'],
		['an unknown system message', '{"topicName":"v2.system.new","eventBody":{}}'],
		[
			'the end of another channel',
			'{"topicName":"v2.system.no_longer_subscribed.x","eventBody":{"channelId":"another"}}',
		],
	])('is not disturbed by %s', async (_what, data) => {
		const { world, subscriber } = await liveWorld();
		world.socket?.tell('message', data);
		await world.time.advance(2 * SECOND);
		expect(subscriber.received).toEqual([]);
		expect(world.sockets).toHaveLength(1);
	});

	it('may hold a conversation with thousands of messages, which comes as a whole', async () => {
		const { world, subscriber } = await liveWorld();
		const messages = Array.from({ length: 5_000 }, (_, n) => ({
			message: { id: `message-${n}` },
			messageMetadata: { type: 'Text', padding: 'x'.repeat(600) },
		}));
		world.publish(topicOf(QUEUE), { id: 'c1', participants: [{ messages }] });
		expect(subscriber.received).toHaveLength(1);
	});

	it.each([false, true])(
		'may be nested more deeply than can be told; while renewed: %s',
		async (isRenewed) => {
			const { world, items } = await told({ event: 'topic', targets: [topicOf(QUEUE)] });
			if (isRenewed) world.socket?.push({ topicName: 'v2.system.socket_closing' });
			await world.time.advance(SECOND);
			const nested = '['.repeat(10_000) + ']'.repeat(10_000);
			world.socket?.push(`{"topicName":"${topicOf(QUEUE)}","eventBody":{"deep":${nested}}}`);
			await world.time.advance(10 * SECOND);
			expect(world.log.at(-1)).toMatch(/cannot be read/);
			world.say('c1', 'm1');
			await world.time.advance(SECOND);
			expect(items).toHaveLength(1);
		},
	);

	it('are left out beyond 16 MB, and the log says so', async () => {
		const { world, subscriber } = await liveWorld();
		world.publish(topicOf(QUEUE), { id: 'x'.repeat(16 * 1024 * 1024) });
		expect(subscriber.received).toEqual([]);
		expect(world.log.at(-1)).toContain('more than 16 MB');
	});
});
