import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator, type Simulator } from '../../simulator';
import { serve } from './serve';
import type { Moments, RateLimit, Tally, Talk } from './types';

const SEND = 'POST /api/v2/webchat/messaging';

let simulator: Simulator | undefined;

function running(): Simulator {
	if (!simulator) throw new Error('The simulator is not started.');
	return simulator;
}

/** Starts over: no messages, no counts, new rate windows. */
function begin(rateLimit: RateLimit): void {
	const { journal, stats } = running();
	running().configure({ rateLimit: rateLimit && { ...rateLimit } });
	journal.clear();
	stats.clear();
}

function tally(): Tally {
	const { journal, stats } = running();
	const { calls, statuses } = stats.of(SEND);
	const contacts = journal.byContact().size;
	return { accepted: journal.count, contacts, calls, refused: statuses[429] ?? 0 };
}

/** Customers write, one message after the other in even time, ten in a conversation. */
async function talk({ count, perSecond }: Talk): Promise<Moments> {
	const { people } = running();
	const written: Record<string, number> = {};
	let id = '';
	for (let index = 0; index < count; index++) {
		await sleep(1000 / perSecond);
		if (index % 10 === 0) ({ id } = people.start());
		const message = people.write(id, `Message ${index}`);
		written[message.id] = performance.timeOrigin + message.acceptedAt;
	}
	return written;
}

serve({
	async start(tls: { readonly key: string; readonly cert: string }) {
		simulator = await startSimulator({
			tls: { ...tls },
			unknownContacts: 'accept',
			rateLimit: null,
		});
		return simulator.url;
	},
	begin,
	tally,
	talk,
});
