import type { Child } from '../../dev/bench/support/child';
import type { Engine } from '../../dev/headless-n8n';
import { runFailing, runStopped, runWhole } from './executions';
import type { SoakOptions } from './options';

/**
 * Runs a batch: executions at once, of which two are cut short, and in every other batch all access
 * tokens are revoked halfway.
 *
 * @param engine the engine
 * @param simulator the simulator's process
 * @param batch the batch's number, from 0
 * @param options how many executions of how many messages
 * @throws Error when an execution does not end as it should
 */
export async function runBatch(
	engine: Engine,
	simulator: Child,
	batch: number,
	{ executions, items }: SoakOptions,
): Promise<void> {
	const name = `b${batch}`;
	const whole = Array.from({ length: executions }, async (_value, index) => {
		await runWhole(engine, `${name}e${index}`, index, items);
	});
	const cutShort = [runStopped(engine, name, items), runFailing(engine, name, items)];
	if (batch % 2 === 1) await Promise.race(whole).then(() => simulator.call('revokeTokens'));
	await Promise.all([...whole, ...cutShort]);
}
