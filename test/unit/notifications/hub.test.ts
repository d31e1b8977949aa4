import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { ACCOUNT } from '../support/testSubscriber';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const puts = (world: NotificationWorld) =>
	world.requests
		.filter(({ method }) => method === 'PUT')
		.map(({ body }) => (body as { id: string }[]).map(({ id }) => id));

describe('the hubs of a process', () => {
	it('share one channel and one socket among the triggers of an OAuth client, with each topic once', async () => {
		const world = new NotificationWorld();
		const [a, b, c] = [
			world.subscriber(),
			world.subscriber({ topics: [topicOf('q2')] }),
			world.subscriber({ topics: [topicOf(QUEUE), topicOf('q3')] }),
		] as const;
		for (const subscriber of [a, b, c]) world.hubs.join(ACCOUNT, subscriber);
		await world.time.until(() => c.isLive);
		expect(puts(world)).toEqual([[topicOf(QUEUE), topicOf('q2'), topicOf('q3')]]);
		expect(world.sockets).toHaveLength(1);
		world.say('c1', 'm1', QUEUE);
		world.say('c2', 'm2', 'q2');
		expect([a, b, c].map(({ received }) => received.length)).toEqual([1, 1, 1]);
	});

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

	it('subscribe the topics of one that comes later, on the same channel', async () => {
		const world = new NotificationWorld();
		world.hubs.join(ACCOUNT, world.subscriber());
		await world.time.advance(5 * SECOND);
		const late = world.subscriber({ topics: [topicOf('q2')] });
		world.hubs.join(ACCOUNT, late);
		await world.time.until(() => late.isLive);
		world.say('c1', 'm1', 'q2');
		expect(late.received).toHaveLength(1);
		expect(world.sockets).toHaveLength(1);
	});

	it('try again when the topics cannot be changed, and keep the connection', async () => {
		const world = new NotificationWorld();
		world.hubs.join(ACCOUNT, world.subscriber());
		await world.time.advance(5 * SECOND);
		world.fault = ({ method }) => (method === 'PUT' ? NETWORK : undefined);
		const late = world.subscriber({ topics: [topicOf('q2')] });
		world.hubs.join(ACCOUNT, late);
		await world.time.advance(MINUTE);
		expect(late.isLive).toBe(false);
		world.fault = undefined;
		await world.time.advance(MINUTE);
		expect(late.isLive).toBe(true);
		expect(world.sockets).toHaveLength(1);
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

	it('say which topics are not permitted, and go on with the others', async () => {
		const world = new NotificationWorld();
		world.rejected.set(topicOf('q2'), ['routing:queue:view']);
		const one = world.subscriber({ topics: [topicOf(QUEUE), topicOf('q2')] });
		const other = world.subscriber();
		world.hubs.join(ACCOUNT, one);
		world.hubs.join(ACCOUNT, other);
		await world.time.until(() => other.isLive);
		const rejection = {
			topic: topicOf('q2'),
			reason: 'no',
			missingPermissions: ['routing:queue:view'],
		};
		expect(one.news).toEqual([{ kind: 'live', rejected: [rejection] }]);
		expect(other.news).toEqual([{ kind: 'live', rejected: [] }]);
		world.rejected.clear();
		await world.time.advance(16 * MINUTE);
		expect(one.news.at(-1)).toEqual({ kind: 'live', rejected: [] });
	});

	it('find the topic for which the whole list is refused, and go on with the others', async () => {
		const world = new NotificationWorld();
		const queues = Array.from({ length: 10 }, (_, n) => topicOf(`q${n}`));
		world.poisoned.add('v2.nonsense');
		const wrong = world.subscriber({ topics: ['v2.nonsense'] });
		const right = world.subscriber({ topics: queues });
		world.hubs.join(ACCOUNT, wrong);
		world.hubs.join(ACCOUNT, right);
		await world.time.until(() => right.isLive);
		expect(wrong.news).toMatchObject([{ kind: 'live', rejected: [{ topic: 'v2.nonsense' }] }]);
		expect(right.news).toEqual([{ kind: 'live', rejected: [] }]);
		for (let n = 0; n < 10; n++) world.say(`c${n}`, `m${n}`, `q${n}`);
		expect(right.received).toHaveLength(10);
	});

	it('subscribe 1,000 topics and reject the others in words', async () => {
		const world = new NotificationWorld();
		const topics = Array.from({ length: 1_001 }, (_, n) => topicOf(`q${n}`));
		const subscriber = world.subscriber({ topics });
		world.hubs.join(ACCOUNT, subscriber);
		await world.time.until(() => subscriber.isLive);
		expect(puts(world)[0]).toHaveLength(1_000);
		expect(subscriber.news.at(-1)).toMatchObject({
			rejected: [{ topic: topicOf('q1000'), reason: expect.stringContaining('1000') as string }],
		});
	});

	it('use the credential of another trigger when the one of the last is refused', async () => {
		const world = new NotificationWorld();
		const [old, renewed] = [world.subscriber(), world.subscriber()];
		old.credential = { ...NETWORK, reason: 'invalidCredentials', transient: false };
		world.hubs.join(ACCOUNT, renewed);
		world.hubs.join(ACCOUNT, old);
		await world.time.until(() => renewed.isLive);
		expect(old.news.map(({ kind }) => kind)).toEqual(['trouble', 'live']);
	});

	it('tell of refused credentials as something for a person, and try again by themselves', async () => {
		const world = new NotificationWorld();
		const subscriber = world.subscriber();
		subscriber.credential = { ...NETWORK, reason: 'invalidCredentials', transient: false };
		world.hubs.join(ACCOUNT, subscriber);
		await world.time.advance(60 * MINUTE);
		expect(subscriber.news.at(-1)).toMatchObject({ kind: 'trouble', fatal: true });
		expect(subscriber.news.length).toBeLessThan(20);
		subscriber.credential = undefined;
		await world.time.advance(16 * MINUTE);
		expect(subscriber.isLive).toBe(true);
	});

	it('follow a credential that belongs to another OAuth client by now', async () => {
		const world = new NotificationWorld();
		const subscriber = world.subscriber();
		const membership = world.hubs.join(ACCOUNT, subscriber);
		await world.time.until(() => subscriber.isLive);
		subscriber.account = 'other';
		world.endChannels();
		await world.time.advance(MINUTE);
		expect(world.hubs.size).toBe(1);
		world.say('c1', 'm1');
		expect(subscriber.received).toHaveLength(1);
		membership.leave();
		expect(world.hubs.size).toBe(0);
		expect(world.live).toEqual([]);
	});

	it.each([1, 2, 3])(
		'connect with the credential of one that comes after %d refused tries of another',
		async (tries) => {
			const world = new NotificationWorld();
			const old = world.subscriber();
			old.credential = { ...NETWORK, reason: 'invalidCredentials', transient: false };
			world.hubs.join(ACCOUNT, old);
			await world.time.until(() => old.news.length === tries);
			const renewed = world.subscriber();
			world.hubs.join(ACCOUNT, renewed);
			await world.time.advance(SECOND);
			expect(renewed.news.map(({ kind }) => kind)).toEqual(['live']);
		},
	);

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

	it('take a new channel when the old one is gone while topics are changed', async () => {
		const world = new NotificationWorld();
		const first = world.subscriber();
		world.hubs.join(ACCOUNT, first);
		await world.time.until(() => first.isLive);
		const [channel] = world.channels.all();
		channel!.gone = true;
		const second = world.subscriber({ topics: [topicOf('q2')] });
		world.hubs.join(ACCOUNT, second);
		await world.time.until(() => second.isLive);
		world.say('c1', 'm1', 'q2');
		expect(second.received).toHaveLength(1);
		expect(world.channels.size).toBe(2);
	});

	it('change topics as soon as that can be done', async () => {
		const world = new NotificationWorld();
		const first = world.subscriber();
		world.hubs.join(ACCOUNT, first);
		await world.time.until(() => first.isLive);
		world.latencyMs = 10 * MINUTE;
		const second = world.subscriber({ topics: [topicOf('q2')] });
		world.hubs.join(ACCOUNT, second);
		await world.time.advance(MINUTE);
		expect(second.isLive).toBe(false);
		world.latencyMs = 20;
		world.fault = { ...NETWORK, reason: 'serverError', httpCode: '503' };
		await world.time.advance(MINUTE);
		expect(second.isLive).toBe(false);
		world.fault = undefined;
		await world.time.advance(MINUTE);
		expect(second.isLive).toBe(true);
		expect(first.news.every(({ kind }) => kind === 'live')).toBe(true);
		expect(world.live).toHaveLength(1);
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
		expect([late.since(), late.now(), late.receivedUntil()]).toEqual([0, 0, 0]);
		const request = { method: 'GET', path: '/x', reads: true } as const;
		expect(await late.call(request)).toMatchObject({ ok: false });
		expect(world.hubs.size).toBe(1);
	});
});
