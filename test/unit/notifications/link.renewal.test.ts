import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { channelsMade, liveWorld, MINUTE, SECOND } from '../support/liveWorld';
import { FORBIDDEN, NETWORK } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';

describe('renewing the connection of an OAuth client', () => {
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

	it('leaves no gap to fill when the old socket still answers', async () => {
		const { world } = await liveWorld((made) => (made.channelLifeMs = 60 * MINUTE));
		await world.time.advance(50 * MINUTE);
		const { length } = world.requests;
		await world.time.advance(10 * MINUTE);
		expect(channelsMade(world)).toBe(2);
		const later = world.requests.slice(length);
		expect(later.filter(({ path }) => path.endsWith('/details/query'))).toEqual([]);
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

	it('comes before the end of the access token that made the channel', async () => {
		const { world, subscriber } = await liveWorld((made) => (made.tokenLifeMs = 10 * MINUTE));
		await world.time.advance(60 * MINUTE);
		expect(subscriber.news.every(({ kind }) => kind === 'live')).toBe(true);
		expect(world.channels.logins).toBeGreaterThan(5);
		expect(world.mostLive).toBe(2);
	});

	it('takes a new token where the old one is about to end', async () => {
		const { world } = await liveWorld((made) => {
			made.tokenLifeMs = 60 * MINUTE;
			made.channels.login(0);
		});
		await world.time.advance(60 * MINUTE);
		expect([channelsMade(world), world.channels.logins]).toEqual([2, 2]);
	});

	it.each([true, false])(
		'is not made again and again when the clocks differ by days (told the time: %s)',
		async (tellsTime) => {
			const { world, subscriber } = await liveWorld((made) => {
				made.aheadMs = -2 * 24 * 60 * MINUTE;
				made.tellsTime = tellsTime;
			});
			await world.time.advance(60 * MINUTE);
			expect(channelsMade(world)).toBe(1);
			expect(subscriber.isLive).toBe(true);
		},
	);

	it('is tried again when it fails, while the old socket goes on', async () => {
		const { world, subscriber } = await liveWorld((made) => (made.channelLifeMs = 60 * MINUTE));
		world.fault = NETWORK;
		await world.time.advance(56 * MINUTE);
		expect(world.live).toHaveLength(1);
		world.say('c1', 'm1');
		expect(subscriber.received).toHaveLength(1);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(world.channels.size).toBe(2);
		expect(subscriber.news.every(({ kind }) => kind === 'live')).toBe(true);
	});

	it('waits two minutes for a call that never ends, and the old socket goes on', async () => {
		const { world, subscriber } = await liveWorld((made) => (made.channelLifeMs = 60 * MINUTE));
		world.latencyMs = 30 * MINUTE;
		await world.time.advance(58 * MINUTE);
		expect(subscriber.news.every(({ kind }) => kind === 'live')).toBe(true);
		world.latencyMs = 20;
		await world.time.advance(10 * MINUTE);
		expect(subscriber.isLive).toBe(true);
		expect(world.live).toHaveLength(1);
	});

	it.each([
		['while the next socket opens', 70],
		['while the old socket is asked for a sign of life', 300],
	])('leaves no socket when the last trigger leaves %s', async (_when, afterMs) => {
		const { world, membership } = await liveWorld((made) => (made.channelLifeMs = 60 * MINUTE));
		await world.time.advance(54 * MINUTE);
		while (world.channels.size === 1) await world.time.advance(10);
		world.socket!.halfOpen = true;
		await world.time.advance(afterMs);
		membership.leave();
		await world.time.advance(5 * SECOND);
		expect(world.live).toEqual([]);
	});

	it('is tried again soon, however often earlier ones failed, and in time for the end', async () => {
		const { world, subscriber } = await liveWorld((made) => (made.channelLifeMs = 30 * MINUTE));
		const failOnce = (failure: Failure) => {
			world.fault = ({ method, path }) => {
				if (method !== 'POST' || !path.endsWith('/channels')) return undefined;
				world.fault = undefined;
				return failure;
			};
		};
		for (let renewal = 0; renewal < 12; renewal++) {
			failOnce(NETWORK);
			await world.time.advance(25 * MINUTE);
		}
		failOnce(FORBIDDEN);
		await world.time.advance(60 * MINUTE);
		expect(world.log.filter((text) => text.includes('was lost'))).toEqual([]);
		expect(subscriber.news.every(({ kind }) => kind === 'live')).toBe(true);
	});

	it('that cannot be made is logged', async () => {
		const { world } = await liveWorld((made) => (made.channelLifeMs = 60 * MINUTE));
		world.fault = NETWORK;
		await world.time.advance(55 * MINUTE + 10 * SECOND);
		const lines = world.log.filter((text) => text.startsWith('The connection cannot be renewed'));
		expect(lines[0]).toBe('The connection cannot be renewed (channel: network); next try in 1 s');
	});

	it('leaves a gap to fill when the old channel is lost meanwhile, even if its socket answers', async () => {
		const { world, subscriber } = await liveWorld((made) => (made.channelLifeMs = 20 * MINUTE));
		await world.time.advance(14 * MINUTE);
		const [old] = world.channels.all();
		world.fault = ({ method }) => {
			if (method !== 'PUT' || old?.topics.length === 0) return undefined;
			// The new channel was one too many: the old one ends before the new one has the topics.
			old!.socket?.push({
				topicName: `v2.system.no_longer_subscribed.${old!.id}`,
				eventBody: { channelId: old!.id, reason: 'another_channel_subscribed' },
			});
			old!.topics = [];
			world.say('c1', 'm1');
			return undefined;
		};
		await world.time.advance(3 * MINUTE);
		expect(subscriber.received).toMatchObject([{ source: 'recovered', body: { id: 'c1' } }]);
	});

	it('does not keep a socket that falls silent meanwhile, however long it takes', async () => {
		const { world, subscriber } = await liveWorld((made) => (made.channelLifeMs = 20 * MINUTE));
		const [old] = world.sockets;
		await world.time.advance(14 * MINUTE + 55 * SECOND);
		world.latencyMs = 119 * SECOND;
		old!.halfOpen = true;
		world.say('c1', 'm1');
		await world.time.advance(40 * SECOND);
		expect(old!.givenUp).toBe(true);
		world.latencyMs = 20;
		await world.time.advance(6 * MINUTE);
		expect(subscriber.isLive).toBe(true);
		expect(world.live).toHaveLength(1);
		expect(subscriber.received).toMatchObject([{ source: 'recovered', body: { id: 'c1' } }]);
	});

	it('that fails after the old socket has ended is followed by the next try', async () => {
		const { world, subscriber } = await liveWorld((made) => (made.channelLifeMs = 20 * MINUTE));
		await world.time.advance(14 * MINUTE + 55 * SECOND);
		world.latencyMs = 10 * SECOND;
		world.fault = NETWORK;
		await world.time.advance(10 * SECOND);
		world.socket?.end('lost');
		await world.time.advance(MINUTE);
		world.latencyMs = 20;
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect([subscriber.isLive, world.live.length]).toEqual([true, 1]);
	});

	it('does not hurry when each new socket is announced to close at once', async () => {
		const { world, subscriber } = await liveWorld();
		const announce = () => world.socket?.push({ topicName: 'v2.system.socket_closing' });
		announce();
		await world.time.advance(3 * SECOND);
		expect(world.sockets).toHaveLength(2);
		for (let round = 0; round < 600; round++) {
			announce();
			await world.time.advance(SECOND);
		}
		expect(world.sockets.length).toBeLessThan(30);
		expect(channelsMade(world)).toBeLessThan(4);
		await world.time.advance(2 * MINUTE);
		const { length } = world.sockets;
		announce();
		await world.time.advance(3 * SECOND);
		expect(world.sockets).toHaveLength(length + 1);
		expect(subscriber.news.every(({ kind }) => kind === 'live')).toBe(true);
	});
});
