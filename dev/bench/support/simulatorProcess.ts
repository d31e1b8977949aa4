import { startSimulator, type Simulator } from '../../simulator';
import { serve } from './serve';
import type { RateLimit, Tally } from './types';

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
});
