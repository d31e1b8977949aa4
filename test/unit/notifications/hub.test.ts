import { liveWorld } from '../support/liveWorld';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { ACCOUNT } from '../support/testSubscriber';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('the hubs of a process', () => {
	it('give each OAuth client a connection of its own', async () => {
		const world = new NotificationWorld();
		const other = world.subscriber();
		other.account = 'other';
		world.hubs.join(ACCOUNT, world.subscriber());
		world.hubs.join('other', other);
		await world.time.until(() => other.isLive);
		expect(world.hubs.size).toBe(2);
		expect(world.live).toHaveLength(2);
	});

	it('let a new subscriber of the same node take the place of the older one', async () => {
		const world = new NotificationWorld();
		const older = world.subscriber({ key: 'w/n' });
		const first = world.hubs.join(ACCOUNT, older);
		await world.time.advance(5 * SECOND);
		const newer = world.subscriber({ key: 'w/n' });
		const second = world.hubs.join(ACCOUNT, newer);
		await world.time.until(() => newer.isLive);
		first.leave();
		world.say('c1', 'm1');
		expect(older.received).toEqual([]);
		expect(newer.received).toHaveLength(1);
		second.leave();
		second.leave();
		world.say('c1', 'm2');
		expect(newer.received).toHaveLength(1);
		expect(world.live).toEqual([]);
	});

	it.each([
		['while the channel is made', 10],
		['while the socket connects', 50],
		['while it is live', 5_000],
	])('leave nothing behind when the last one leaves %s', async (_when, afterMs) => {
		const world = new NotificationWorld();
		const subscriber = world.subscriber();
		const idle = world.time.waits;
		const membership = world.hubs.join(ACCOUNT, subscriber);
		await world.time.advance(afterMs);
		membership.leave();
		await world.time.advance(200);
		expect(world.live).toEqual([]);
		expect(world.sockets.map(({ listening }) => listening)).toEqual(world.sockets.map(() => 0));
		expect(world.time.waits).toBeLessThanOrEqual(idle + 1);
		expect(world.hubs.size).toBe(0);
		world.say('c1', 'm1');
		expect(subscriber.received).toEqual([]);
	});

	it('tell nothing from either socket when the last one leaves while one takes over', async () => {
		const world = new NotificationWorld();
		const subscriber = world.subscriber();
		const membership = world.hubs.join(ACCOUNT, subscriber);
		await world.time.until(() => subscriber.isLive);
		await world.time.advance(24 * 60 * MINUTE - 6 * MINUTE);
		await world.time.until(() => world.live.length === 2);
		await world.time.advance(50);
		const sockets = [...world.live];
		membership.leave();
		for (const socket of sockets)
			socket.push({ topicName: topicOf(QUEUE), eventBody: { id: 'c1' } });
		expect(subscriber.received).toEqual([]);
		await world.time.advance(SECOND);
		expect(world.live).toEqual([]);
		expect(sockets.map(({ listening }) => listening)).toEqual([0, 0]);
	});

	it('have no sockets, timers or listeners left after 50 times on and off', async () => {
		const world = new NotificationWorld();
		world.channelLifeMs = 60 * MINUTE;
		const idle = world.time.waits;
		for (let cycle = 0; cycle < 50; cycle++) {
			const subscriber = world.subscriber({ key: 'w/n' });
			const membership = world.hubs.join(ACCOUNT, subscriber);
			await world.time.until(() => subscriber.isLive);
			membership.leave();
		}
		await world.time.advance(61 * MINUTE);
		expect(world.live).toEqual([]);
		expect(world.sockets).toHaveLength(50);
		expect(world.sockets.reduce((sum, { listening }) => sum + listening, 0)).toBe(0);
		expect(world.time.waits).toBe(idle);
	});

	it('wait before they connect again, even if a trigger came while all was well', async () => {
		const world = new NotificationWorld();
		const subscriber = world.subscriber();
		world.hubs.join(ACCOUNT, subscriber);
		await world.time.until(() => subscriber.isLive);
		world.hubs.join(ACCOUNT, world.subscriber());
		await world.time.advance(SECOND);
		world.socket?.end('lost');
		await world.time.advance(900);
		expect(world.live).toEqual([]);
		await world.time.advance(300);
		expect(world.live).toHaveLength(1);
	});

	it('do not let one wait that came while a try was failing', async () => {
		const world = new NotificationWorld();
		world.fault = NETWORK;
		world.hubs.join(ACCOUNT, world.subscriber());
		await world.time.advance(10 * MINUTE);
		world.latencyMs = 5 * SECOND;
		await world.time.until(() => world.requests.length > 15);
		const late = world.subscriber();
		world.hubs.join(ACCOUNT, late);
		world.fault = undefined;
		await world.time.advance(100);
		world.latencyMs = 20;
		await world.time.advance(7 * SECOND);
		expect(late.isLive).toBe(true);
	});

	it('answer calls by their connection, and say so while there is none', async () => {
		const world = new NotificationWorld();
		const subscriber = world.subscriber();
		const membership = world.hubs.join(ACCOUNT, subscriber);
		const request = { method: 'GET', path: '/api/v2/routing/queues?x', reads: true } as const;
		expect(await membership.call(request)).toMatchObject({ failure: { reason: 'network' } });
		await world.time.until(() => subscriber.isLive);
		const called = membership.call(request);
		await world.time.advance(SECOND);
		expect(await called).toMatchObject({ ok: true });
	});

	it('give a start that comes too late nothing', async () => {
		const world = new NotificationWorld();
		world.hubs.join(ACCOUNT, world.subscriber({ key: 'w/n', order: 9e9 }));
		const late = world.hubs.join(ACCOUNT, world.subscriber({ key: 'w/n', order: 8e9 }));
		late.leave();
		expect([late.since(topicOf(QUEUE)), late.now(), late.receivedUntil()]).toEqual([0, 0, 0]);
		const request = { method: 'GET', path: '/x', reads: true } as const;
		expect(await late.call(request)).toMatchObject({ ok: false });
		expect(world.hubs.size).toBe(1);
	});

	const topicsLeft = (world: NotificationWorld) =>
		world.channels.all().flatMap(({ topics }) => topics);

	it.each<NotificationWorld['handshake']>(['hang', 'refuse'])(
		'leave no topics on the channel when the last one leaves before it is live (%s)',
		async (handshake) => {
			const world = new NotificationWorld();
			world.handshake = handshake;
			const membership = world.hubs.join(ACCOUNT, world.subscriber());
			await world.time.advance(5 * SECOND);
			expect(topicsLeft(world)).toHaveLength(1);
			membership.leave();
			await world.time.advance(SECOND);
			expect(topicsLeft(world)).toEqual([]);
		},
	);

	it('leave no topics on the channel when the last one leaves after it was lost', async () => {
		const { world, membership } = await liveWorld();
		world.handshake = 'refuse';
		world.socket?.end('lost');
		await world.time.advance(30 * SECOND);
		membership.leave();
		await world.time.advance(SECOND);
		expect(topicsLeft(world)).toEqual([]);
	});

	it('leave no topics on either channel when the last one leaves during a renewal', async () => {
		const { world, membership } = await liveWorld((made) => (made.channelLifeMs = 20 * MINUTE));
		await world.time.advance(14 * MINUTE);
		while (topicsLeft(world).length < 2) await world.time.advance(10);
		membership.leave();
		await world.time.advance(SECOND);
		expect(topicsLeft(world)).toEqual([]);
	});
});
