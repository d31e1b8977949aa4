import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { ACCOUNT } from '../support/testSubscriber';
import { tellingTrigger } from '../support/toldWorld';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const REFUSED: Failure = { ...NETWORK, reason: 'invalidCredentials', transient: false };

describe('the credentials of a hub', () => {
	it('use the credential of another trigger when the one of the last is refused', async () => {
		const world = new NotificationWorld();
		const [old, renewed] = [world.subscriber(), world.subscriber()];
		old.credential = REFUSED;
		world.hubs.join(ACCOUNT, renewed);
		world.hubs.join(ACCOUNT, old);
		await world.time.until(() => renewed.isLive);
		expect(old.news.map(({ kind }) => kind)).toEqual(['trouble', 'live']);
	});

	it('tell of refused credentials as something for a person, and try again by themselves', async () => {
		const world = new NotificationWorld();
		const subscriber = world.subscriber();
		subscriber.credential = REFUSED;
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
			old.credential = REFUSED;
			world.hubs.join(ACCOUNT, old);
			await world.time.until(() => old.news.length === tries);
			const renewed = world.subscriber();
			world.hubs.join(ACCOUNT, renewed);
			await world.time.advance(SECOND);
			expect(renewed.news.map(({ kind }) => kind)).toEqual(['live']);
		},
	);

	it('keep the gap when they belong to another OAuth client after an outage', async () => {
		const world = new NotificationWorld();
		const { items, subscriber } = tellingTrigger(world);
		await world.time.until(() => subscriber.isLive);
		await world.time.advance(10 * MINUTE);
		subscriber.credential = REFUSED;
		world.endChannels();
		await world.time.advance(10 * MINUTE);
		world.say('c1', 'm1');
		await world.time.advance(10 * MINUTE);
		subscriber.credential = undefined;
		subscriber.account = 'other';
		await world.time.advance(30 * MINUTE);
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(items.map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
	});

	it('keep the time since when a topic was refused when they belong to another OAuth client', async () => {
		const world = new NotificationWorld();
		world.rejected.set(topicOf(QUEUE), ['routing:queue:view']);
		const { items, subscriber } = tellingTrigger(world);
		await world.time.until(() => subscriber.isLive);
		await world.time.advance(8 * MINUTE);
		world.say('c1', 'm1');
		await world.time.advance(4 * MINUTE);
		world.rejected.clear();
		subscriber.account = 'other';
		world.endChannels();
		await world.time.advance(5 * MINUTE);
		expect(items.map(({ messageId }) => messageId)).toEqual(['m1']);
	});

	it('of another trigger that are refused are not told to one that joins during the try', async () => {
		const world = new NotificationWorld();
		const old = world.subscriber();
		old.connect = async (clock) => {
			await clock.sleep(500, 'backoff');
			return { ok: false, failure: REFUSED };
		};
		world.hubs.join(ACCOUNT, old);
		await world.time.advance(300);
		const right = world.subscriber();
		world.hubs.join(ACCOUNT, right);
		await world.time.advance(MINUTE);
		expect(right.news.map(({ kind }) => kind)).toEqual(['live']);
		expect(old.news).toMatchObject([{ kind: 'trouble', fatal: true }, { kind: 'live' }]);
	});

	it('that are refused are for the one to mend whose they are; the others have no connection', async () => {
		const world = new NotificationWorld();
		const [right, old] = [world.subscriber(), world.subscriber()];
		old.credential = REFUSED;
		world.hubs.join(ACCOUNT, right);
		world.hubs.join(ACCOUNT, old);
		await world.time.until(() => right.isLive);
		expect(old.news[0]).toMatchObject({ kind: 'trouble', fatal: true });
		expect(right.news[0]).toMatchObject({ kind: 'trouble', fatal: false, failure: REFUSED });
	});
});
