import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { succeeded, type Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { liveWorld, MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { told, tellingTrigger } from '../support/toldWorld';

const BROKEN: Failure = { ...NETWORK, reason: 'serverError', httpCode: '500' };
const FORBIDDEN: Failure = {
	...NETWORK,
	reason: 'forbidden',
	transient: false,
	httpCode: '403',
	apiMessage: 'Not allowed',
};

const reads = (id: string) => (request: ApiRequest) =>
	request.method === 'GET' && request.path.endsWith(`/conversations/messages/${id}`);
const searches = (request: ApiRequest) => request.path.endsWith('/details/query');

/** A minute without a connection; from its end on, what `fails` is answered with the failure. */
async function outage(
	world: NotificationWorld,
	during: () => void,
	fails: (request: ApiRequest) => boolean,
	failure: Failure,
): Promise<{ log: () => string[] }> {
	world.handshake = 'refuse';
	world.socket?.end('lost');
	during();
	await world.time.advance(MINUTE);
	world.fault = (request) => (fails(request) ? failure : undefined);
	world.handshake = 'open';
	const lines = world.log.length;
	return { log: () => world.log.slice(lines).filter((text) => /cannot|missing/.test(text)) };
}

async function twoQueues() {
	const world = new NotificationWorld();
	const trigger = tellingTrigger(world, { targets: [QUEUE, 'q2'] });
	await world.time.until(() => trigger.subscriber.isLive);
	await world.time.advance(10 * MINUTE);
	return { world, ...trigger, ids: () => trigger.items.map(({ messageId }) => messageId) };
}

describe('the recovery of a gap', () => {
	it('names the only conversation of a queue once that fails for good, and goes on with the other queue', async () => {
		const { world, ids, membership } = await twoQueues();
		const say = () => {
			world.say('c1', 'm1', QUEUE);
			world.say('c2', 'm2', 'q2');
		};
		const { log } = await outage(world, say, reads('c1'), BROKEN);
		await world.time.advance(MINUTE);
		expect(ids()).toEqual(['m2']);
		await world.time.advance(2 * 60 * MINUTE);
		expect(log()).toEqual([expect.stringMatching(/^1 conversations cannot be read; .*: c1$/)]);
		expect(world.time.now - membership.receivedUntil()).toBeLessThan(MINUTE);
	});

	it('is tried for an hour after the second look, where the API fails at a conversation', async () => {
		const { world, ids } = await twoQueues();
		await outage(world, () => world.say('c1', 'm1'), reads('c1'), BROKEN);
		await world.time.advance(50 * MINUTE);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(ids()).toEqual(['m1']);
	});

	it('waits without an end where the API answers nothing, and says so once', async () => {
		const { world, ids } = await twoQueues();
		const { log } = await outage(
			world,
			() => world.say('c1', 'm1'),
			() => true,
			BROKEN,
		);
		world.fault = undefined;
		await world.time.until(() => world.live.length === 1);
		world.fault = BROKEN;
		await world.time.advance(5 * 60 * MINUTE);
		expect(log().filter((text) => text.includes('may be missing'))).toEqual([
			'2 queues cannot be searched for conversations; what happened in them may be missing: q1, q2',
		]);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(ids()).toEqual(['m1']);
	});

	it('asks again for a conversation that was not there at the first look', async () => {
		const { world, ids } = await twoQueues();
		const missing: Failure = { ...FORBIDDEN, reason: 'notFound', httpCode: '404' };
		await outage(world, () => world.say('c1', 'm1'), reads('c1'), missing);
		await world.time.advance(MINUTE);
		expect(ids()).toEqual([]);
		world.fault = undefined;
		await world.time.advance(10 * MINUTE);
		expect(ids()).toEqual(['m1']);
	});

	it('asks again for a conversation that came without its participants at the first look', async () => {
		const { world, ids } = await twoQueues();
		const { call } = world;
		const partial = succeeded({ id: 'c1', participants: [] });
		Object.assign(world, {
			call: async (request: ApiRequest) => (reads('c1')(request) ? partial : await call(request)),
		});
		await outage(
			world,
			() => world.say('c1', 'm1'),
			() => false,
			BROKEN,
		);
		await world.time.advance(MINUTE);
		expect(ids()).toEqual([]);
		Object.assign(world, { call });
		await world.time.advance(10 * MINUTE);
		expect(ids()).toEqual(['m1']);
	});

	it('reads the open conversations and the other queue while a queue cannot be searched', async () => {
		const { world, ids } = await twoQueues();
		world.say('c1', 'm1', QUEUE);
		await world.time.advance(SECOND);
		const say = () => {
			world.say('c1', 'm2', QUEUE);
			world.say('c2', 'm3', 'q2');
		};
		const ofFirst = (request: ApiRequest) =>
			searches(request) && JSON.stringify(request.body).includes(QUEUE);
		const { log } = await outage(world, say, ofFirst, BROKEN);
		await world.time.advance(MINUTE);
		expect(ids()).toEqual(['m1', 'm2', 'm3']);
		await world.time.advance(3 * 60 * MINUTE);
		expect(log()).toEqual([expect.stringMatching(/^1 queues cannot be searched .*: q1$/)]);
	});

	it('says that a queue has more conversations than are read', async () => {
		const { world, subscriber } = await liveWorld();
		await world.time.advance(10 * MINUTE);
		world.latencyMs = 0;
		const say = () => {
			const { now } = world;
			for (let n = 0; n < 10_001; n++) {
				const times = { startedAt: now, changedAt: now };
				world.conversations.set(`c${n}`, { id: `c${n}`, queueId: QUEUE, messages: [], ...times });
			}
		};
		const { log } = await outage(world, say, () => false, BROKEN);
		await world.time.advance(8 * MINUTE);
		expect(subscriber.received).toHaveLength(10_000);
		expect(log()).toEqual([
			'1 queues have too many conversations to read them all; what happened in them may be missing: q1',
		]);
	}, 60_000);

	it('says once that the search for conversations is not there', async () => {
		const { world } = await liveWorld();
		await world.time.advance(10 * MINUTE);
		const notFound: Failure = { ...FORBIDDEN, reason: 'notFound', httpCode: '404' };
		const { log } = await outage(world, () => undefined, searches, notFound);
		await world.time.advance(10 * MINUTE);
		expect(log()).toEqual([
			'Events that happened while there was no connection cannot be recovered (notFound 404). Not allowed',
		]);
	});

	it.each(['forbidden 403', 'badRequest 400', 'conflict 409'])(
		'blames no permission to search when a conversation cannot be read: %s',
		async (why) => {
			const { world } = await liveWorld();
			await world.time.advance(10 * MINUTE);
			const [reason, httpCode] = why.split(' ') as [Failure['reason'], string];
			const refusal = { ...FORBIDDEN, reason, httpCode };
			const { log } = await outage(world, () => world.say('c1', 'm1'), reads('c1'), refusal);
			await world.time.advance(10 * MINUTE);
			expect(log()).toEqual([
				`What happened meanwhile in a conversation that is refused cannot be recovered (${why}). Not allowed`,
			]);
		},
	);

	it('tells of a transferred conversation with the queue that it is on', async () => {
		const { world, items } = await twoQueues();
		world.say('c1', 'm1', QUEUE);
		await world.time.advance(SECOND);
		const { call } = world;
		const transferred = { conversations: [{ conversationId: 'c1' }] };
		Object.assign(world.conversations.get('c1')!, { queueId: 'q2' });
		// It has segments on both queues, so the search names it for both.
		Object.assign(world, {
			call: async (request: ApiRequest) =>
				searches(request) ? { ok: true, value: transferred } : await call(request),
		});
		await outage(
			world,
			() => world.say('c1', 'm2', 'q2'),
			() => false,
			BROKEN,
		);
		await world.time.advance(MINUTE);
		expect(items.map(({ messageId, queueId }) => [messageId, queueId])).toEqual([
			['m1', QUEUE],
			['m2', 'q2'],
		]);
	});

	it('keeps the queue by which a transferred conversation was found for one that does not listen to the other', async () => {
		const { world, items } = await told();
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		Object.assign(world.conversations.get('c1')!, { queueId: 'q2' });
		await outage(
			world,
			() => world.say('c1', 'm2'),
			() => false,
			BROKEN,
		);
		await world.time.advance(MINUTE);
		expect(items.map(({ queueId }) => queueId)).toEqual([QUEUE, QUEUE]);
	});

	it('has no backlog for Other Topic on a queue, whose notifications are passed on as they come', async () => {
		const world = new NotificationWorld();
		world.say('c0', 'old');
		await world.time.advance(MINUTE);
		const trigger = tellingTrigger(world, { event: 'topic', targets: [topicOf(QUEUE)] });
		await world.time.until(() => trigger.subscriber.isLive);
		world.say('c1', 'm1');
		const { log } = await outage(
			world,
			() => world.say('c1', 'm2'),
			() => false,
			BROKEN,
		);
		await world.time.advance(10 * MINUTE);
		expect(trigger.items.map(({ source }) => source)).toEqual(['live']);
		expect(log()).toEqual([
			expect.stringContaining('on 1 topics while there was no connection cannot'),
		]);
		expect(trigger.membership.receivedUntil()).toBeGreaterThan(world.time.now - MINUTE);
	});
});
