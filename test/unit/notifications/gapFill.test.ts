import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { liveWorld, MINUTE, SECOND } from '../support/liveWorld';
import { FORBIDDEN, NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { ACCOUNT } from '../support/testSubscriber';

async function outage(world: NotificationWorld, ms: number, during: () => void): Promise<void> {
	world.fault = NETWORK;
	world.socket?.end('lost');
	await world.time.advance(ms / 2);
	during();
	await world.time.advance(ms / 2);
	world.fault = undefined;
}

const queries = (world: NotificationWorld) =>
	world.requests.filter(({ path }) => path.endsWith('/details/query'));

describe('filling a gap', () => {
	it('begins with the moments until the first connection, and ends with the second look', async () => {
		const world = new NotificationWorld();
		const subscriber = world.subscriber();
		const membership = world.hubs.join(ACCOUNT, subscriber);
		world.say('c1', 'm1');
		await world.time.advance(4 * MINUTE);
		expect(subscriber.received).toMatchObject([{ source: 'recovered' }]);
		expect(membership.receivedUntil()).toBe(membership.since(topicOf(QUEUE)));
		await world.time.advance(2 * MINUTE);
		expect(world.time.now - membership.receivedUntil()).toBeLessThanOrEqual(30 * SECOND);
		await world.time.advance(60 * MINUTE);
		expect(queries(world)).toHaveLength(2);
	});

	it('passes the conversations on that were active while there was no connection', async () => {
		const { world, subscriber } = await liveWorld();
		await outage(world, 2 * MINUTE, () => world.say('c1', 'm1'));
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received).toMatchObject([
			{ topic: topicOf(QUEUE), source: 'recovered', body: { id: 'c1' } },
		]);
	});

	it('looks again after five minutes, for what analytics did not know yet', async () => {
		const { world, subscriber } = await liveWorld();
		world.analyticsLagMs = 4 * MINUTE;
		await outage(world, 2 * MINUTE, () => world.say('c1', 'm1'));
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received).toEqual([]);
		await world.time.advance(5 * MINUTE);
		expect(subscriber.received).toHaveLength(1);
	});

	it('goes back to the first gap when the connection is lost before the second look', async () => {
		const { world, subscriber, membership } = await liveWorld();
		world.analyticsLagMs = 4 * MINUTE;
		await outage(world, 2 * MINUTE, () => world.say('c1', 'm1'));
		await world.time.advance(3 * MINUTE);
		await outage(world, 2 * SECOND, () => undefined);
		await world.time.advance(8 * MINUTE);
		expect(subscriber.received.length).toBeGreaterThan(0);
		expect(world.time.now - membership.receivedUntil()).toBeLessThan(MINUTE);
	});

	it('recovers what a socket swallowed that died unnoticed before its turn to be replaced', async () => {
		const { world, subscriber } = await liveWorld();
		await world.time.advance(24 * 60 * MINUTE - 5 * MINUTE - 20 * SECOND);
		world.socket!.halfOpen = true;
		world.say('c1', 'm1');
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received).toMatchObject([{ source: 'recovered', body: { id: 'c1' } }]);
	});

	it('looks at open conversations even if analytics do not name them', async () => {
		const { world, subscriber } = await liveWorld();
		world.say('c1', 'm1');
		subscriber.open = [{ topic: topicOf(QUEUE), conversationId: 'c1' }];
		world.analyticsLagMs = 60 * MINUTE;
		await outage(world, 2 * MINUTE, () => world.say('c1', 'm2'));
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received.map(({ source }) => source)).toEqual(['live', 'recovered']);
	});

	it('reads page after page, and at most 24 hours back', async () => {
		const { world, subscriber } = await liveWorld();
		await outage(world, 30 * 60 * MINUTE, () => {
			for (let n = 0; n < 250; n++) world.say(`c${n}`, `m${n}`);
		});
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received).toHaveLength(250);
		const pages = queries(world).slice(-3);
		expect(pages.map(({ body }) => (body as { paging: object }).paging)).toEqual(
			[1, 2, 3].map((pageNumber) => ({ pageSize: 100, pageNumber })),
		);
		const interval = (pages[0]!.body as { interval: string }).interval;
		const [from = 0, to = 0] = interval.split('/').map((time) => Date.parse(time));
		expect(to - from).toBe(24 * 60 * MINUTE);
		expect(world.log.filter((text) => text.includes('in the last 24 hours'))).toHaveLength(1);
	});

	it('comes to its end even if tokens, and with them sessions, last for five minutes', async () => {
		const { world, subscriber, membership } = await liveWorld(
			(made) => (made.tokenLifeMs = 5 * MINUTE),
		);
		world.say('c1', 'm1');
		await world.time.advance(60 * MINUTE);
		expect(queries(world)).toHaveLength(2);
		expect(world.time.now - membership.receivedUntil()).toBeLessThan(MINUTE);
		expect(subscriber.news.every(({ kind }) => kind === 'live')).toBe(true);
	});

	it('is patient with an API that does not answer yet', async () => {
		const { world, subscriber } = await liveWorld();
		await outage(world, 2 * MINUTE, () => world.say('c1', 'm1'));
		world.fault = ({ path }) => (path.endsWith('/details/query') ? NETWORK : undefined);
		await world.time.advance(10 * MINUTE);
		expect(subscriber.isLive).toBe(true);
		expect(subscriber.received).toEqual([]);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received).toHaveLength(1);
	});

	it('says once which permission is missing, and goes on with what comes', async () => {
		const { world, subscriber } = await liveWorld();
		const refuse = ({ path }: { path: string }) =>
			path.endsWith('/details/query') ? FORBIDDEN : undefined;
		for (let round = 0; round < 3; round++) {
			await outage(world, MINUTE, () => undefined);
			world.fault = refuse;
			await world.time.advance(MINUTE);
		}
		const warnings = world.log.filter((text) => text.includes('analytics:conversationDetail:view'));
		expect(warnings).toHaveLength(1);
		world.say('c1', 'm1');
		expect(subscriber.received).toHaveLength(1);
	});

	it('says which events cannot be recovered, once some were missed', async () => {
		const { world, subscriber } = await liveWorld((made) => {
			made.hubs.join(
				ACCOUNT,
				made.subscriber({ topics: ['v2.users.u.presence'], recovers: false }),
			);
		});
		const said = () => world.log.filter((text) => text.includes('cannot be recovered: only'));
		await world.time.advance(MINUTE);
		world.socket?.push({ topicName: 'v2.system.socket_closing', eventBody: {} });
		await world.time.advance(MINUTE);
		expect([world.sockets.length, subscriber.isLive, said()]).toEqual([2, true, []]);
		await outage(world, MINUTE, () => undefined);
		await world.time.advance(MINUTE);
		expect(said()).toEqual([expect.stringContaining('on 1 topics while there was no connection')]);
	});

	it('recovers for a trigger of an earlier process what came after its time', async () => {
		const world = new NotificationWorld();
		world.say('c1', 'm1');
		await world.time.advance(10 * MINUTE);
		const subscriber = world.subscriber({ since: world.time.now - 20 * MINUTE });
		world.hubs.join(ACCOUNT, subscriber);
		await world.time.advance(MINUTE);
		expect(subscriber.received).toMatchObject([{ source: 'recovered', body: { id: 'c1' } }]);
	});

	const reads = (id: string, failure: Failure) => (request: ApiRequest) =>
		request.path.endsWith(`/conversations/messages/${id}`) ? failure : undefined;

	it.each<[string, Partial<Failure>]>([
		[
			'that the rate limit forbids for longer than a call may wait',
			{ reason: 'rateLimited', notCalled: true, retryAfterMs: 5 * MINUTE },
		],
		['with a credential that was just replaced', { reason: 'unauthorized', httpCode: '401' }],
		['with a secret that is not accepted now', { reason: 'invalidCredentials', call: 'token' }],
		['behind a gateway that answers with a page', { reason: 'unexpectedResponse' }],
	])('waits with a conversation %s', async (_what, failure) => {
		const { world, subscriber } = await liveWorld();
		await outage(world, 2 * MINUTE, () => world.say('c1', 'm1'));
		world.fault = reads('c1', { ...NETWORK, ...failure, transient: false });
		await world.time.advance(4 * MINUTE);
		expect(subscriber.received).toEqual([]);
		world.fault = undefined;
		await world.time.advance(20 * MINUTE);
		expect(subscriber.received).toMatchObject([{ body: { id: 'c1' }, source: 'recovered' }]);
		expect(world.log.filter((text) => text.includes('permission'))).toEqual([]);
	});

	it('goes on with the others when one conversation cannot be read, and names it', async () => {
		const { world, subscriber, membership } = await liveWorld();
		await outage(world, 2 * MINUTE, () => {
			for (const id of ['c1', 'c2', 'c3']) world.say(id, `m-${id}`);
		});
		world.fault = reads('c1', { ...NETWORK, reason: 'serverError', httpCode: '500' });
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received.map(({ body }) => body.id)).toEqual(['c2', 'c3']);
		expect(world.log.at(-1)).toMatch(/^1 conversations cannot be read; .*: c1$/);
		world.fault = undefined;
		await world.time.advance(6 * MINUTE);
		expect(subscriber.received.map(({ body }) => body.id)).toEqual(['c2', 'c3', 'c1']);
		expect(world.time.now - membership.receivedUntil()).toBeLessThan(MINUTE);
	});

	it('does not wait for one that is told slowly, nor for another trigger', async () => {
		const { world, subscriber } = await liveWorld();
		const slow = world.subscriber();
		const heard: unknown[] = [];
		slow.receive = async ({ body }) => {
			heard.push(body.id);
			await new Promise<void>(() => undefined);
		};
		world.hubs.join(ACCOUNT, slow);
		await world.time.advance(10 * MINUTE);
		await outage(world, 2 * MINUTE, () => {
			for (const id of ['c1', 'c2']) world.say(id, `m-${id}`);
		});
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received.map(({ body }) => body.id)).toEqual(['c1', 'c2']);
		expect(heard).toEqual(['c1', 'c2']);
	});

	it('leaves out a conversation that is not there any more, and an answer that lists none', async () => {
		const { world, subscriber } = await liveWorld();
		subscriber.open = [{ topic: topicOf(QUEUE), conversationId: 'gone' }];
		await outage(world, 2 * MINUTE, () => world.say('c1', 'm1'));
		await world.time.advance(2 * MINUTE);
		expect(subscriber.received).toMatchObject([{ body: { id: 'c1' } }]);
		expect(world.log.filter((text) => text.includes('cannot be'))).toEqual([]);
	});

	it('ends in the middle when the connection is lost, and goes on with the next one', async () => {
		const { world, subscriber } = await liveWorld();
		await outage(world, 2 * MINUTE, () => {
			for (let n = 0; n < 50; n++) world.say(`c${n}`, `m${n}`);
		});
		await world.time.until(() => subscriber.received.length > 5);
		const before = subscriber.received.length;
		await outage(world, MINUTE, () => undefined);
		expect(subscriber.received.length).toBeLessThan(50);
		await world.time.advance(2 * MINUTE);
		const all = new Set(subscriber.received.map(({ body }) => body.id));
		expect([before < 50, all.size]).toEqual([true, 50]);
	});
});
