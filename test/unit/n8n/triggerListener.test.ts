import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { PROCESS } from '../../../nodes/GenesysCloud/n8n/triggerListener';
import { MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { dated, start } from '../support/startedTrigger';
import type { triggerContext, TriggerOptions } from '../support/triggerContext';

type Made = ReturnType<typeof triggerContext>;

const messages = ({ emitted }: Pick<Made, 'emitted'>) => emitted.map(({ item }) => item.messageId);
/** The trigger is in a workflow with this ID. */
const inWorkflow =
	(id: string | undefined) =>
	({ context }: Made) =>
		Object.assign(context, { getWorkflow: () => ({ id }) });

it('has a clock whose waits end when it is stopped, in the process as it is', async () => {
	const clock = PROCESS.newClock();
	expect(clock.stopped()).toBe(false);
	const waiting = clock.sleep(Infinity, 'backoff');
	clock.stop();
	expect(clock.stopped()).toBe(true);
	await expect(waiting).resolves.toBeUndefined();
});

describe('a trigger that listens to a topic as it comes', () => {
	const parameters = { event: 'topic', topic: topicOf(QUEUE) };

	it('gives what has no time of its own the time of Genesys Cloud', async () => {
		const world = new NotificationWorld();
		world.aheadMs = 10 * MINUTE;
		const { emitted } = await start({ world, parameters }, dated);
		world.publish(parameters.topic, { id: 'e1' });
		await world.time.advance(SECOND);
		const times = emitted.map(({ item }) => Date.parse(item.eventTime as string));
		expect(times).toHaveLength(1);
		expect(Math.abs(times[0]! - world.now)).toBeLessThan(5 * SECOND);
	});

	it('asks for nothing that happened while there was no connection', async () => {
		const { world, emitted } = await start({ parameters });
		world.endChannels();
		world.say('c1', 'm1');
		await world.time.advance(10 * MINUTE);
		expect(emitted).toEqual([]);
		expect(world.requests.filter(({ path }) => path.endsWith('/query'))).toEqual([]);
	});
});

describe('what a trigger keeps for its next start', () => {
	it('is up to before an event whose text has not come yet', async () => {
		let give: () => void = () => undefined;
		const held = new Promise<void>((resolve) => (give = resolve));
		const made = await start({ parameters: { fetchText: true } }, ({ context }) => {
			const ask = context.helpers.httpRequest.bind(context.helpers);
			context.helpers.httpRequest = async (request: IHttpRequestOptions) => {
				if (request.url.includes('/c1/messages/bulk')) await held;
				return (await ask(request)) as unknown;
			};
		});
		const { world, store } = made;
		await world.time.advance(20 * MINUTE);
		const came = world.now;
		world.say('c1', 'm1');
		await world.time.advance(30 * SECOND);
		world.say('c2', 'm2');
		await world.time.advance(SECOND);
		expect(messages(made)).toEqual(['m2']);
		expect(store.lastLiveAt).toBe(came);
		give();
		await world.time.advance(SECOND);
		expect(messages(made)).toEqual(['m2', 'm1']);
	});

	it('counts by the time of Genesys Cloud when the first connection comes late', async () => {
		const world = new NotificationWorld();
		world.aheadMs = 60 * MINUTE;
		world.fault = NETWORK;
		const { store } = await start({ world, activation: 'init' }, dated);
		await world.time.advance(10 * SECOND);
		world.fault = undefined;
		await world.time.advance(MINUTE);
		const [from = 0] = Object.values(store.from as Record<string, number>);
		expect(world.now - from).toBeLessThan(5 * MINUTE);
		expect(Object.keys(store.from as object)).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/)]);
	});

	it('is nothing of what happened when it listens to other channels from then on', async () => {
		const first = await start({ parameters: { channels: ['webmessaging'] } });
		const { world, store, credential } = first;
		await first.response?.closeFunction?.();
		world.say('c1', 'm1');
		await world.time.advance(MINUTE);
		const parameters = { channels: ['webmessaging', 'sms'] };
		const { clientId } = credential;
		const again = await start({ world, store, activation: 'update', clientId, parameters });
		await world.time.advance(MINUTE);
		expect(messages(again)).toEqual([]);
	});
});

