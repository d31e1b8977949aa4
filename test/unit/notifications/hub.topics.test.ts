import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { ACCOUNT } from '../support/testSubscriber';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const puts = (world: NotificationWorld) =>
	world.requests
		.filter(({ method }) => method === 'PUT')
		.map(({ body }) => (body as { id: string }[]).map(({ id }) => id));

describe('the topics of a hub', () => {
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

	it('recover what happened on one while it was refused, once it is given', async () => {
		const world = new NotificationWorld();
		world.rejected.set(topicOf(QUEUE), ['routing:queue:view']);
		const subscriber = world.subscriber();
		world.hubs.join(ACCOUNT, subscriber);
		await world.time.advance(10 * MINUTE);
		world.say('c1', 'm1', QUEUE);
		world.rejected.clear();
		await world.time.advance(10 * MINUTE);
		expect(subscriber.received).toMatchObject([{ source: 'recovered', body: { id: 'c1' } }]);
		const asked = world.requests.length;
		await world.time.advance(60 * MINUTE);
		// The second look, and no more.
		expect(world.requests.length - asked).toBeLessThanOrEqual(1);
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

	it('that cannot be changed are told to the one who waits for them, with how long, and logged', async () => {
		const world = new NotificationWorld();
		const first = world.subscriber();
		world.hubs.join(ACCOUNT, first);
		await world.time.advance(10 * MINUTE);
		world.fault = ({ method }) =>
			method === 'PUT' ? { ...NETWORK, reason: 'serverError', httpCode: '503' } : undefined;
		const lines = world.log.length;
		const late = world.subscriber({ topics: [topicOf('q2')] });
		world.hubs.join(ACCOUNT, late);
		await world.time.advance(6 * MINUTE);
		expect(world.log[lines]).toBe(
			'The topics cannot be changed (serverError 503); next try in 1 s',
		);
		expect(late.news[0]).toMatchObject({ kind: 'trouble', fatal: false });
		const last = late.news.at(-1) as { outageMs: number };
		expect(last.outageMs).toBeGreaterThanOrEqual(5 * MINUTE);
		expect(last.outageMs).toBeLessThanOrEqual(6 * MINUTE);
		expect(first.news.map(({ kind }) => kind)).toEqual(['live']);
	});

	it('are never fewer on the channel while the one is looked for that is to blame', async () => {
		const world = new NotificationWorld();
		const queues = Array.from({ length: 4 }, (_, n) => topicOf(`q${n}`));
		world.hubs.join(ACCOUNT, world.subscriber({ topics: queues }));
		await world.time.advance(5 * SECOND);
		world.poisoned.add('v2.nonsense');
		const wrong = world.subscriber({ topics: ['v2.nonsense'] });
		world.hubs.join(ACCOUNT, wrong);
		const [channel] = world.channels.all();
		while (!wrong.isLive) {
			expect(channel!.topics).toEqual(expect.arrayContaining(queues));
			await world.time.advance(10);
		}
	});

	it('that are forbidden as a whole because of one of them do not cost the others their connection', async () => {
		const world = new NotificationWorld();
		const first = world.subscriber();
		world.hubs.join(ACCOUNT, first);
		await world.time.advance(10 * MINUTE);
		world.fault = ({ path, body }) =>
			path.includes('/subscriptions') && JSON.stringify(body).includes(topicOf('q2'))
				? { ...NETWORK, reason: 'forbidden', transient: false, httpCode: '403' }
				: undefined;
		const late = world.subscriber({ topics: [topicOf('q2')] });
		world.hubs.join(ACCOUNT, late);
		await world.time.advance(10 * MINUTE);
		expect(late.news).toMatchObject([{ kind: 'live', rejected: [{ topic: topicOf('q2') }] }]);
		expect(first.news.every(({ kind }) => kind === 'live')).toBe(true);
		expect(world.sockets).toHaveLength(1);
	});
});
