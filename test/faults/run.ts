import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

import { createPrng } from '../../dev/simulator/support/prng';
import { WatchedStore } from '../engine/support/stores';
import { contactIds, customers } from '../engine/support/workflows';
import { Executions } from './executions';
import { repeated, type Violation } from './judge';
import { toTheEnd } from './plots';
import { CLIENT_SECRET } from './support/secrets';
import { startSecurely } from '../support/secure';
import type { FaultKind, RunSettings, Stage } from './types';

/** How many messages a run sends. */
export const MESSAGES = 200;

/** What came of a run. */
export interface RunReport {
	readonly violations: readonly Violation[];
	/** Contacts that got their message. */
	readonly delivered: number;
	/** Contacts that got it more than once, allowed or not. */
	readonly repeated: number;
}

/**
 * Makes one run of the campaign: the built package in n8n's engine sends 200 messages through the
 * faults of a kind; what is left after a failure is delivered by Retry Execution, with the fault gone.
 *
 * @param kind the fault kind
 * @param settings the node's settings
 * @param seed the campaign's seed
 * @returns what came of it
 */
export async function campaignRun(
	kind: FaultKind,
	settings: RunSettings,
	seed: number,
): Promise<RunReport> {
	const runSeed = seedOf(seed, kind.name, settings.index);
	// The node keeps its tokens by the client: each run has its own.
	const client = { clientId: `${kind.name}-${settings.index}`, clientSecret: CLIENT_SECRET };
	const simulator = await startSecurely({
		rateLimit: { allowed: 10_000, windowMs: 60_000 },
		unknownContacts: 'accept',
		seed: runSeed,
		...kind.simulator,
		clients: [client],
	});
	const ends: (() => unknown)[] = [];
	const mends: (() => unknown)[] = [() => simulator.faults.clear()];
	const ids = contactIds(MESSAGES);
	const violations: Violation[] = [];
	const stage: Stage = {
		simulator,
		ids,
		items: customers(...ids),
		journals: [simulator.journal],
		settings,
		random: createPrng(runSeed),
		hit: new Set(),
		urls: { loginUrl: simulator.url, apiUrl: simulator.url },
		keys: new WatchedStore(),
		onMend: (mend) => mends.push(mend),
		onEnd: (close) => ends.push(close),
		blame: (text) => violations.push({ category: 'other', text }),
	};
	try {
		await kind.arrange?.(stage);
		await (kind.plot ?? toTheEnd)(new Executions({ kind, stage, client, mends }, violations));
	} catch (error) {
		stage.blame(inspect(error));
	}
	for (const end of ends.reverse()) await end();
	await simulator.stop();
	const journal = stage.journals.flatMap((one) => one.all());
	return {
		violations,
		delivered: new Set(journal.map(({ contactId }) => contactId)).size,
		repeated: repeated(journal).length,
	};
}

/** Every run draws from a sequence of its own, so that it can be played again alone. */
function seedOf(seed: number, kind: string, index: number): number {
	return createHash('sha256').update(`${seed} ${kind} ${index}`).digest().readInt32LE();
}
