import { MINUTE, SECOND } from '../support/liveWorld';
import { start } from '../support/startedTrigger';

describe('a trigger that starts again', () => {
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
});
