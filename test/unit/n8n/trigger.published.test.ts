import type { IDataObject } from 'n8n-workflow';

import { runTrigger } from '../../../nodes/GenesysCloud/n8n/trigger';
import { MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE } from '../support/playedConversation';
import { forbidden, start } from '../support/startedTrigger';
import { triggerContext } from '../support/triggerContext';

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

	it('shares no objects with another one that hears the same', async () => {
		const parameters = { simplify: false };
		const first = await start({ parameters, clientId: 'shared' });
		const { world } = first;
		const second = await start({ world, parameters, clientId: 'shared', nodeId: 'second' });
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		const [one, other] = [first, second].map(
			({ emitted }) => (emitted[0]?.item.raw as IDataObject | undefined)?.eventBody,
		);
		expect(one).toEqual(other);
		expect(one).not.toBe(other);
		await first.response?.closeFunction?.();
		await second.response?.closeFunction?.();
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

	it('is published when it may not look whether the queue exists', async () => {
		const { error } = await start({}, ({ world }) => {
			world.fault = ({ path }) =>
				path.includes('/routing/queues?') ? { ...NETWORK, httpCode: '403' } : undefined;
		});
		expect(error).toBeUndefined();
	});

	it('is published with one queue when another one is in a division that it may not see', async () => {
		const { error, world } = await start({ parameters: { queues: [QUEUE, 'q2'] } }, (made) => {
			made.world.queues = [{ id: 'q2' }];
			forbidden(made.world);
		});
		expect(error).toBeUndefined();
		expect(world.log.at(-1)).toContain('is missing a permission: routing:queue:view');
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

	it.each<[string, object]>([
		['a topic', { event: 'topic', topic: 'v2.users.u1.presence' }],
		['deployments that it may not list', { event: 'messageUndelivered', deployments: ['d'] }],
	])('is published without a look at %s', async (_what, parameters) => {
		const { error, world } = await start({ parameters: { ...parameters } });
		expect(error).toBeUndefined();
		expect(world.live).toHaveLength(1);
	});
});
