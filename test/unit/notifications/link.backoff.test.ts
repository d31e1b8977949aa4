import { type NodeVersion } from '../support/fakeSocket';
import { channelsMade, liveWorld, MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK } from '../support/notificationWorld';

describe('the connection of an OAuth client, lost', () => {
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

	it('does not hurry when each connection is lost at once', async () => {
		const { world } = await liveWorld();
		for (let round = 0; round < 600; round++) {
			world.socket?.end('lost');
			await world.time.advance(SECOND);
		}
		expect(world.sockets.length).toBeLessThan(20);
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

	it('waits longer from try to try, too, when each time it is asked for little', async () => {
		const { world } = await liveWorld();
		world.fault = { ...NETWORK, reason: 'rateLimited', retryAfterMs: 3 * SECOND };
		world.socket?.end('lost');
		await world.time.advance(60 * MINUTE);
		const waits = world.log.map((text) => /next try in (\d+) s/.exec(text)?.[1]).filter(Boolean);
		expect(waits.slice(0, 7)).toEqual(['1', '3', '4', '8', '16', '32', '60']);
		expect(waits.length).toBeLessThan(70);
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
});
