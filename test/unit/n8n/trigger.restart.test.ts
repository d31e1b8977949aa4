import type { IDataObject } from 'n8n-workflow';

import { MINUTE, SECOND } from '../support/liveWorld';
import { NotificationWorld } from '../support/notificationWorld';
import { QUEUE } from '../support/playedConversation';
import { dated, start } from '../support/startedTrigger';

/** n8n starts again a minute later, and knows no more than it has saved. */
async function restarted(
	{ world, store, credential, response }: Awaited<ReturnType<typeof start>>,
	meanwhile: () => void = () => undefined,
	parameters: IDataObject = {},
) {
	const saved = JSON.parse(JSON.stringify(store)) as typeof store;
	await response?.closeFunction?.();
	meanwhile();
	await world.time.advance(MINUTE);
	const { clientId } = credential;
	const again = await start(
		{ world, store: saved, activation: 'init', clientId, parameters },
		dated,
	);
	await world.time.advance(10 * MINUTE);
	return again;
}

/** The workflow is published with other parameters, a minute after it was taken back. */
async function republished(
	{ world, store, credential, response }: Awaited<ReturnType<typeof start>>,
	parameters: IDataObject,
	meanwhile: () => void,
) {
	await response?.closeFunction?.();
	meanwhile();
	await world.time.advance(MINUTE);
	const { clientId } = credential;
	const again = await start({ world, store, activation: 'update', clientId, parameters });
	await world.time.advance(MINUTE);
	return again;
}

describe('a trigger that starts again', () => {
	it('recovers after a restart what happened meanwhile, and repeats nothing', async () => {
		const first = await start();
		const { world, store, credential } = first;
		world.say('c1', 'm1');
		await world.time.advance(10 * MINUTE);
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		const saved = JSON.parse(JSON.stringify(store)) as typeof store;
		expect(Object.keys(saved).sort()).toEqual(['from', 'lastLiveAt', 'seen', 'v']);
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

	it('does not tell of the minutes before it was published for the first time', async () => {
		const world = new NotificationWorld();
		world.say('c1', 'before');
		await world.time.advance(MINUTE);
		const first = await start({ world });
		await world.time.advance(10 * MINUTE);
		expect((await restarted(first)).emitted).toEqual([]);
	});

	it.each([-10, 10])(
		'counts by the time of Genesys Cloud from the first start on, %d minutes from that of n8n',
		async (minutes) => {
			const world = new NotificationWorld();
			world.aheadMs = minutes * MINUTE;
			world.say('c1', 'before');
			await world.time.advance(5 * MINUTE);
			const first = await start({ world }, dated);
			await world.time.advance(SECOND);
			const during = () => world.say('c2', 'during');
			const { emitted } = await restarted(first, during);
			expect(emitted.map(({ item }) => item.messageId)).toEqual(['during']);
		},
	);

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

	it('recovers what happened meanwhile when its queues and channels are in another order', async () => {
		const chosen = { queues: ['q1', 'q2'], channels: ['webmessaging', 'sms'] };
		const first = await start({ parameters: chosen });
		const changed = { queues: ['q2', 'q1'], channels: ['sms', 'webmessaging'] };
		const second = await republished(first, changed, () => first.world.say('c1', 'm1'));
		expect(second.emitted.map(({ item }) => item.messageId)).toEqual(['m1']);
	});

	it('recovers what happened meanwhile in the queues that stay, and of a new one nothing from before', async () => {
		const first = await start();
		first.world.say('c2', 'earlier', 'q2');
		await first.world.time.advance(10 * MINUTE);
		const say = () => {
			first.world.say('c1', 'm1');
			first.world.say('c2', 'm2', 'q2');
		};
		const changed = { queues: ['q2', QUEUE] };
		const second = await republished(first, changed, say);
		expect(second.emitted.map(({ item }) => item.messageId)).toEqual(['m1']);
		second.world.say('c2', 'm3', 'q2');
		await second.world.time.advance(SECOND);
		expect(second.emitted.map(({ item }) => item.messageId)).toEqual(['m1', 'm3']);
		const third = await restarted(second, () => second.world.say('c2', 'm4', 'q2'), changed);
		expect(third.emitted.map(({ item }) => item.messageId)).toEqual(['m4']);
	});

	it('recovers what happened meanwhile when it has got another name, and repeats nothing when it gets its first one again', async () => {
		const first = await start();
		const { world, store, credential } = first;
		const { staticData } = first.host;
		const common = { world, activation: 'update', clientId: credential.clientId };
		await first.response?.closeFunction?.();
		world.say('c1', 'm1');
		const renamed = await start({ ...common, staticData, store: {} });
		await world.time.advance(MINUTE);
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(renamed.emitted.map(({ item }) => item.messageId)).toEqual(['m1', 'm2']);
		await renamed.response?.closeFunction?.();
		world.say('c1', 'm3');
		const again = await start({ ...common, staticData, store });
		await world.time.advance(MINUTE);
		expect(again.emitted.map(({ item }) => item.messageId)).toEqual(['m3']);
	});

	it('recovers what happened meanwhile when it has got another OAuth client', async () => {
		const { world, store, response } = await start();
		await response?.closeFunction?.();
		world.say('c1', 'm1');
		await world.time.advance(MINUTE);
		const again = await start({ world, store, activation: 'init', clientId: 'another-client' });
		await world.time.advance(MINUTE);
		expect(again.emitted.map(({ item }) => item.messageId)).toEqual(['m1']);
	});

	it.each([
		['does not tell of the time in which it was switched off', 'update', []],
		['recovers what happened while another process led', 'leadershipChange', ['m1']],
	])('%s', async (_what, activation, told) => {
		const { world, store, host, credential, response } = await start();
		const { clientId } = credential;
		await response?.closeFunction?.();
		await world.time.advance(20 * MINUTE);
		world.say('c1', 'm1');
		await world.time.advance(20 * MINUTE);
		const { staticData } = host;
		const again = await start({ world, store, staticData, activation, clientId });
		await world.time.advance(MINUTE);
		expect(again.emitted.map(({ item }) => item.messageId)).toEqual(told);
	});

	it('starts anew when it listens to something else than before', async () => {
		const first = await start();
		const say = () => first.world.say('c1', 'm1', 'q2');
		const second = await republished(first, { queues: ['q2'] }, say);
		expect(second.emitted).toEqual([]);
	});
});
