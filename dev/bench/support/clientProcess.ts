import { stringify } from 'flatted';

import { measure } from './meter';
import { SENDERS } from './senders';
import type { Item, Sender } from './senders/types';
import { serve } from './serve';
import { messageFor } from './text';
import type { Job, RunReport } from './types';

let job: Job | undefined;
let sender: Sender | undefined;
let items: Item[] = [];

/** Makes items as an API's answer would give them: parsed from JSON. */
function make(count: number): Item[] {
	return Array.from({ length: count }, (_value, index) => {
		const contactId = `contact-${index}`;
		const json = JSON.stringify({ contactId, message: messageFor(contactId) });
		return { json: JSON.parse(json) as Item['json'] };
	});
}

async function send(): ReturnType<Sender> {
	if (!sender) throw new Error('The client is not started.');
	return await sender(items);
}

serve({
	async start(options: Job) {
		job = options;
		sender = await SENDERS[options.sender](options);
	},

	/** Makes the items, so that a run's memory is what it takes beyond them. */
	prepare(count: number) {
		items = make(count);
		globalThis.gc?.();
	},

	/** Sends the prepared items. */
	async run(): Promise<RunReport> {
		const { result, reading } = await measure(send);
		const { nodeMs = 0, credentialMs = 0, contexts, error } = result;
		const ledgerBytes = contexts && job?.ledger && Buffer.byteLength(stringify(contexts));
		return {
			...reading,
			nodeMs,
			credentialMs,
			...(ledgerBytes !== undefined && ledgerBytes !== false && { ledgerBytes }),
			...(error !== undefined && { error }),
		};
	},
});
