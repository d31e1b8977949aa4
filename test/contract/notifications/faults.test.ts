import type { NotificationFault, Simulator } from '../../../dev/simulator';
import { textLike, until, withSimulator } from '../support';
import { CHANNELS, listen, QUEUE_TOPIC, subscriberOf } from './support';
import type { Listener, Subscriber } from './support';

describe('faults of notifications', () => {
	let simulator: Simulator;
	let subscriber: Subscriber;

	withSimulator(
		async (ready) => {
			simulator = ready;
			subscriber = await subscriberOf(simulator);
		},
		{ messageStatusTimes: null },
	);

	const add = (fault: NotificationFault): number => simulator.notifications.faults.add(fault);
	/** Starts so many conversations: each is one event. */
	const start = (count: number): string[] =>
		Array.from({ length: count }, () => simulator.people.start().id);
	const idsOf = ({ of }: Listener): unknown[] =>
		of(QUEUE_TOPIC).map(({ eventBody }) => eventBody.id);

	it.each([401, 404, 503] as const)('refuse the handshake with %i, once', async (status) => {
		const { connectUri } = await subscriber.create();
		add({ kind: 'refuseHandshake', status });
		await expect(listen(connectUri)).rejects.toThrow(String(status));
		await listen(connectUri);
	});

	it('accept the socket and stay silent', async () => {
		simulator.configure({ heartbeatMs: 10 });
		add({ kind: 'silent' });
		const silent = await subscriber.subscribe(QUEUE_TOPIC);
		const other = await subscriber.subscribe(QUEUE_TOPIC);
		start(1);
		await other.wait(QUEUE_TOPIC, 1);
		await other.wait('channel.metadata', 3);
		expect(silent.frames).toEqual([]);
	});

	it('lose, double and reorder events', async () => {
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		add({ kind: 'lose' });
		add({ kind: 'duplicate' });
		add({ kind: 'reorder' });
		const [, doubled, late, early, last] = start(5);
		await listener.wait(QUEUE_TOPIC, 5);
		expect(idsOf(listener)).toEqual([doubled, doubled, early, late, last]);
		expect(simulator.events.all('conversationStarted')).toHaveLength(5);
	});

	it('lose n of m events, the same ones in every run', async () => {
		const lost = async (): Promise<number[]> => {
			simulator.reset();
			subscriber = await subscriberOf(simulator);
			add({ kind: 'lose', probability: 0.5 });
			const listener = await subscriber.subscribe(QUEUE_TOPIC);
			const ids = start(20);
			simulator.notifications.faults.clear();
			start(1);
			await until(() => idsOf(listener).at(-1) === simulator.conversations.all().at(-1)?.id);
			const told = idsOf(listener);
			return ids.flatMap((id, index) => (told.includes(id) ? [] : [index]));
		};
		const first = await lost();
		expect(first.length).toBeGreaterThan(3);
		expect(first.length).toBeLessThan(17);
		expect(await lost()).toEqual(first);
	});

	it('send a late event that no other one overtakes', async () => {
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		add({ kind: 'reorder' });
		const ids = start(1);
		await listener.wait(QUEUE_TOPIC, 1);
		expect(idsOf(listener)).toEqual(ids);
	});

	it('send frames that are no events', async () => {
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		add({ kind: 'garbage' });
		add({ kind: 'binary' });
		add({ kind: 'huge', bytes: 2_000_000 });
		const ids = start(3);
		await listener.wait(QUEUE_TOPIC, 3);
		expect(idsOf(listener)).toEqual(ids);
		expect(listener.garbage).toEqual([32, 4]);
		expect(JSON.stringify(listener.of('v2.huge')).length).toBeGreaterThan(2_000_000);
	});

	it('keep a half-open connection: nothing is sent and nothing read', async () => {
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		add({ kind: 'halfOpen' });
		start(2);
		listener.socket.send('{"message":"ping"}');
		const other = await subscriber.subscribe(QUEUE_TOPIC);
		start(1);
		await other.wait(QUEUE_TOPIC, 1);
		expect(listener.frames).toEqual([]);
		expect(simulator.notifications.openSockets).toBe(2);
		listener.socket.close();
		expect(listener.socket.readyState).toBe(listener.socket.CLOSING);
		simulator.notifications.terminate();
		expect(await listener.closed).toBe(1006);
	});

	it.each([
		[{ kind: 'drop' }, 1006],
		[{ kind: 'close', code: 1000 }, 1000],
		[{ kind: 'close', code: 1001 }, 1001],
		[{ kind: 'close', code: 1006 }, 1006],
		[{ kind: 'close', code: 1011 }, 1011],
		[{ kind: 'expire' }, 1000],
	] as const)('end the connection instead of an event: %j', async (fault, code) => {
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		add({ ...fault, nth: 2 });
		start(2);
		expect(await listener.closed).toBe(code);
		expect(idsOf(listener)).toHaveLength(1);
		const { http, headers } = subscriber;
		const { status } = await http.head(`${CHANNELS}/${listener.id}`, { headers });
		expect(status).toBe(fault.kind === 'expire' ? 404 : 200);
	});

	it('never answer a close frame, and go on telling', async () => {
		add({ kind: 'ignoreClose' });
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		start(1);
		await listener.wait(QUEUE_TOPIC, 1);
		listener.socket.close();
		const other = await subscriber.subscribe(QUEUE_TOPIC);
		start(1);
		await other.wait(QUEUE_TOPIC, 1);
		expect(listener.socket.readyState).toBe(listener.socket.CLOSING);
	});

	it('strike every open socket at once', async () => {
		const { http } = subscriber;
		const listener = await subscriber.subscribe(QUEUE_TOPIC);
		const strike = '/simulator/notifications/strike';
		expect((await http.post(strike, { kind: 'close', code: 1011 })).status).toBe(204);
		expect(await listener.closed).toBe(1011);
		expect((await http.post(strike, { kind: 'lose' })).status).toBe(400);
		expect((await http.post(strike, { kind: 'close', code: 1234 })).status).toBe(400);
	});

	it('are set, listed and cleared by the control API', async () => {
		const { http } = subscriber;
		const url = '/simulator/notifications/faults';
		const faults = [
			{ kind: 'lose', times: 'Infinity' },
			{ kind: 'huge', bytes: 9 },
		];
		expect((await http.post(url, faults)).data.ids).toHaveLength(2);
		expect((await http.get(url)).data).toMatchObject([
			{ fault: { kind: 'lose', times: 'Infinity' }, hits: 0 },
			{ fault: { kind: 'huge', bytes: 9 } },
		]);
		for (const wrong of [{ kind: 'rain' }, { kind: 'huge' }, { kind: 'lose', code: 7 }]) {
			expect((await http.post(url, wrong)).status).toBe(400);
		}
		await http.delete(url);
		expect((await http.get(url)).data).toEqual([]);
	});

	it('of the REST calls are those of the other plan, by route', async () => {
		const route = 'PUT /api/v2/notifications/channels/:channelId/subscriptions';
		const { id } = await subscriber.create();
		simulator.faults.add({ kind: 'status', status: 503, route });
		simulator.faults.add({ kind: 'html200', route });
		simulator.faults.add({ kind: 'latency', ms: 50, route });
		expect((await subscriber.create()).id).not.toBe(id);
		expect((await subscriber.put(id, [QUEUE_TOPIC])).status).toBe(503);
		const page = await subscriber.put(id, [QUEUE_TOPIC]);
		expect(page).toMatchObject({ status: 200, data: textLike(/<html>/) });
		const startedAt = performance.now();
		expect((await subscriber.put(id, [QUEUE_TOPIC])).status).toBe(200);
		expect(performance.now() - startedAt).toBeGreaterThan(45);
	});

	it('let other programs, maintenance and time end channels', async () => {
		const { http } = subscriber;
		const first = await subscriber.subscribe(QUEUE_TOPIC);
		await http.post('/simulator/notifications/eviction-storm', { channels: 20 });
		expect(await first.closed).toBe(1000);
		const second = await subscriber.subscribe(QUEUE_TOPIC);
		expect((await http.get('/simulator/notifications')).data).toMatchObject({ openSockets: 1 });
		await http.post('/simulator/notifications/announce-closing');
		await second.wait('v2.system.socket_closing', 1);
		await http.post('/simulator/notifications/expire-channels');
		expect(await second.closed).toBe(1000);
		expect(simulator.notifications.channels.all()).toEqual([]);
	});
});
