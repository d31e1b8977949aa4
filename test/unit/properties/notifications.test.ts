import * as fc from 'fast-check';

import { runs } from '../../support/runs';
import type { NodeVersion } from '../support/fakeSocket';
import { NETWORK, NotificationWorld } from '../support/notificationWorld';
import { QUEUE, topicOf } from '../support/playedConversation';
import { tellingTrigger } from '../support/toldWorld';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What goes wrong, or just happens. */
const FAULTS = {
	drop: (world) => world.socket?.end('lost'),
	halfOpen: (world) => {
		if (world.socket) world.socket.halfOpen = true;
	},
	evicted: (world) =>
		world.endChannels({
			topicName: 'v2.system.no_longer_subscribed.x',
			eventBody: { reason: 'x' },
		}),
	revoked: (world) => world.endChannels({ topicName: 'v2.system.token_revoked.x', eventBody: {} }),
	gone: (world) => world.endChannels(),
	closing: (world) => world.socket?.push({ topicName: 'v2.system.socket_closing', eventBody: {} }),
	refuse: (world) => {
		world.handshake = 'refuse';
		world.socket?.end('lost');
	},
	hang: (world) => {
		world.handshake = 'hang';
		world.socket?.end('lost');
	},
	outage: (world) => {
		world.fault = NETWORK;
		world.socket?.end('lost');
	},
	apiDown: (world) => {
		world.fault = { ...NETWORK, reason: 'serverError', httpCode: '503' };
	},
	apiHtml: (world) => {
		world.fault = { ...NETWORK, reason: 'unexpectedResponse', transient: false };
	},
	throttled: (world) => {
		world.fault = { ...NETWORK, reason: 'rateLimited', httpCode: '429', retryAfterMs: 7 * SECOND };
	},
	better: (world) => {
		world.fault = undefined;
		world.handshake = 'open';
	},
	garbage: (world) => world.socket?.push('{"topicName": "v2.routing'),
	repeat: (world) => {
		const bodies = world.bodies.slice(-3).reverse();
		for (const body of bodies) world.socket?.push({ topicName: topicOf(QUEUE), eventBody: body });
	},
} satisfies Record<string, (world: NotificationWorld) => void>;

type Step =
	| { readonly fault: keyof typeof FAULTS; readonly afterMs: number }
	| { readonly say: number; readonly afterMs: number }
	| { readonly end: number; readonly afterMs: number };

const afterMs = fc.oneof(
	fc.integer({ min: 0, max: 500 }),
	fc.integer({ min: 0, max: 50 * SECOND }),
	fc.integer({ min: 0, max: 8 * MINUTE }),
);

const steps = fc.array(
	fc.oneof(
		{ weight: 3, arbitrary: fc.record({ say: fc.nat({ max: 4 }), afterMs }) },
		{ weight: 1, arbitrary: fc.record({ end: fc.nat({ max: 4 }), afterMs }) },
		{
			weight: 3,
			arbitrary: fc.record({
				fault: fc.constantFrom(...(Object.keys(FAULTS) as (keyof typeof FAULTS)[])),
				afterMs,
			}),
		},
	),
	{ minLength: 1, maxLength: 25 },
);

const worlds = fc.record({
	steps,
	version: fc.constantFrom<NodeVersion>(22, 24),
	lagMs: fc.constantFrom(0, 30 * SECOND, 4 * MINUTE),
	lifeMs: fc.constantFrom(24 * 60 * MINUTE, 12 * MINUTE),
	fetchText: fc.boolean(),
});

async function play(world: NotificationWorld, step: Step, due: string[]): Promise<void> {
	if ('fault' in step) {
		FAULTS[step.fault](world);
	} else if ('say' in step) {
		const id = `m${due.length}`;
		due.push(id);
		world.say(`c${step.say}`, id);
	} else {
		world.end(`c${step.end}`);
	}
	await world.time.advance(step.afterMs);
}

describe('the events of a trigger, whatever happens to the connection', () => {
	it('are each told once, over one socket at a time, or two while one takes over', async () => {
		const property = fc.asyncProperty(
			worlds,
			async ({ steps: list, version, lagMs, lifeMs, fetchText }) => {
				const world = new NotificationWorld();
				world.version = version;
				world.analyticsLagMs = lagMs;
				world.channelLifeMs = lifeMs;
				const trigger = tellingTrigger(world, { fetchText });
				const due: string[] = [];
				for (const step of list) await play(world, step, due);
				FAULTS.better(world);
				await world.time.advance(40 * MINUTE);
				expect(trigger.items.map(({ messageId }) => messageId).sort()).toEqual([...due].sort());
				expect(new Set(trigger.keys).size).toBe(trigger.keys.length);
				expect(world.mostLive).toBeLessThanOrEqual(2);
				// One may just be taking over from another.
				expect([1, 2]).toContain(world.live.length);
				trigger.leave();
				world.say('c0', 'too late');
				await world.time.advance(10 * MINUTE);
				expect(trigger.items).toHaveLength(due.length);
				expect(world.live).toHaveLength(0);
			},
		);
		await fc.assert(property, runs(150));
	});

	it('are each told once when n8n is started again in between, in any state', async () => {
		const property = fc.asyncProperty(
			worlds,
			fc.nat({ max: 25 }),
			async ({ steps: list, version, lagMs }, at) => {
				const world = new NotificationWorld();
				world.version = version;
				world.analyticsLagMs = lagMs;
				const due: string[] = [];
				const first = tellingTrigger(world);
				for (const step of list.slice(0, at)) await play(world, step, due);
				const since = first.membership.receivedUntil();
				first.leave();
				await world.time.advance(MINUTE);
				const second = tellingTrigger(world, {}, { since: since - 2 * MINUTE, told: first.told });
				for (const step of list.slice(at)) await play(world, step, due);
				FAULTS.better(world);
				await world.time.advance(40 * MINUTE);
				const told = [...first.items, ...second.items].map(({ messageId }) => messageId);
				expect(told.sort()).toEqual([...due].sort());
				second.leave();
			},
		);
		await fc.assert(property, runs(100));
	});
});
