import { runTrigger } from '../../../nodes/GenesysCloud/n8n/trigger';
import { NETWORK, NotificationWorld, QUEUE, topicOf } from '../support/notificationWorld';
import { triggerContext, type TriggerOptions } from '../support/triggerContext';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Starts a trigger and lets time pass until n8n would have its answer. */
async function start(
	options: TriggerOptions = {},
	prepare: (made: ReturnType<typeof triggerContext>) => void = () => undefined,
) {
	const made = triggerContext(options);
	prepare(made);
	const { world } = made;
	const started = world.time.now;
	const outcome = runTrigger(made.context, made.host).then(
		(response) => ({ response, error: undefined }),
		(error: unknown) => ({ response: undefined, error: error as Error & { description?: string } }),
	);
	let settled = false;
	void outcome.then(() => (settled = true));
	await world.time.until(() => settled, 20 * SECOND);
	return { ...made, ...(await outcome), tookMs: world.time.now - started };
}

const forbidden = (world: { rejected: Map<string, string[]> }) =>
	world.rejected.set(topicOf(QUEUE), ['routing:queue:view', 'conversation:communication:view']);

describe('a published trigger', () => {
	it('starts an execution for each event, with a deduplication key', async () => {
		const { world, emitted, response } = await start();
		world.say('c1', 'm1');
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(emitted.map(({ item }) => item.messageId)).toEqual(['m1', 'm2']);
		expect(new Set(emitted.map(({ key }) => key)).size).toBe(2);
		await response?.closeFunction?.();
	});

	it('has its connection when the activation ends', async () => {
		const { world, tookMs } = await start();
		expect(world.live).toHaveLength(1);
		expect(tookMs).toBeLessThanOrEqual(2 * SECOND);
	});

	it('tells nothing of before it was published', async () => {
		const world = new NotificationWorld();
		world.say('c1', 'm0');
		await world.time.advance(SECOND);
		const { emitted } = await start({ world });
		world.say('c1', 'm1');
		await world.time.advance(10 * MINUTE);
		expect(emitted.map(({ item }) => item.messageId)).toEqual(['m1']);
	});

	it('refuses to be published in words when permissions are missing', async () => {
		const { error, world } = await start({}, (made) => forbidden(made.world));
		expect(error?.message).toBe(
			'The OAuth client is missing a permission: routing:queue:view, conversation:communication:view',
		);
		expect(error?.description).toContain('Admin > Integrations > OAuth');
		expect(world.live).toEqual([]);
	});

	it('refuses to be published when the queue does not exist', async () => {
		const { error } = await start({}, ({ world }) => (world.queues = [{ id: 'q2' }, null!]));
		expect(error?.message).toBe(`Genesys Cloud does not know the queue ${QUEUE}`);
	});

	it('is published when it may not look whether the queue exists', async () => {
		const { error } = await start({}, ({ world }) => {
			world.fault = ({ path }) =>
				path.includes('/routing/queues?') ? { ...NETWORK, httpCode: '403' } : undefined;
		});
		expect(error).toBeUndefined();
	});

	it('refuses to be published with wrong credentials, and holds no secret in the error', async () => {
		const { error, world } = await start({}, ({ login }) => (login.refused = true));
		expect(error?.message).toBe('Genesys Cloud did not accept the client ID and secret');
		expect(JSON.stringify(error)).not.toContain('secret-of-the-client');
		expect(JSON.stringify([error, world.log])).not.toMatch(/authorization/i);
	});

	it.each(['init', 'update', 'leadershipChange'])(
		'goes on in the background when nobody is looking (%s)',
		async (activation) => {
			const { world, response, error, tookMs, emitted, failures } = await start(
				{ activation },
				(made) => forbidden(made.world),
			);
			expect(error).toBeUndefined();
			expect(tookMs).toBeLessThanOrEqual(SECOND);
			await world.time.advance(MINUTE);
			expect(failures).toHaveLength(1);
			world.rejected.clear();
			await world.time.advance(16 * MINUTE);
			world.say('c1', 'm1');
			await world.time.advance(SECOND);
			expect(emitted).toHaveLength(1);
			await response?.closeFunction?.();
		},
	);

	it('goes on in the background when Genesys Cloud cannot be reached, within 10 s', async () => {
		const { world, error, tookMs, emitted } = await start(
			{},
			(made) => (made.world.fault = NETWORK),
		);
		expect(error).toBeUndefined();
		expect(tookMs).toBeLessThanOrEqual(10 * SECOND);
		world.fault = undefined;
		await world.time.advance(MINUTE);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(emitted).toHaveLength(1);
	});

	it('makes one failed execution of a long outage, and another one of the next', async () => {
		const { world, failures } = await start();
		const outage = async () => {
			world.fault = NETWORK;
			world.socket?.end('lost');
			await world.time.advance(30 * MINUTE);
			world.fault = undefined;
			await world.time.advance(2 * MINUTE);
		};
		await outage();
		expect(failures.map(({ message }) => message)).toEqual([
			'The trigger has no connection to Genesys Cloud and goes on trying',
		]);
		await outage();
		expect(failures).toHaveLength(2);
	});

	it('makes no failed execution of an outage of two minutes', async () => {
		const { world, failures } = await start();
		world.fault = NETWORK;
		world.socket?.end('lost');
		await world.time.advance(2 * MINUTE);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(failures).toEqual([]);
	});

	it('writes to the log where n8n has no failed executions for triggers', async () => {
		const { world } = await start({ savesFailures: false });
		world.fault = NETWORK;
		world.socket?.end('lost');
		await world.time.advance(30 * MINUTE);
		expect(world.log.filter((text) => text.includes('goes on trying'))).toHaveLength(1);
	});

	it('takes a renewed secret with the next connection', async () => {
		const { world, login, emitted } = await start();
		login.refused = true;
		world.fault = { ...NETWORK, httpCode: '401', reason: 'unauthorized' };
		world.socket?.end('lost');
		await world.time.advance(MINUTE);
		login.refused = false;
		world.fault = undefined;
		await world.time.advance(3 * MINUTE);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(emitted).toHaveLength(1);
	});

	it('leaves nothing when it is closed, even again or while it is connecting', async () => {
		const one = await start({ activation: 'init' });
		await one.response?.closeFunction?.();
		await one.response?.closeFunction?.();
		await one.world.time.advance(MINUTE);
		one.world.say('c1', 'm1');
		expect(one.emitted).toEqual([]);
		expect(one.world.live).toEqual([]);
		expect(one.world.hubs.size).toBe(0);
	});

	it('gives way to a later start of the same node, even if it is slower itself', async () => {
		const first = triggerContext({ activation: 'init' });
		const { world, credential } = first;
		const shared = { activation: 'init', world, clientId: credential.clientId };
		const second = triggerContext(shared);
		let letFirst: () => void = () => undefined;
		const held = new Promise<void>((resolve) => (letFirst = resolve));
		const heldBack = {
			...first.context,
			getCredentials: async () => {
				await held;
				return { ...credential };
			},
		};
		const slow = runTrigger(heldBack as unknown as typeof first.context, first.host);
		await runTrigger(second.context, second.host);
		letFirst();
		await slow;
		await world.time.advance(5 * SECOND);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(first.emitted).toHaveLength(0);
		expect(second.emitted).toHaveLength(1);
		expect(world.live).toHaveLength(1);
	});

	it('recovers after a restart what happened meanwhile, and repeats nothing', async () => {
		const first = await start();
		const { world, store, credential } = first;
		world.say('c1', 'm1');
		await world.time.advance(10 * MINUTE);
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		const saved = JSON.parse(JSON.stringify(store)) as typeof store;
		expect(Object.keys(saved).sort()).toEqual(['lastLiveAt', 'of', 'seen', 'v']);
		await first.response?.closeFunction?.();
		world.say('c1', 'm3');
		await world.time.advance(MINUTE);
		const second = await start({
			world,
			store: saved,
			activation: 'init',
			clientId: credential.clientId,
		});
		await world.time.advance(MINUTE);
		expect(second.emitted.map(({ item }) => [item.messageId, item.source])).toEqual([
			['m3', 'recovered'],
		]);
	});

	it('does not tell of the time in which it was not published', async () => {
		const first = await start();
		const { world, store, credential } = first;
		await first.response?.closeFunction?.();
		await world.time.advance(MINUTE);
		world.say('c1', 'm1');
		await world.time.advance(MINUTE);
		const second = await start({ world, store, clientId: credential.clientId });
		world.say('c1', 'm2');
		await world.time.advance(10 * MINUTE);
		expect(second.emitted.map(({ item }) => item.messageId)).toEqual(['m2']);
	});

	it('starts anew when it listens to something else than before', async () => {
		const first = await start();
		const { world, store, credential } = first;
		world.say('c1', 'm1', 'q2');
		await first.response?.closeFunction?.();
		await world.time.advance(MINUTE);
		const second = await start({
			world,
			store,
			activation: 'update',
			clientId: credential.clientId,
			parameters: { queues: ['q2'] },
		});
		await world.time.advance(MINUTE);
		expect(second.emitted).toEqual([]);
	});

	it('says that it needs Node.js 22 where there is no WebSocket', async () => {
		const made = triggerContext();
		const started = runTrigger(made.context, { ...made.host, hasWebSocket: false });
		await expect(started).rejects.toThrow('This trigger needs Node.js 22 or newer');
	});
});

