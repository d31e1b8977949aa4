import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { topicOf } from '../support/playedConversation';
import { ACCOUNT } from '../support/testSubscriber';
import { tellingTrigger } from '../support/toldWorld';

const UNAVAILABLE: Failure = { ...NETWORK, reason: 'serverError', httpCode: '503' };
const THROTTLED: Failure = {
	...NETWORK,
	reason: 'rateLimited',
	httpCode: '429',
	retryAfterMs: 30 * SECOND,
};

type Trigger = ReturnType<typeof tellingTrigger>;
const idsOf = ({ items }: Trigger) => items.map(({ messageId }) => messageId);

/**
 * A trigger of another queue that joins at the moment when a list of topics is being sent, and of which an
 * earlier process came to a minute ago. The lists after that one fail as `later` says, by their number from 1.
 */
function joinsDuringList(
	world: NotificationWorld,
	later: (nth: number) => Failure | undefined = () => undefined,
) {
	const joined: { trigger?: Trigger } = {};
	let lists = 0;
	const since = world.now - MINUTE;
	world.fault = ({ method }) => {
		if (method !== 'PUT') return undefined;
		joined.trigger ??= tellingTrigger(world, { targets: ['q2'] }, { since });
		return later(lists++);
	};
	return joined;
}

describe('a trigger that joins while the topics of another are being sent', () => {
	it.each([100, 300, 500, 700, 900])(
		'is told of a message that is written %d ms after the connection stands',
		async (ms) => {
			const world = new NotificationWorld();
			world.say('c1', 'm0', 'q2');
			const first = world.subscriber();
			world.hubs.join(ACCOUNT, first);
			const joined = joinsDuringList(world);
			while (!first.isLive) await world.time.advance(1);
			await world.time.advance(ms);
			world.say('c1', 'm1', 'q2');
			await world.time.advance(30 * MINUTE);
			expect(idsOf(joined.trigger!)).toEqual(['m0', 'm1']);
		},
	);

	it.each<[string, Failure, number]>([
		['throttled once', THROTTLED, 1],
		['refused by an API that is down, four times', UNAVAILABLE, 4],
	])('loses nothing when its own topics are %s', async (_what, failure, times) => {
		const world = new NotificationWorld();
		world.say('c1', 'm0', 'q2');
		world.hubs.join(ACCOUNT, world.subscriber());
		const joined = joinsDuringList(world, (nth) => {
			return nth > 0 && nth <= times ? failure : undefined;
		});
		await world.time.advance(10 * SECOND);
		world.say('c1', 'm1', 'q2');
		await world.time.advance(30 * MINUTE);
		expect(idsOf(joined.trigger!)).toEqual(['m0', 'm1']);
	});

	it('loses nothing when its topics come later than the second look at the gap', async () => {
		const world = new NotificationWorld();
		world.hubs.join(ACCOUNT, world.subscriber());
		const until = world.time.now + 7 * MINUTE;
		const joined = joinsDuringList(world, (nth) =>
			nth > 0 && world.time.now < until ? UNAVAILABLE : undefined,
		);
		await world.time.advance(5 * SECOND);
		world.say('c1', 'm1', 'q2');
		await world.time.advance(6 * MINUTE);
		world.say('c1', 'm2', 'q2');
		world.say('c2', 'm3', 'q2');
		await world.time.advance(30 * MINUTE);
		expect(idsOf(joined.trigger!).sort()).toEqual(['m1', 'm2', 'm3']);
	});

	it('loses nothing when it is the list of a renewal', async () => {
		const world = new NotificationWorld();
		world.channelLifeMs = 20 * MINUTE;
		const first = world.subscriber();
		world.hubs.join(ACCOUNT, first);
		await world.time.until(() => first.isLive);
		await world.time.advance(14 * MINUTE);
		world.say('c1', 'm0', 'q2');
		const joined = joinsDuringList(world, (nth) => {
			return nth > 0 && nth < 4 ? UNAVAILABLE : undefined;
		});
		await world.time.until(() => joined.trigger !== undefined);
		await world.time.advance(4 * SECOND);
		world.say('c1', 'm1', 'q2');
		await world.time.advance(10 * MINUTE);
		expect(idsOf(joined.trigger!)).toEqual(['m0', 'm1']);
	});

	it('hears first which of its own topics are not given', async () => {
		const world = new NotificationWorld();
		world.rejected.set(topicOf('q2'), ['routing:queue:view']);
		world.hubs.join(ACCOUNT, world.subscriber());
		const joined = joinsDuringList(world);
		await world.time.advance(5 * SECOND);
		expect(joined.trigger?.subscriber.news).toMatchObject([
			{ kind: 'live', rejected: [{ topic: topicOf('q2') }] },
		]);
	});
});

describe('a trigger that joins while the connection stands', () => {
	it.each([
		['while the next try for the topics of another is a minute away', 2 * SECOND],
		['while those of another are being refused', 0],
	])('does not wait for others, %s', async (_when, afterMs) => {
		const world = new NotificationWorld();
		const first = world.subscriber();
		world.hubs.join(ACCOUNT, first);
		await world.time.until(() => first.isLive);
		world.fault = ({ method }) => (method === 'PUT' ? UNAVAILABLE : undefined);
		world.hubs.join(ACCOUNT, world.subscriber({ topics: [topicOf('q2')] }));
		await world.time.advance(10 * MINUTE);
		world.requests.length = 0;
		while (world.requests.length === 0) await world.time.advance(1);
		await world.time.advance(afterMs);
		const next = world.subscriber({ topics: [topicOf('q3')] });
		world.hubs.join(ACCOUNT, next);
		if (afterMs === 0) await world.time.advance(world.latencyMs + 1);
		world.fault = undefined;
		await world.time.advance(3 * SECOND);
		expect(next.isLive).toBe(true);
	});
});
