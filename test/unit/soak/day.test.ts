import { NotificationWorld } from '../support/notificationWorld';
import { tellingTrigger } from '../support/toldWorld';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

// Days of virtual time take seconds, and more with coverage on a busy machine.
jest.setTimeout(120_000);

describe('a trigger that listens for days', () => {
	it.each([
		['a day, with the channel of Genesys Cloud', DAY, 24 * 60 * MINUTE],
		['a day, with a channel that lasts an hour', DAY, 60 * MINUTE],
		['three days', 3 * DAY, 24 * 60 * MINUTE],
	])('%s: tells each event once, over one socket, and leaves none', async (_what, length, life) => {
		const world = new NotificationWorld();
		world.channelLifeMs = life;
		const trigger = tellingTrigger(world);
		await world.time.advance(MINUTE);
		const due: string[] = [];
		for (let passed = 0; passed < length; passed += 7 * MINUTE) {
			const id = `m${due.length}`;
			due.push(id);
			world.say(`c${due.length % 50}`, id);
			await world.time.advance(7 * MINUTE);
		}
		expect(trigger.items.map(({ messageId }) => messageId)).toEqual(due);
		expect(trigger.items.every(({ source }) => source === 'live')).toBe(true);
		expect(world.channels.size).toBeGreaterThanOrEqual(length / life);
		expect(world.mostLive).toBeLessThanOrEqual(2);
		trigger.leave();
		await world.time.advance(MINUTE);
		expect(world.live).toEqual([]);
	});
});
