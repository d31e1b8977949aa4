import * as fc from 'fast-check';

import { createClient } from '../../../nodes/GenesysCloud/api/client';
import { tokenPoolOf } from '../../../nodes/GenesysCloud/api/connect';
import { runs } from '../../support/runs';
import { CREDENTIALS } from '../support/credentials';
import { TokenServer, type ServerRules } from '../support/tokenServer';
import { VirtualClock } from '../support/virtualClock';

const CLIENTS = ['a', 'b'] as const;
let run = 0;

interface World {
	readonly rules: ServerRules;
	/** Tokens that a client may use in parallel. */
	readonly maxTokens: number;
	/** Messages of a client in flight at once. */
	readonly lanes: number;
	/** Messages of a client. */
	readonly messages: number;
}

const worlds = fc.record<World>({
	rules: fc.record<ServerRules>({
		allowed: fc.integer({ min: 10, max: 30 }),
		windowMs: fc.constantFrom(10_000, 60_000),
		lifeSeconds: fc.constantFrom(30, 90, 86_400),
		revokedAtCall: fc.nat({ max: 60 }),
		latencies: fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 12 }),
		throttles: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
	}),
	maxTokens: fc.integer({ min: 1, max: 3 }),
	lanes: fc.integer({ min: 1, max: 10 }),
	messages: fc.integer({ min: 1, max: 100 }),
});

/** Sends all messages of both clients at once; returns their outcomes and the server. */
async function sendAll({ rules, maxTokens, lanes, messages }: World) {
	const clock = new VirtualClock();
	const server = new TokenServer(clock, rules);
	const outcomes: string[] = [];
	run++;
	const sends = CLIENTS.flatMap((name) => {
		const credentials = { ...CREDENTIALS, clientId: `${name}-${run}` };
		const call = createClient({
			apiUrl: 'https://api.mypurecloud.de',
			tokens: tokenPoolOf(credentials),
			clock,
			http: server.httpOf(name),
			maxTokens,
			timeoutMs: 30_000,
			maxWaitMs: 180_000,
		});
		let left = messages;
		return Array.from({ length: lanes }, async () => {
			while (left-- > 0) {
				const result = await call({ method: 'POST', path: '/x', body: {} });
				outcomes.push(result.ok ? 'sent' : result.failure.reason);
			}
		});
	});
	await clock.run(Promise.all(sends));
	return { server, outcomes };
}

describe('a token pool, whatever the server does', () => {
	it('lets every message go out, in its client and its window, and fetches no token twice', async () => {
		const property = fc.asyncProperty(worlds, async (world) => {
			const { server, outcomes } = await sendAll(world);
			expect(outcomes).toEqual(Array(CLIENTS.length * world.messages).fill('sent'));
			expect(server.foreign).toBe(0);
			expect(server.refused).toBe(0);
			expect(server.mostFetching).toBeLessThanOrEqual(world.maxTokens);
		});
		await fc.assert(property, runs(60));
	});
});
