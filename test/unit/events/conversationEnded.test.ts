import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { MINUTE, SECOND } from '../support/liveWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { tellingTrigger, told } from '../support/toldWorld';

const iso = (ms: number) => new Date(ms).toISOString();

function conversation(...customers: JsonObject[]): JsonObject {
	return {
		id: 'c1',
		participants: customers.map((customer, n) => ({
			id: `p${n}`,
			purpose: 'customer',
			type: 'webmessaging',
			...customer,
		})),
	};
}

const message = (at: number) => ({ message: { id: `m${at}` }, messageTime: iso(at) });

async function play() {
	const trigger = await told({ event: 'conversationEnded' });
	const { world } = trigger;
	const see = async (body: JsonObject) => {
		world.publish(topicOf(QUEUE), body);
		await world.time.advance(SECOND);
	};
	/** n8n starts again, and knows what it has told. */
	const restart = async (since: number) => {
		trigger.leave();
		const settings = { event: 'conversationEnded' };
		const again = tellingTrigger(world, settings, { since, told: trigger.told });
		await world.time.until(() => again.subscriber.isLive);
		return again;
	};
	return { ...trigger, see, restart };
}

describe('the ends of a conversation', () => {
	it('are both told when it went on and ended again during an outage', async () => {
		const { world, items } = await told({ event: 'conversationEnded' });
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		world.end('c1');
		await world.time.advance(10 * MINUTE);
		world.handshake = 'refuse';
		world.socket?.end('lost');
		await world.time.advance(MINUTE);
		delete world.conversations.get('c1')!.endedAt;
		world.say('c1', 'm2');
		await world.time.advance(MINUTE);
		world.end('c1');
		world.handshake = 'open';
		await world.time.advance(20 * MINUTE);
		expect(items.map(({ source }) => source)).toEqual(['live', 'recovered']);
	});

	it('are both told when a late copy of the first comes in between', async () => {
		const { world, items, see } = await play();
		const at = world.now;
		const left = { state: 'disconnected', startTime: iso(at), endTime: iso(at + 500) };
		const back = { startTime: iso(at + 600) };
		const first = conversation(left);
		await see(first);
		await see(conversation(left, back));
		await see(first);
		const leftAt = at + MINUTE;
		await see(conversation(left, { ...back, state: 'disconnected', endTime: iso(leftAt) }));
		expect(items.map(({ eventTime }) => eventTime)).toEqual([iso(at + 500), iso(leftAt)]);
	});

	it('are both told, by keys of their own, when the customer did nothing in between', async () => {
		const { world, items, keys, see } = await play();
		const at = world.now;
		const left = (ms: number) => ({ state: 'disconnected', endTime: iso(at + ms) });
		await see(conversation(left(500)));
		await see(conversation({ state: 'connected', startTime: iso(at) }, left(500)));
		await see(conversation(left(900)));
		await see(conversation(left(900)));
		expect(items).toHaveLength(2);
		expect(new Set(keys).size).toBe(2);
	});

	it('are one when its time is known later, whatever comes late in between', async () => {
		const { world, items, see } = await play();
		const startTime = iso(world.now);
		const open = conversation({ state: 'connected', startTime });
		await see(open);
		await see(conversation({ state: 'disconnected', startTime }));
		await see(open);
		await see(conversation({ state: 'disconnected', startTime, endTime: iso(world.now) }));
		expect(items).toHaveLength(1);
	});

	it('are one when what the customer wrote before it is told late', async () => {
		const { world, items, see } = await play();
		const at = world.now;
		const left = { startTime: iso(at), state: 'disconnected', endTime: iso(at + 500) };
		await see(conversation(left));
		await see(conversation({ ...left, messages: [message(at + 400)] }));
		expect(items).toHaveLength(1);
	});

	it('are one though a message has a later time, and the conversation comes without the end', async () => {
		const { world, items, see } = await play();
		const at = world.now;
		const wrote = { startTime: iso(at), messages: [message(at + 550)] };
		const left = { state: 'disconnected', endTime: iso(at + 500) };
		await see(conversation({ ...left, startTime: iso(at) }));
		await see(conversation({ ...left, ...wrote }));
		await see(conversation(wrote));
		await see(conversation({ ...left, ...wrote }));
		expect(items).toHaveLength(1);
	});

	it('are not told again after a restart of n8n, whatever others wrote and the customer read since', async () => {
		const { world, items, see, restart } = await play();
		const at = world.now;
		const left = { startTime: iso(at), state: 'disconnected', endTime: iso(at + 500) };
		const back = { startTime: iso(at + 600), state: 'connected' };
		const leftAgain = { ...back, state: 'disconnected', endTime: iso(at + 900) };
		await see(conversation(left));
		await see(conversation(left, back));
		await see(conversation(left, leftAgain));
		expect(items).toHaveLength(2);
		const again = await restart(at);
		const receipt = { ...message(at + 950), messageMetadata: { type: 'Receipt' } };
		const agent = { purpose: 'agent', messages: [message(at + 1_000)] };
		await see(conversation(left, { ...leftAgain, messages: [receipt] }, agent));
		expect(again.items).toEqual([]);
	});

	it('are one after a restart of n8n that reads its time', async () => {
		const { world, items, told: known, leave, see } = await play();
		world.say('c1', 'm1');
		const played = world.conversations.get('c1')!;
		const startTime = iso(played.startedAt);
		await see(conversation({ state: 'disconnected', startTime }));
		expect(items).toHaveLength(1);
		Object.assign(played, { endedAt: world.now, changedAt: world.now });
		leave();
		const again = tellingTrigger(
			world,
			{ event: 'conversationEnded' },
			{ since: world.now - 2 * MINUTE, told: known },
		);
		await world.time.advance(2 * MINUTE);
		expect(again.items).toEqual([]);
	});

	it.each([
		['what it names happened meanwhile', 0, 1],
		['nothing that it names happened since', MINUTE, 0],
	])(
		'are recovered without a time after a restart of n8n where %s',
		async (_what, after, count) => {
			const { world, leave } = await play();
			leave();
			world.say('c1', 'm1');
			world.conversations.get('c1')!.endsWithoutTime = true;
			const since = world.now + after;
			await world.time.advance(MINUTE);
			const again = tellingTrigger(world, { event: 'conversationEnded' }, { since });
			await world.time.advance(2 * MINUTE);
			expect(again.items).toHaveLength(count);
		},
	);

	it('are not undone by a late copy from before: nobody reads the conversation any more', async () => {
		const { world, teller } = await play();
		world.say('c1', 'm1');
		const before = world.bodies.at(-1)!;
		await world.time.advance(SECOND);
		world.end('c1');
		await world.time.advance(SECOND);
		world.publish(topicOf(QUEUE), before);
		await world.time.advance(SECOND);
		expect(teller.openConversations()).toEqual([]);
	});
});
