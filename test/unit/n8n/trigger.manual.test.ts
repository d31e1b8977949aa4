import { MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK } from '../support/notificationWorld';
import { forbidden, start } from '../support/startedTrigger';
import type { TriggerOptions } from '../support/triggerContext';

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

	it('outlasts a short outage, and says after five minutes that there is no connection', async () => {
		const one = await test();
		one.world.fault = NETWORK;
		one.wait();
		await one.world.time.advance(3 * MINUTE);
		one.world.fault = undefined;
		await one.world.time.advance(MINUTE);
		one.world.say('c1', 'm1');
		await one.world.time.advance(SECOND);
		expect([one.emitted.length, one.outcome.ended]).toEqual([1, 'resolved']);

		const other = await test();
		other.world.handshake = 'refuse';
		other.wait();
		await other.world.time.advance(7 * MINUTE);
		expect(other.outcome.ended).toMatchObject({
			message: 'The trigger has no connection to Genesys Cloud',
			description: expect.stringContaining('NODE_USE_ENV_PROXY') as string,
		});
		expect([other.world.live.length, other.world.hubs.size]).toEqual([0, 0]);
	});

	it('says after five minutes that a connection never lasts', async () => {
		const { world, outcome, wait } = await test();
		wait();
		for (let second = 0; second < 7 * 60; second++) {
			world.socket?.end('lost');
			await world.time.advance(SECOND);
		}
		expect(outcome.ended).toMatchObject({
			message: 'The trigger has no connection to Genesys Cloud',
		});
		expect([world.live.length, world.hubs.size]).toEqual([0, 0]);
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

	it('says which queue Genesys Cloud does not know', async () => {
		const { world, outcome, wait } = await test();
		world.queues = [{ id: 'q2' }];
		wait();
		await world.time.advance(3 * SECOND);
		expect(outcome.ended).toMatchObject({ message: 'Genesys Cloud does not know the queue q1' });
		expect([world.live.length, world.hubs.size]).toEqual([0, 0]);
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

	it('does not take the place of another one, as of a page that was loaded again', async () => {
		const first = await test();
		first.wait();
		const { world, credential } = first;
		await world.time.advance(3 * SECOND);
		const second = await test({ world, clientId: credential.clientId });
		second.wait();
		await world.time.advance(3 * SECOND);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect([first.emitted.length, second.emitted.length]).toEqual([1, 1]);
		expect([first.outcome.ended, second.outcome.ended]).toEqual(['resolved', 'resolved']);
		expect([world.live.length, world.hubs.size]).toEqual([0, 0]);
	});

	it('says which field of the credential cannot be used', async () => {
		const { world, credential, outcome, wait } = await test();
		credential.clientId = ' ';
		wait();
		await world.time.advance(SECOND);
		expect(outcome.ended).toMatchObject({ message: "'Client ID' is empty" });
		expect(world.hubs.size).toBe(0);
	});

	it('ends at Stop while n8n still reads the credential', async () => {
		const { world, context, response, outcome, wait } = await test();
		let give: () => void = () => undefined;
		const held = new Promise<void>((resolve) => (give = resolve));
		const read = context.getCredentials.bind(context);
		jest.spyOn(context, 'getCredentials').mockImplementationOnce(async (type) => {
			await held;
			return await read(type);
		});
		wait();
		await world.time.advance(SECOND);
		await response?.closeFunction?.();
		give();
		await world.time.advance(MINUTE);
		expect(outcome.ended).toBe('resolved');
		expect([world.sockets.length, world.hubs.size]).toEqual([0, 0]);
	});
});
