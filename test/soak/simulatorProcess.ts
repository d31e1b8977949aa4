import { setTimeout as sleep } from 'node:timers/promises';

import { serve } from '../../dev/bench/support/serve';
import { startSimulator, type Fault, type Simulator } from '../../dev/simulator';
import { EXACTLY_ONCE, REFUSED, textFor } from './contacts';
import type { Tally } from './types';

const SEND = 'POST /api/v2/webchat/messaging';

/** Genesys Cloud's minute lasts a second here, so an hour lasts a minute. */
const RATE_LIMIT = { allowed: 300, windowMs: 1000 };
/** Tokens are used for half of this time, so they are renewed all the time. */
const TOKEN_LIFETIME_SECONDS = 10;
/** A socket's close takes two trips. */
const MOST_CLOSING_MS = 5_000;
const SEED = 20_261_122;

/** What goes wrong in the background; with a probability, from a seeded generator. */
const FAULTS: readonly Fault[] = [
	{ kind: 'status', status: 400, contactId: REFUSED, times: Infinity },
	{ kind: 'status', status: 503, probability: 0.01 },
	{ kind: 'status', status: 502, body: 'html', probability: 0.005 },
	{ kind: 'reset', probability: 0.01 },
	{ kind: 'latency', ms: 50, probability: 0.01 },
	{ kind: 'status', status: 429, headers: { 'Retry-After': '1' }, probability: 0.0005 },
	{ kind: 'status', status: 500, endpoint: 'token', probability: 0.05 },
	{ kind: 'tokenThrottle', probability: 0.01 },
];

let simulator: Simulator | undefined;
let talking: Promise<void> = Promise.resolve();

function running(): Simulator {
	if (!simulator) throw new Error('The simulator is not started.');
	return simulator;
}

/** A new conversation for every ten messages. */
async function talk(count: number, perSecond: number): Promise<void> {
	const { people } = running();
	const startedAt = performance.now();
	let id = '';
	for (let index = 0; index < count; index++) {
		const early = startedAt + (1000 * index) / perSecond - performance.now();
		if (early > 0) await sleep(early);
		if (index % 10 === 0) ({ id } = people.start());
		people.write(id, `Message ${index}`);
	}
}

function tally(): Tally {
	const { journal, stats } = running();
	const entries = [...journal.byContact()].filter(([id]) => id.startsWith(EXACTLY_ONCE));
	const messages = entries.flatMap(([, received]) => received);
	return {
		contacts: entries.length,
		doubled: messages.length - entries.length,
		wrong: messages.filter(({ contactId, message }) => message !== textFor(contactId)).length,
		statuses: stats.of(SEND).statuses,
		tokenRequests: stats.tokenRequests,
		connections: stats.connections,
		maxInFlight: stats.maxInFlight,
	};
}

serve({
	async start(tls: { readonly key: string; readonly cert: string }) {
		simulator = await startSimulator({
			tls: { ...tls },
			unknownContacts: 'accept',
			rateLimit: RATE_LIMIT,
			tokenLifetimeSeconds: TOKEN_LIFETIME_SECONDS,
			seed: SEED,
		});
		for (const fault of FAULTS) simulator.faults.add(fault);
		return simulator.url;
	},

	/** Every token is refused from now on: the node must notice by a 401. */
	revokeTokens() {
		running().revokeTokens();
	},

	/** Customers write, so many in a second; they go on while other calls are answered. */
	talk({ count, perSecond }: { count: number; perSecond: number }) {
		running().events.clear();
		talking = talk(count, perSecond);
	},

	/** The messages that customers have written since `talk`, once they all have. */
	async written(): Promise<string[]> {
		await talking;
		return running()
			.events.all('customerMessage')
			.flatMap(({ messageId }) => messageId ?? []);
	},

	/** Sockets of notifications that are open, at the earliest moment when there are none. */
	async socketsLeft(): Promise<number> {
		const deadline = performance.now() + MOST_CLOSING_MS;
		while (running().notifications.openSockets > 0 && performance.now() < deadline) await sleep(20);
		return running().notifications.openSockets;
	},

	tally,
});
