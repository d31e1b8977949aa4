import { setTimeout as sleep } from 'node:timers/promises';

import { createEngine, loadPackage, type ActiveWorkflow } from '../../headless-n8n';
import { DEFAULT_CLIENT } from '../../simulator';
import { listeningWorkflow } from './listeningWorkflow';
import { ROOT } from './senders/nodes';
import { serve } from './serve';
import type { Moments } from './types';

const CREDENTIAL_ID = 'bench';
/** After the last message was written: what is on its way is told in this time. */
const MOST_DELAY_MS = 10_000;

let active: ActiveWorkflow | undefined;

serve({
	/** Publishes a workflow that customers' messages start. */
	async listen({ url, fetchText }: { readonly url: string; readonly fetchText: boolean }) {
		const { clientId, clientSecret } = DEFAULT_CLIENT;
		const data = { environment: 'custom', loginUrl: url, apiUrl: url, clientId, clientSecret };
		const credential = { name: 'Simulator', type: 'genesysCloudApi', data };
		const engine = createEngine({
			packages: [await loadPackage(ROOT)],
			credentials: { [CREDENTIAL_ID]: credential },
		});
		active = await engine.activate(listeningWorkflow(CREDENTIAL_ID, fetchText));
	},

	/** When each message was emitted, once there are so many. */
	async told(count: number): Promise<Moments> {
		const { emits = [] } = active ?? {};
		const deadline = performance.now() + MOST_DELAY_MS;
		while (emits.length < count && performance.now() < deadline) await sleep(20);
		return Object.fromEntries(
			emits.map(({ output, emittedAt }) => [output[0]?.[0]?.json.messageId, emittedAt]),
		) as Moments;
	},
});
