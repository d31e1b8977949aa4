import { MINUTE, SECOND } from '../support/liveWorld';
import { NETWORK, type NotificationWorld } from '../support/notificationWorld';
import { bodyOf, QUEUE, topicOf } from '../support/playedConversation';
import { tellingTrigger, told } from '../support/toldWorld';

const bulkCalls = (world: NotificationWorld) =>
	world.requests.filter(({ path }) => path.endsWith('/messages/bulk'));

describe('telling events with their texts', () => {
	it('fetches the texts of one notification with one call', async () => {
		const { world, items } = await told({ fetchText: true });
		world.socket!.halfOpen = true;
		world.say('c1', 'm1');
		world.say('c1', 'm2');
		world.socket!.halfOpen = false;
		world.say('c1', 'm3');
		await world.time.advance(SECOND);
		expect(bulkCalls(world).map(({ body }) => body)).toEqual([['m1', 'm2', 'm3']]);
		expect(items.map(({ text }) => text)).toEqual(['text of m1', 'text of m2', 'text of m3']);
	});

	it('keeps the order of a conversation, even if a text is slow', async () => {
		const { world, items } = await told({ fetchText: true });
		world.latencyMs = 5 * SECOND;
		world.say('c1', 'm1');
		await world.time.advance(100);
		world.latencyMs = 10;
		world.say('c1', 'm2');
		world.say('c2', 'm3');
		await world.time.advance(MINUTE);
		expect(items.map(({ messageId }) => messageId)).toEqual(['m3', 'm1', 'm2']);
	});

	it('keeps the order of a conversation, also when one has been told and the next text is slow', async () => {
		const { world, items } = await told({ fetchText: true });
		world.latencyMs = SECOND;
		world.say('c1', 'm1');
		await world.time.advance(100);
		world.latencyMs = 5 * SECOND;
		world.say('c1', 'm2');
		await world.time.advance(2 * SECOND);
		expect(items).toHaveLength(1);
		world.latencyMs = 10;
		world.say('c1', 'm3');
		await world.time.advance(MINUTE);
		expect(items.map(({ messageId }) => messageId)).toEqual(['m1', 'm2', 'm3']);
	});

	it('does not hold up the recovery with what is not new while a text is waited for', async () => {
		const { world, items, teller } = await told({ fetchText: true });
		world.fault = NETWORK;
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		const body = bodyOf(world.conversations.get('c1')!);
		let isDone = false;
		void teller.receive({ topic: topicOf(QUEUE), body, source: 'recovered' }).then(() => {
			isDone = true;
		});
		await world.time.advance(0);
		expect([isDone, items]).toEqual([true, []]);
	});

	it('does not tell again what another start of the trigger has told while the text was waited for', async () => {
		const { world, items, told: known } = await told({ fetchText: true });
		world.fault = ({ path }) => (path.endsWith('/bulk') ? NETWORK : undefined);
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		const again = tellingTrigger(world, {}, { since: world.now - MINUTE, told: known });
		await world.time.advance(MINUTE);
		expect(again.items).toMatchObject([{ messageId: 'm1' }]);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(items).toEqual([]);
	});

	it('fetches no text of what was told before a restart of n8n, or of what is no message', async () => {
		const { world, told: known, leave } = await told();
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		leave();
		const options = { since: world.now - MINUTE, told: known };
		const again = tellingTrigger(world, { fetchText: true }, options);
		const start = { event: 'conversationStarted', fetchText: true };
		const started = tellingTrigger(world, start, { key: 'w/other' });
		await world.time.until(() => again.subscriber.isLive && started.subscriber.isLive);
		await world.time.advance(MINUTE);
		world.say('c2', 'm2');
		await world.time.advance(SECOND);
		expect(started.items).toHaveLength(1);
		expect(again.items).toMatchObject([{ text: 'text of m2' }]);
		expect(bulkCalls(world).map(({ body }) => body)).toEqual([['m2']]);
	});

	it('waits for the text while the API is down, and tells the event in any case', async () => {
		const { world, items, teller } = await told({ fetchText: true });
		world.fault = NETWORK;
		const at = world.time.now;
		world.say('c1', 'm1');
		await world.time.advance(5 * MINUTE);
		expect(items).toEqual([]);
		expect(teller.waitingSince()).toBe(at);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(items).toMatchObject([{ messageId: 'm1', text: 'text of m1' }]);
		world.fault = NETWORK;
		world.say('c1', 'm2');
		await world.time.advance(12 * MINUTE);
		expect(items.at(-1)).toMatchObject({ messageId: 'm2', text: null });
		expect(teller.waitingSince()).toBeUndefined();
	});

	it('waits ten minutes in all, not for one event of a conversation after the other', async () => {
		const { world, items } = await told({ fetchText: true });
		world.fault = NETWORK;
		for (let n = 0; n < 6; n++) {
			world.say('c1', `m${n}`);
			await world.time.advance(SECOND);
		}
		await world.time.advance(15 * MINUTE);
		expect(items).toHaveLength(6);
	});

	it('gives an event without a time the time when it came, not when its text came', async () => {
		const { world, items } = await told({ fetchText: true });
		world.say('c1', 'm1');
		await world.time.advance(SECOND);
		world.fault = NETWORK;
		const messages = [{ message: { id: 'm2' } }];
		const customer = { id: 'c1-customer', purpose: 'customer', messages };
		const at = new Date(world.now).toISOString();
		world.publish(topicOf(QUEUE), { id: 'c1', participants: [customer] });
		await world.time.advance(5 * MINUTE);
		world.fault = undefined;
		await world.time.advance(2 * MINUTE);
		expect(items.at(-1)).toMatchObject({ messageId: 'm2', text: 'text of m2', eventTime: at });
	});

	it.each([
		['serverError', '500'],
		['notFound', '404'],
	] as const)('takes %s for no missing permission', async (reason, httpCode) => {
		const { world, items } = await told({ fetchText: true });
		const fault = { ...NETWORK, reason, httpCode, transient: reason === 'serverError' };
		world.fault = ({ path }) => (path.endsWith('/bulk') ? fault : undefined);
		world.say('c1', 'm1');
		await world.time.advance(12 * MINUTE);
		expect(items).toMatchObject([{ text: null }]);
		expect(world.log.filter((text) => text.includes('texts of messages'))).toEqual([
			`The texts of messages cannot be read (${reason}).`,
		]);
	});

	it('tells without the text, and says so once, when it may not be read', async () => {
		const { world, items } = await told({ fetchText: true });
		const forbidden = { ...NETWORK, reason: 'forbidden', transient: false } as const;
		world.fault = ({ path }) => (path.endsWith('/bulk') ? forbidden : undefined);
		world.say('c1', 'm1');
		world.say('c1', 'm2');
		await world.time.advance(SECOND);
		expect(items.map(({ text }) => text)).toEqual([null, null]);
		expect(world.log.filter((text) => text.includes('conversation:message:view'))).toHaveLength(1);
	});

	it('waits for a text that the rate limit forbids for longer than a call may wait', async () => {
		const { world, items } = await told({ fetchText: true });
		const tooLong = { ...NETWORK, reason: 'rateLimited', transient: false } as const;
		const hour = { ...tooLong, notCalled: true, retryAfterMs: 60 * MINUTE };
		world.fault = ({ path }) => (path.endsWith('/bulk') ? hour : undefined);
		world.say('c1', 'm1');
		await world.time.advance(3 * MINUTE);
		world.fault = undefined;
		await world.time.advance(MINUTE + SECOND);
		expect(items).toMatchObject([{ text: 'text of m1' }]);
	});

	it('tells nothing more after it has ended, not even what waits for its text', async () => {
		const { world, items, leave } = await told({ fetchText: true });
		world.say('c1', 'm1');
		leave();
		await world.time.advance(MINUTE);
		expect(items).toEqual([]);
	});
});
