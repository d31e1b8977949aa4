import { MINUTE } from '../support/liveWorld';
import { NotificationWorld } from '../support/notificationWorld';
import { QUEUE } from '../support/playedConversation';
import { tellingTrigger } from '../support/toldWorld';

const reads = ({ requests }: NotificationWorld) =>
	requests.filter(({ path }) => path.startsWith('/api/v2/conversations/messages/')).length;
const searchesOf = ({ requests }: NotificationWorld, queueId: string) =>
	requests.filter(
		({ path, body }) =>
			path.endsWith('/details/query') && JSON.stringify(body).includes(`"${queueId}"`),
	).length;

/** Two triggers of one OAuth client, right after an outage in which much was written on the first one's queue. */
async function afterOutage() {
	const world = new NotificationWorld();
	const leaving = tellingTrigger(world, {}, { key: 'w/leaving' });
	const staying = tellingTrigger(world, { targets: ['q2'] }, { key: 'w/staying' });
	await world.time.until(() => leaving.subscriber.isLive && staying.subscriber.isLive);
	await world.time.advance(10 * MINUTE);
	world.handshake = 'refuse';
	world.socket?.end('lost');
	for (let n = 0; n < 500; n++) world.say(`c${n}`, `m${n}`, QUEUE);
	world.say('other', 'other', 'q2');
	await world.time.advance(MINUTE);
	world.handshake = 'open';
	await world.time.until(() => leaving.items.length > 20);
	return { world, leaving, staying };
}

describe('a trigger that leaves while its gap is being filled', () => {
	it('has nothing more read for it, while another one of the OAuth client goes on', async () => {
		const { world, leaving, staying } = await afterOutage();
		const { length } = leaving.items;
		leaving.leave();
		const before = { reads: reads(world), searches: searchesOf(world, QUEUE) };
		await world.time.advance(30 * MINUTE);
		expect(leaving.items).toHaveLength(length);
		// The call that was on its way, and the other one's only conversation.
		expect(reads(world) - before.reads).toBeLessThanOrEqual(2);
		expect(searchesOf(world, QUEUE)).toBe(before.searches);
		expect(staying.items).toMatchObject([{ messageId: 'other', source: 'recovered' }]);
	});

	it('has it read once for the one that takes its place', async () => {
		const { world, leaving } = await afterOutage();
		const before = reads(world);
		const again = tellingTrigger(
			world,
			{},
			{ key: 'w/leaving', since: world.now - 10 * MINUTE, told: leaving.told },
		);
		await world.time.advance(30 * MINUTE);
		expect(new Set([...leaving.items, ...again.items].map(({ messageId }) => messageId)).size).toBe(
			500,
		);
		expect(reads(world) - before).toBeLessThan(500 + 10);
	});

	it('leaves nothing to be read when it was the only one that has missed something', async () => {
		const world = new NotificationWorld();
		const first = tellingTrigger(world, { targets: ['q2'] }, { key: 'w/first' });
		await world.time.until(() => first.subscriber.isLive);
		await world.time.advance(10 * MINUTE);
		const second = tellingTrigger(world, {}, { key: 'w/second' });
		await world.time.advance(MINUTE);
		second.leave();
		const before = world.requests.length;
		await world.time.advance(10 * MINUTE);
		expect(world.requests.slice(before).map(({ method }) => method)).toEqual(['PUT']);
	});
});
