import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { MINUTE, SECOND } from '../support/liveWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { tellingTrigger, told } from '../support/toldWorld';

/** A message of an agent: its ID, when it was sent, and its status. */
type Sent = readonly [id: string, at: number, status: string];

const iso = (ms: number) => new Date(ms).toISOString();

function conversation(sent: readonly Sent[], customer: JsonObject = {}): JsonObject {
	const messages = sent.map(([id, at, messageStatus]) => ({
		message: { id },
		messageTime: iso(at),
		messageStatus,
	}));
	return {
		id: 'c1',
		participants: [
			{ id: 'p1', purpose: 'customer', type: 'whatsapp', state: 'connected', ...customer },
			{ id: 'p2', purpose: 'agent', messages },
		],
	};
}

async function play() {
	const trigger = await told({ event: 'messageStatus' });
	const { world } = trigger;
	return {
		...trigger,
		/** The trigger learns of the conversation, and tells so much of it. */
		see: async (sent: readonly Sent[], customer?: JsonObject, { items } = trigger) => {
			world.publish(topicOf(QUEUE), conversation(sent, customer));
			await world.time.advance(SECOND);
			return items.splice(0).map(({ messageId, status }) => `${messageId} ${status}`);
		},
		/** n8n starts again, and knows what it has told. */
		restart: async () => {
			const since = world.now - 2 * MINUTE;
			trigger.leave();
			const again = tellingTrigger(
				world,
				{ event: 'messageStatus' },
				{ since, told: trigger.told },
			);
			await world.time.until(() => again.subscriber.isLive);
			return { ...trigger, ...again };
		},
	};
}

describe('the status of a message', () => {
	it('that changes long after a restart of n8n is told', async () => {
		const { world, see, restart } = await play();
		const at = world.now;
		expect(await see([['m1', at, 'sent']])).toEqual(['m1 sent']);
		await world.time.advance(10 * MINUTE);
		const again = await restart();
		await world.time.advance(10 * MINUTE);
		const failed: Sent = ['m1', at, 'delivery-failed'];
		expect(await see([failed], {}, again)).toEqual(['m1 delivery-failed']);
		expect(await see([failed], {}, again)).toEqual([]);
	});

	it('that changed while n8n was down is told, also when a customer wrote since', async () => {
		const { world, see, restart } = await play();
		const at = world.now;
		await see([['m1', at, 'sent']]);
		await world.time.advance(10 * MINUTE);
		const again = await restart();
		const told = await see([['m1', at, 'read']], { startTime: iso(world.now) }, again);
		expect(told).toEqual(['m1 read']);
	});

	it('from before the activation is told when nothing else can be the news', async () => {
		const { world, see } = await play();
		const at = world.now - MINUTE;
		const told = await see([
			['m1', at - MINUTE, 'delivery-success'],
			['m2', at, 'delivery-failed'],
		]);
		expect(told).toEqual(['m2 delivery-failed']);
	});

	it('from before the activation is old when a customer writes, and told when it changes', async () => {
		const { world, see } = await play();
		const at = world.now - MINUTE;
		const wrote = { messages: [{ message: { id: 'm9' }, messageTime: iso(world.now) }] };
		expect(await see([['m1', at, 'delivery-success']], wrote)).toEqual([]);
		expect(await see([['m1', at, 'read']], wrote)).toEqual(['m1 read']);
	});

	it('from before the activation is old when it is only sent', async () => {
		const { world, see } = await play();
		expect(await see([['m1', world.now - MINUTE, 'sent']])).toEqual([]);
	});

	it('from before the activation is old when the message is shown later', async () => {
		const { world, see } = await play();
		await see([]);
		const old: Sent = ['m1', world.now - 60 * MINUTE, 'read'];
		const fresh: Sent = ['m2', world.now, 'delivery-success'];
		expect(await see([old, fresh])).toEqual(['m2 delivery-success']);
	});

	it('without a time is told when it comes as news', async () => {
		const { world, items } = await play();
		const messages = [{ message: { id: 'm1' }, messageStatus: 'read' }];
		const agent = { id: 'p2', purpose: 'agent', messages };
		const now = iso(world.now);
		const customer = { id: 'p1', purpose: 'customer', type: 'whatsapp' };
		world.publish(topicOf(QUEUE), { id: 'c1', participants: [customer, agent] });
		await world.time.advance(SECOND);
		expect(items).toMatchObject([{ messageId: 'm1', status: 'read', eventTime: now }]);
	});
});