describe('a manual test', () => {
	async function test(options: TriggerOptions = {}) {
		const made = await start({ ...options, activation: 'manual' });
		const outcome: { ended?: 'resolved' | Error } = {};
		const wait = () => {
			made.response?.manualTriggerFunction?.().then(
				() => (outcome.ended = 'resolved'),
				(error: unknown) => (outcome.ended = error as Error),
			);
		};
		return { ...made, outcome, wait };
	}

	it('connects only when n8n waits for the event, and takes one', async () => {
		const { world, emitted, outcome, wait, store } = await test();
		await world.time.advance(MINUTE);
		expect(world.sockets).toEqual([]);
		wait();
		await world.time.advance(3 * SECOND);
		world.say('c1', 'm1');
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(emitted).toMatchObject([{ item: { messageId: 'm1' }, key: undefined }]);
		expect(outcome.ended).toBe('resolved');
		expect(store).toEqual({});
		expect(world.live).toEqual([]);
	});

	it.each([0, 10, 3_000])('ends at Stop, %d ms after its start', async (afterMs) => {
		const { world, response, outcome, wait, emitted } = await test();
		wait();
		await world.time.advance(afterMs);
		await response?.closeFunction?.();
		await world.time.advance(SECOND);
		expect(outcome.ended).toBe('resolved');
		expect(world.live).toEqual([]);
		expect(world.hubs.size).toBe(0);
		world.say('c1', 'm1');
		expect(emitted).toEqual([]);
	});

	it('says which permission is missing', async () => {
		const { world, outcome, wait } = await test();
		forbidden(world);
		wait();
		await world.time.advance(3 * SECOND);
		expect(outcome.ended).toMatchObject({
			message: expect.stringContaining('routing:queue:view') as string,
		});
		expect(world.live).toEqual([]);
	});

	it('does not take the place of the published trigger', async () => {
		const published = await start();
		const { world, credential } = published;
		const manual = await test({ world, clientId: credential.clientId });
		manual.wait();
		await world.time.advance(3 * SECOND);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(published.emitted).toHaveLength(1);
		expect(manual.emitted).toHaveLength(1);
		expect(world.sockets).toHaveLength(1);
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(published.emitted).toHaveLength(2);
	});
});
