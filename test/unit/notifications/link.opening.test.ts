import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { type NodeVersion } from '../support/fakeSocket';
import { channelsMade, liveWorld, MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { ACCOUNT } from '../support/testSubscriber';

describe('opening the connection of an OAuth client', () => {
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

	it.each([false, true])(
		'behind a gateway that takes no HEAD comes back all the same; the channel is gone: %s',
		async (isGone) => {
			const { world, subscriber } = await liveWorld();
			world.fault = ({ method }) =>
				method === 'HEAD'
					? { ...NETWORK, reason: 'badRequest', httpCode: '405', transient: false }
					: undefined;
			world.handshake = 'refuse';
			if (isGone) world.endChannels();
			else world.socket?.end('lost');
			await world.time.advance(10 * SECOND);
			world.handshake = 'open';
			await world.time.advance(30 * SECOND);
			expect(subscriber.isLive).toBe(true);
			expect(channelsMade(world)).toBe(isGone ? 2 : 1);
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

	it('gives a socket up that does not open within 10 s', async () => {
		const world = new NotificationWorld();
		world.handshake = 'hang';
		world.hubs.join(ACCOUNT, world.subscriber());
		await world.time.advance(9 * SECOND);
		expect(world.live).toHaveLength(1);
		await world.time.advance(2 * SECOND);
		expect(world.live).toHaveLength(0);
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
		expect(subscriber.news.at(-1)).toMatchObject({ kind: 'trouble', fatal: true });
		expect(JSON.stringify([world.log, subscriber.news])).not.toMatch(/channels\/streaming|evil/);
	});

	it('never logs the address of its channel', async () => {
		const { world } = await liveWorld();
		world.endChannels();
		await world.time.advance(MINUTE);
		expect(world.log.join('\n')).not.toMatch(/streaming-0|wss/);
	});

	it('warns from 18 channels on', async () => {
		const { world } = await liveWorld((made) => {
			for (let n = 0; n < 17; n++) made.channels.create();
		});
		await world.time.advance(SECOND);
		expect(world.log.some((text) => text.includes('has 18 notification channels of 20'))).toBe(
			true,
		);
	});

	const FORBIDDEN: Failure = {
		...NETWORK,
		reason: 'forbidden',
		transient: false,
		httpCode: '403',
	};

	it.each<[string, (world: NotificationWorld) => void]>([
		[
			'has an address of another domain',
			(world) => (world.connectUri = (id) => `wss://streaming.elsewhere.example/channels/${id}`),
		],
		[
			'is refused its topics',
			(world) => (world.fault = ({ method }) => (method === 'PUT' ? FORBIDDEN : undefined)),
		],
		['has a socket that never opens', (world) => (world.handshake = 'refuse')],
	])('does not make channel after channel where one %s', async (_what, setUp) => {
		const world = new NotificationWorld();
		const { connectUri } = world;
		setUp(world);
		const subscriber = world.subscriber();
		world.hubs.join(ACCOUNT, subscriber);
		await world.time.advance(60 * MINUTE);
		expect(channelsMade(world)).toBeLessThanOrEqual(5);
		expect(subscriber.isLive).toBe(false);
		Object.assign(world, { connectUri, fault: undefined, handshake: 'open' });
		await world.time.advance(16 * MINUTE);
		expect(subscriber.isLive).toBe(true);
		expect(channelsMade(world)).toBeLessThanOrEqual(6);
	});

	it.each<[string, (world: NotificationWorld) => void]>([
		[
			'are refused',
			(world) => (world.fault = ({ method }) => (method === 'PUT' ? FORBIDDEN : undefined)),
		],
		['cannot be listened to', (world) => (world.handshake = 'refuse')],
	])('makes fewer channels a day than end another when topics %s', async (_what, setUp) => {
		const world = new NotificationWorld();
		setUp(world);
		world.hubs.join(ACCOUNT, world.subscriber());
		await world.time.advance(24 * 60 * MINUTE);
		expect(channelsMade(world)).toBeLessThan(10);
	});

	it('takes a new channel when one that never opened is gone', async () => {
		const world = new NotificationWorld();
		world.handshake = 'refuse';
		const subscriber = world.subscriber();
		world.hubs.join(ACCOUNT, subscriber);
		await world.time.advance(5 * MINUTE);
		world.endChannels();
		world.handshake = 'open';
		await world.time.advance(2 * MINUTE);
		expect([subscriber.isLive, channelsMade(world)]).toEqual([true, 2]);
	});
});
