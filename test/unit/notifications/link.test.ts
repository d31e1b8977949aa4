import { type NodeVersion } from '../support/fakeSocket';
import { ACCOUNT, NETWORK, NotificationWorld, QUEUE, topicOf } from '../support/notificationWorld';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

async function liveWorld(setUp: (world: NotificationWorld) => void = () => undefined) {
	const world = new NotificationWorld();
	setUp(world);
	const subscriber = world.subscriber();
	const membership = world.hubs.join(ACCOUNT, subscriber);
	await world.time.until(() => subscriber.isLive);
	return { world, subscriber, membership };
}

const channelsMade = (world: NotificationWorld) =>
	world.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/channels'))
		.length;

describe('the connection of an OAuth client', () => {
	it('subscribes before it connects, and passes events on', async () => {
		const { world, subscriber } = await liveWorld();
		const changes = world.requests.filter(
			({ method, path }) => method !== 'GET' && path.includes('/notifications/'),
		);
		expect(changes.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'POST /api/v2/notifications/channels',
			'PUT /api/v2/notifications/channels/streaming-0-1/subscriptions?ignoreErrors=true',
		]);
		world.say('c1', 'm1');
		expect(subscriber.received).toMatchObject([{ topic: topicOf(QUEUE), source: 'live' }]);
	});

	it.each<[NodeVersion, 'lost' | 'refused']>([
		[22, 'lost'],
		[24, 'lost'],
	])('with Node %d comes back after the connection was %s, once', async (version, how) => {
		const { world, subscriber } = await liveWorld((made) => (made.version = version));
		world.socket?.end(how);
		await world.time.advance(10 * SECOND);
		expect(subscriber.isLive).toBe(true);
		expect(world.sockets).toHaveLength(2);
		expect(channelsMade(world)).toBe(1);
	});

	it.each<NodeVersion>([22, 24])(
		'with Node %d gets a new channel when the old one is gone',
		async (version) => {
			const { world, subscriber } = await liveWorld((made) => (made.version = version));
			world.endChannels();
			await world.time.advance(MINUTE);
			expect(subscriber.isLive).toBe(true);
			expect(channelsMade(world)).toBe(2);
		},
	);

	it.each<NodeVersion>([22, 24])(
		'with Node %d asks for the channel when its socket does not open, as the reason is hidden',
		async (version) => {
			const { world, subscriber } = await liveWorld((made) => (made.version = version));
			world.handshake = 'refuse';
			world.socket?.end('lost');
			await world.time.advance(10 * SECOND);
			expect(world.requests.some(({ method }) => method === 'HEAD')).toBe(true);
			expect(world.live).toHaveLength(0);
			world.handshake = 'open';
			await world.time.advance(30 * SECOND);
			expect(subscriber.isLive).toBe(true);
			expect(channelsMade(world)).toBe(1);
		},
	);

	it('takes a new channel after ten reuses', async () => {
		const { world } = await liveWorld();
		for (let round = 0; round < 11; round++) {
			world.socket?.end('lost');
			await world.time.until(() => world.live.length === 1);
			await world.time.advance(2 * MINUTE);
			expect(channelsMade(world)).toBe(round < 10 ? 1 : 2);
		}
	});

	it('does not hurry when each connection is lost at once', async () => {
		const { world } = await liveWorld();
		for (let round = 0; round < 600; round++) {
			world.socket?.end('lost');
			await world.time.advance(SECOND);
		}
		expect(world.sockets.length).toBeLessThan(20);
	});

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

	it('gives a socket up that does not open within 10 s', async () => {
		const world = new NotificationWorld();
		world.handshake = 'hang';
		world.hubs.join(ACCOUNT, world.subscriber());
		await world.time.advance(9 * SECOND);
		expect(world.live).toHaveLength(1);
		await world.time.advance(2 * SECOND);
		expect(world.live).toHaveLength(0);
	});

	it('changes to a new channel five minutes before the old one ends, with no gap', async () => {
		const { world, subscriber } = await liveWorld();
		await world.time.advance(24 * 60 * MINUTE - 5 * MINUTE - 10 * SECOND);
		expect(channelsMade(world)).toBe(1);
		await world.time.advance(20 * SECOND);
		expect(channelsMade(world)).toBe(2);
		expect(world.live).toHaveLength(1);
		expect(world.mostLive).toBe(2);
		expect(subscriber.news.every(({ kind }) => kind === 'live')).toBe(true);
		world.say('c1', 'm1');
		expect(subscriber.received).toHaveLength(1);
	});

	it('tells an event once that both sockets bring', async () => {
		const { world, subscriber } = await liveWorld();
		world.socket?.push({ topicName: 'v2.system.socket_closing', eventBody: { message: 'soon' } });
		await world.time.advance(24 * 60 * MINUTE - 5 * MINUTE);
		await world.time.until(() => world.live.length === 2);
		await world.time.advance(50);
		const event = { topicName: topicOf(QUEUE), eventBody: { id: 'c1' } };
		for (const socket of world.live) socket.push(event);
		expect(subscriber.received).toHaveLength(1);
		for (const socket of world.live.reverse()) socket.push(event);
		expect(subscriber.received).toHaveLength(2);
	});

	it('moves to another socket of the same channel when Genesys Cloud closes this one', async () => {
		const { world, subscriber } = await liveWorld();
		world.socket?.push({ topicName: 'v2.system.socket_closing', eventBody: { message: 'soon' } });
		await world.time.advance(5 * SECOND);
		expect(world.sockets).toHaveLength(2);
		expect(channelsMade(world)).toBe(1);
		expect(world.live).toHaveLength(1);
		expect(subscriber.isLive).toBe(true);
	});

	it('slows down when clients evict one another in a circle', async () => {
		const { world } = await liveWorld();
		const evict = () =>
			world.endChannels({
				topicName: 'v2.system.no_longer_subscribed.x',
				eventBody: { reason: 'another_channel_subscribed' },
			});
		for (let round = 0; round < 3; round++) {
			evict();
			await world.time.until(() => world.live.length === 1);
			await world.time.advance(SECOND);
		}
		const made = channelsMade(world);
		evict();
		await world.time.advance(4 * MINUTE);
		expect(channelsMade(world)).toBe(made);
		await world.time.advance(2 * MINUTE);
		expect(channelsMade(world)).toBe(made + 1);
	});

	it('waits longer from try to try, up to a minute, and without an end', async () => {
		const { world, subscriber } = await liveWorld();
		world.fault = NETWORK;
		world.socket?.end('lost');
		await world.time.advance(3 * 60 * MINUTE);
		const waits = world.log.map((text) => /next try in (\d+) s/.exec(text)?.[1]).filter(Boolean);
		expect(waits.slice(0, 8)).toEqual(['1', '2', '4', '8', '16', '32', '60', '60']);
		expect(waits.length).toBeGreaterThan(150);
		world.fault = undefined;
		await world.time.advance(MINUTE + SECOND);
		expect(subscriber.isLive).toBe(true);
	});

	it('waits as long as Genesys Cloud asks, but no longer than 15 minutes', async () => {
		const { world } = await liveWorld();
		world.fault = { ...NETWORK, reason: 'rateLimited', retryAfterMs: 90 * SECOND };
		world.socket?.end('lost');
		await world.time.advance(2 * SECOND);
		expect(world.log.at(-1)).toMatch(/rateLimited\); next try in 90 s$/);
		world.fault = { ...NETWORK, reason: 'rateLimited', retryAfterMs: 86_400 * SECOND };
		await world.time.advance(91 * SECOND);
		expect(world.log.at(-1)).toMatch(/next try in 900 s$/);
	});

	it.each([
		['wss: of another domain', (id: string) => `wss://evil.example/channels/${id}`],
		['a domain that only ends alike', (id: string) => `wss://xmypurecloud.de/channels/${id}`],
		['ws: without TLS', (id: string) => `ws://streaming.mypurecloud.de/channels/${id}`],
		['no address', () => 'x'],
	])('does not connect to %s, and does not name it', async (_what, connectUri) => {
		const world = new NotificationWorld();
		world.connectUri = connectUri;
		const subscriber = world.subscriber();
		world.hubs.join(ACCOUNT, subscriber);
		await world.time.advance(MINUTE);
		expect(world.sockets).toHaveLength(0);
		expect(subscriber.news.at(-1)).toMatchObject({ kind: 'trouble', fatal: false });
		expect(JSON.stringify([world.log, subscriber.news])).not.toMatch(/channels\/streaming|evil/);
	});

	it.each([
		['binary', new Uint8Array(4)],
		['garbage', '{"topicName":'],
		['a list', '[]'],
		['null', 'null'],
		['an event without a body', '{"topicName":"v2.x"}'],
		['an unknown system message', '{"topicName":"v2.system.new","eventBody":{}}'],
	])('is not disturbed by %s', async (_what, data) => {
		const { world, subscriber } = await liveWorld();
		world.socket?.tell('message', data);
		await world.time.advance(2 * SECOND);
		expect(subscriber.received).toEqual([]);
		expect(world.sockets).toHaveLength(1);
	});

	it('ignores a frame of more than 1 MB', async () => {
		const { world, subscriber } = await liveWorld();
		world.publish(topicOf(QUEUE), { id: 'x'.repeat(1024 * 1024) });
		expect(subscriber.received).toEqual([]);
	});

	it('never logs the address of its channel', async () => {
		const { world } = await liveWorld();
		world.endChannels();
		await world.time.advance(MINUTE);
		expect(world.log.join('\n')).not.toMatch(/streaming-0|wss/);
	});

	it('warns from 18 channels on', async () => {
		const { world } = await liveWorld((made) => {
			for (let n = 0; n < 17; n++) {
				made.channels.set(`other-${n}`, {
					id: `other-${n}`,
					topics: [],
					gone: false,
					expiresAt: 0,
				});
			}
		});
		await world.time.advance(SECOND);
		expect(world.log.some((text) => text.includes('has 18 notification channels of 20'))).toBe(
			true,
		);
	});
});
