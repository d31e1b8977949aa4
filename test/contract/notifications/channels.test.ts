import { startSimulator } from '../../../dev/simulator';
import type { Simulator } from '../../../dev/simulator';
import { missingFields, unknownFields } from '../sdkTypes';
import { anyText } from '../support';
import { CHANNELS, listen, QUEUE_TOPIC, subscriberOf } from './support';
import type { Subscriber } from './support';

describe('notification channels', () => {
	let simulator: Simulator;
	let subscriber: Subscriber;

	beforeAll(async () => {
		simulator = await startSimulator({
			clients: [
				{ clientId: 'one', clientSecret: 's' },
				{ clientId: 'two', clientSecret: 's' },
			],
		});
	});
	beforeEach(async () => {
		simulator.reset();
		subscriber = await subscriberOf(simulator, { username: 'one', password: 's' });
	});
	afterAll(async () => await simulator.stop());

	const list = async (query = '', { http, headers } = subscriber): Promise<{ id?: string }[]> =>
		(await http.get(`${CHANNELS}${query}`, { headers })).data.entities;
	const head = async (id: string, { http, headers } = subscriber): Promise<number> =>
		(await http.head(`${CHANNELS}/${id}`, { headers })).status;

	it('are made in the documented shape, for a day', async () => {
		const channel = await subscriber.create();
		expect(unknownFields('Channel', channel)).toEqual([]);
		expect(missingFields('Channel', channel)).toEqual([]);
		const { host } = new URL(simulator.url);
		expect(channel.connectUri).toBe(`ws://${host}/channels/${channel.id}`);
		expect(channel.id).toMatch(/^streaming-0-\S{26}$/);
		const lifeMs = Date.parse(channel.expires) - Date.now();
		expect(Math.round(lifeMs / 60_000)).toBe(1440);
		expect(await head(channel.id)).toBe(200);
		expect(await head('streaming-0-none')).toBe(404);
	});

	it('of other tokens are told without their secrets', async () => {
		const { id } = await subscriber.create();
		const later = await subscriberOf(simulator, { username: 'one', password: 's' });
		const own = await later.create();
		expect(await list('', later)).toEqual([own]);
		const all = await list('?includechannels=oauthclient', later);
		expect(all).toEqual([{ expires: anyText }, own]);
		expect(await head(id, later)).toBe(200);
		const stranger = await subscriberOf(simulator, { username: 'two', password: 's' });
		expect(await list('?includechannels=oauthclient', stranger)).toEqual([]);
		expect(await head(id, stranger)).toBe(404);
		simulator.configure({ channelBinding: 'token' });
		expect(await head(id, later)).toBe(404);
		expect(await head(id)).toBe(200);
		const { status } = await subscriber.http.get(`${CHANNELS}?includechannels=all`, {
			headers: subscriber.headers,
		});
		expect(status).toBe(400);
	});

	it('over the limit end the one that was used longest ago, without a socket first', async () => {
		simulator.configure({ channelsPerClient: 3 });
		const connected = await subscriber.subscribe(QUEUE_TOPIC);
		const [second, third] = [await subscriber.create(), await subscriber.create()];
		await subscriber.put(second.id, [QUEUE_TOPIC]);
		const fourth = await subscriber.create();
		expect(await head(third.id)).toBe(404);
		for (const id of [connected.id, second.id, fourth.id]) expect(await head(id)).toBe(200);
		const stranger = await subscriberOf(simulator, { username: 'two', password: 's' });
		await stranger.create();
		expect(await list()).toHaveLength(3);

		simulator.notifications.evictionStorm({ clientId: 'one', clientSecret: 's' }, 3);
		expect(await connected.closed).toBe(1000);
		const [told] = connected.of(`v2.system.no_longer_subscribed.${connected.id}`);
		expect(told?.eventBody).toMatchObject({ reason: 'another_channel_subscribed' });
		await expect(listen(connected.connectUri)).rejects.toThrow('404');
	});

	it('expire, and are renewed by their subscriptions', async () => {
		const channel = await subscriber.subscribe(QUEUE_TOPIC);
		simulator.configure({ channelLifetimeSeconds: 60 });
		await subscriber.put(channel.id, [QUEUE_TOPIC]);
		const [renewed] = simulator.notifications.channels.all();
		expect((renewed?.expiresAt ?? 0) - Date.now()).toBeLessThan(60_001);
		simulator.configure({ channelLifetimeSeconds: 0.05 });
		await subscriber.put(channel.id, [QUEUE_TOPIC]);
		expect(await channel.closed).toBe(1000);
		expect(await head(channel.id)).toBe(404);
		expect((await subscriber.put(channel.id, [QUEUE_TOPIC])).status).toBe(404);
	});

	it('end with the access token that made them', async () => {
		const channel = await subscriber.subscribe(QUEUE_TOPIC);
		simulator.revokeTokens();
		expect(await channel.closed).toBe(1000);
		const [told] = channel.of(`v2.system.token_revoked.${channel.id}`);
		expect(told?.eventBody).toMatchObject({
			channelId: channel.id,
			systemTopicType: 'token_revoked',
			oauthClientId: 'one',
			reason: 'user_tokens_revoked',
		});
		const later = await subscriberOf(simulator, { username: 'one', password: 's' });
		expect(await head(channel.id, later)).toBe(404);
	});

	it('end with a token whose time is over', async () => {
		simulator.configure({ tokenLifetimeSeconds: 1 });
		const short = await subscriberOf(simulator, { username: 'two', password: 's' });
		const channel = await short.subscribe(QUEUE_TOPIC);
		expect(await channel.closed).toBe(1000);
		expect(simulator.notifications.channels.ofClient('two')).toEqual([]);
	});
});
