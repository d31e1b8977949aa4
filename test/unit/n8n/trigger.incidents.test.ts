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
});
