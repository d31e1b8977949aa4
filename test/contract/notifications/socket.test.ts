import { startSimulator } from '../../../dev/simulator';
import type { Simulator } from '../../../dev/simulator';
import { until, withSimulator } from '../support';
import { listen, QUEUE_TOPIC, subscriberOf } from './support';
import type { Subscriber } from './support';

const METADATA = 'channel.metadata';

describe('notification socket', () => {
	let simulator: Simulator;
	let subscriber: Subscriber;

	withSimulator(async (ready) => {
		simulator = ready;
		subscriber = await subscriberOf(simulator);
	});

	it('gets heartbeats and answers to pings', async () => {
		simulator.configure({ heartbeatMs: 20 });
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		const [beat] = await listener.wait(METADATA, 2);
		expect(beat?.eventBody).toEqual({ message: 'WebSocket Heartbeat' });
		simulator.configure({ heartbeatMs: null });
		listener.socket.send('not JSON');
		listener.socket.send('{"message":"ping"}');
		const pongs = (): number =>
			listener.frames.filter(({ eventBody }) => eventBody.message === 'pong').length;
		await until(() => pongs() === 1);
	});

	it('leaves pings without an answer when it is told so', async () => {
		simulator.configure({ pings: 'ignored', heartbeatMs: 20 });
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		listener.socket.send('{"message":"ping"}');
		const frames = await listener.wait(METADATA, 3);
		expect(frames.map(({ eventBody }) => eventBody.message)).not.toContain('pong');
	});

	it('takes the place of the one that its channel had', async () => {
		const first = await subscriber.subscribe(QUEUE_TOPIC);
		const second = await listen(first.connectUri);
		expect(await first.closed).toBe(1000);
		expect(first.of(`v2.system.no_longer_subscribed.${first.id}`)).toHaveLength(1);
		simulator.people.start();
		await second.wait(QUEUE_TOPIC, 1);
		expect(first.of(QUEUE_TOPIC)).toEqual([]);
		expect(simulator.notifications.openSockets).toBe(1);
	});

	it('keeps its subscriptions over a reconnect, and what happened meanwhile is lost', async () => {
		const first = await subscriber.subscribe(QUEUE_TOPIC);
		first.socket.close();
		await first.closed;
		await until(() => simulator.notifications.openSockets === 0);
		const missed = simulator.people.start();
		const again = await listen(first.connectUri);
		const { id } = simulator.people.start();
		const told = await again.wait(QUEUE_TOPIC, 1);
		expect(told.map(({ eventBody }) => eventBody.id)).toEqual([id]);
		expect(simulator.events.all('conversationStarted')).toMatchObject([
			{ conversationId: missed.id },
			{ conversationId: id },
		]);
	});

	it('is announced to close, and then closed', async () => {
		simulator.configure({ socketClosingMs: 60 });
		const old = await subscriber.subscribe(QUEUE_TOPIC);
		simulator.notifications.announceClosing();
		await old.wait('v2.system.socket_closing', 1);
		const other = await subscriber.subscribe(QUEUE_TOPIC);
		expect(await old.closed).toBe(1001);
		simulator.people.start();
		await other.wait(QUEUE_TOPIC, 1);
	});

	it('of an unknown channel is refused', async () => {
		const { host } = new URL(simulator.url);
		await expect(listen(`ws://${host}/channels/streaming-0-none`)).rejects.toThrow('404');
	});

	it('ends when the simulator stops', async () => {
		const own = await startSimulator();
		const { closed, socket } = await (await subscriberOf(own)).subscribe(QUEUE_TOPIC);
		socket.pause();
		await own.stop();
		socket.resume();
		expect(await closed).toBe(1006);
	});
});