describe('two triggers on one OAuth client', () => {
	async function two(...owners: readonly [string | undefined, string][]) {
		const world = new NotificationWorld();
		const made = [];
		for (const [workflow, nodeId] of owners) {
			const options: TriggerOptions = { world, nodeId, clientId: 'both', activation: 'init' };
			made.push(await start(options, inWorkflow(workflow)));
			await world.time.advance(5 * SECOND);
		}
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		for (const { response } of made) await response?.closeFunction?.();
		await world.time.advance(SECOND);
		return made.map(({ emitted }) => emitted);
	}

	it.each<[string, [string | undefined, string][]]>([
		[
			'of workflows that are copies of each other',
			[
				['w1', 'n'],
				['w2', 'n'],
			],
		],
		[
			'whose IDs make the same text in a row',
			[
				['w', '1n'],
				['w1', 'n'],
			],
		],
		[
			'of which one is in a workflow without an ID',
			[
				[undefined, 'n'],
				['w', 'n'],
			],
		],
	])('both tell an event, with keys of their own: %s', async (_what, owners) => {
		const told = await two(...owners);
		expect(told.map((emitted) => emitted.length)).toEqual([1, 1]);
		expect(new Set(told.flat().map(({ key }) => key)).size).toBe(2);
	});

	it('that are in a workflow without an ID are known by the same keys after each start', async () => {
		const [[first] = [], [again] = []] = await two([undefined, 'n'], ['', 'n']);
		expect(first).toBeUndefined();
		const [[alone] = []] = await two([undefined, 'n']);
		expect(alone?.key).toBe(again?.key);
	});

	it('know nothing of each other when their IDs make the same text in a row', async () => {
		const first = await start({ nodeId: '1n' }, inWorkflow('w'));
		const { world, credential, host } = first;
		await first.response?.closeFunction?.();
		world.say('c1', 'm1');
		await world.time.advance(MINUTE);
		const { staticData } = host;
		const { clientId } = credential;
		const store: IDataObject = {};
		const options = { world, staticData, clientId, store, nodeId: 'n', activation: 'init' };
		const second = await start(options, inWorkflow('w1'));
		await world.time.advance(MINUTE);
		expect(messages(second)).toEqual([]);
	});
});

describe('a trigger that is closed while its credential cannot be read', () => {
	/** A vault that is not there at first, and then answers when it is let. */
	async function vaultDown() {
		let give: () => void = () => undefined;
		const held = new Promise<void>((resolve) => (give = resolve));
		const reads = { count: 0 };
		const made = await start({ activation: 'init' }, ({ context, credential }) =>
			Object.assign(context, {
				getCredentials: async () => {
					if (++reads.count === 1) throw new Error('the vault is not reachable');
					await held;
					return { ...credential };
				},
			}),
		);
		return { ...made, reads, give };
	}

	it('reads it no more', async () => {
		const { world, response, reads } = await vaultDown();
		await response?.closeFunction?.();
		await world.time.advance(30 * MINUTE);
		expect(reads.count).toBe(1);
	});

	it.each([0, 2, 4, 6, 8])(
		'makes no connection although it comes, %d steps before the end',
		async (steps) => {
			const { world, response, reads, give } = await vaultDown();
			await world.time.advance(2 * SECOND);
			expect(reads.count).toBe(2);
			give();
			for (let step = 0; step < steps; step++) await Promise.resolve();
			await response?.closeFunction?.();
			await world.time.advance(MINUTE);
			expect([world.live.length, world.hubs.size]).toEqual([0, 0]);
		},
	);
});
