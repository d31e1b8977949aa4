import { MINUTE, SECOND } from '../support/liveWorld';
import { NotificationWorld } from '../support/notificationWorld';
import { tellingTrigger } from '../support/toldWorld';

const HOUR = 60 * MINUTE;

async function told(aheadMs: number, before: (world: NotificationWorld) => void = () => undefined) {
	const world = new NotificationWorld();
	world.aheadMs = aheadMs;
	before(world);
	await world.time.advance(10 * SECOND);
	const trigger = tellingTrigger(world);
	await world.time.until(() => trigger.subscriber.isLive);
	const ids = () => trigger.items.map(({ messageId }) => messageId);
	return { world, trigger, ids };
}

describe.each([
	['half a second behind', -500],
	['five minutes behind', -5 * MINUTE],
	['hours behind', -7 * HOUR],
	['five minutes ahead', 5 * MINUTE],
	['hours ahead', 7 * HOUR],
])("with Genesys Cloud's clock %s", (_what, aheadMs) => {
	it('the first message of a conversation is told', async () => {
		const { world, ids } = await told(aheadMs);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(ids()).toEqual(['m1']);
	});

	it('what is written as soon as the connection stands is told', async () => {
		const world = new NotificationWorld();
		world.aheadMs = aheadMs;
		const trigger = tellingTrigger(world);
		while (!trigger.subscriber.isLive) await world.time.advance(20);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(trigger.items).toMatchObject([{ messageId: 'm1', source: 'live' }]);
	});

	it('what was written before the trigger started is not told', async () => {
		const { world, ids } = await told(aheadMs, (made) => made.say('c1', 'old'));
		world.say('c1', 'm1');
		await world.time.advance(10 * MINUTE);
		expect(ids()).toEqual(['m1']);
	});

	it('what was written during an outage is recovered with the first look', async () => {
		const { world, ids } = await told(aheadMs);
		world.handshake = 'refuse';
		world.socket?.end('lost');
		await world.time.advance(MINUTE);
		world.say('c1', 'm1');
		world.handshake = 'open';
		await world.time.advance(2 * MINUTE);
		expect(ids()).toEqual(['m1']);
	});

	it('what was written while n8n was restarted is recovered', async () => {
		const { world, trigger } = await told(aheadMs);
		await world.time.advance(20 * MINUTE);
		const since = trigger.membership.receivedUntil();
		trigger.leave();
		world.say('c1', 'm1');
		await world.time.advance(MINUTE);
		const again = tellingTrigger(world, {}, { since });
		await world.time.advance(MINUTE);
		expect(again.items).toMatchObject([{ messageId: 'm1', source: 'recovered' }]);
	});
});

describe('while the machine slept for eight hours', () => {
	it('its clock stood still; what was written is recovered', async () => {
		const { world, ids } = await told(0);
		await world.time.advance(20 * MINUTE);
		world.socket!.halfOpen = true;
		world.aheadMs += 4 * HOUR;
		world.say('c1', 'm1');
		world.aheadMs += 4 * HOUR;
		await world.time.advance(3 * MINUTE);
		expect(ids()).toEqual(['m1']);
	});
});

describe('a time up to which an earlier process came that lies in the future', () => {
	it('counts as now', async () => {
		const world = new NotificationWorld();
		const trigger = tellingTrigger(world, {}, { since: world.time.now + 9 * HOUR });
		await world.time.until(() => trigger.subscriber.isLive);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		expect(trigger.items).toHaveLength(1);
	});
});
