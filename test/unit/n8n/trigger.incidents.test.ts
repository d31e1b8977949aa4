import type { FakeSocket } from '../support/fakeSocket';
import { MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK } from '../support/notificationWorld';
import { start } from '../support/startedTrigger';

describe('an outage of a published trigger', () => {
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

	it('makes one failed execution when its topics cannot be had beside those of another', async () => {
		const first = await start();
		const { world, credential } = first;
		world.fault = ({ method }) =>
			method === 'PUT' ? { ...NETWORK, reason: 'serverError', httpCode: '503' } : undefined;
		const parameters = { queues: ['q2'] };
		const { clientId } = credential;
		const second = await start({ world, nodeId: 'second', clientId, parameters });
		expect(second.error).toBeUndefined();
		await world.time.advance(4 * MINUTE);
		expect(second.failures).toEqual([]);
		await world.time.advance(56 * MINUTE);
		expect([first.failures.length, second.failures.length]).toEqual([0, 1]);
	});

	it.each<[string, (socket: FakeSocket) => void]>([
		['is lost as soon as it stands', (socket) => socket.end('lost')],
		['opens and then stays silent', (socket) => (socket.halfOpen = true)],
	])('makes one failed execution of a connection that %s, again and again', async (_what, fail) => {
		const { world, failures } = await start();
		const flap = async () => {
			for (let second = 0; second < 30 * 60; second++) {
				for (const socket of world.sockets) if (socket.state === 'open') fail(socket);
				await world.time.advance(SECOND);
			}
		};
		await flap();
		expect(failures).toHaveLength(1);
		expect(failures[0]).toMatchObject({
			message: 'The trigger has no connection to Genesys Cloud and goes on trying',
			description: expect.stringContaining('nothing comes through them') as string,
		});
		for (const socket of world.sockets) socket.halfOpen = false;
		await world.time.advance(10 * MINUTE);
		await flap();
		expect(failures).toHaveLength(2);
	});

	it('is told when it is due, however long the next try is away', async () => {
		const foreign = await start({ activation: 'init' }, ({ world }) => {
			world.connectUri = () => 'wss://streaming.example.com/channels/c';
		});
		await foreign.world.time.advance(40 * SECOND);
		expect(foreign.failures).toMatchObject([
			{
				message: expect.stringContaining(
					"does not belong to the credential's environment",
				) as string,
			},
		]);
		await foreign.world.time.advance(60 * MINUTE);
		expect(foreign.failures).toHaveLength(1);
	});
});
