import '../engine/support/webSocket';

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Child } from '../../dev/bench/support/child';
import { listeningWorkflow } from '../../dev/bench/support/listeningWorkflow';
import type { ActiveWorkflow, Engine } from '../../dev/headless-n8n';
import { CREDENTIAL_ID } from './executions';
import type { Burst, Listened } from './types';

/** After the last message was written: what is on its way is told in this time. */
const MOST_DELAY_MS = 30_000;
const NS_PER_MS = 1e6;

/** How much customers write. */
interface Talk {
	readonly count: number;
	readonly perSecond: number;
}

/**
 * A trigger listens while customers write, and is deactivated.
 *
 * @param engine the engine
 * @param simulator the simulator's process
 * @param talk how much they write
 * @param beside what else goes on meanwhile
 * @returns what was told
 */
export async function listenTo(
	engine: Engine,
	simulator: Child,
	talk: Talk,
	beside: () => Promise<void> = async () => await Promise.resolve(),
): Promise<Listened> {
	const active = await engine.activate(listeningWorkflow(CREDENTIAL_ID, false));
	await simulator.call('talk', talk);
	await beside();
	const written = await simulator.call<string[]>('written');
	await told(active, written.length);
	await active.deactivate();
	const ids = active.emits.flatMap(({ output }) =>
		output.flat().map(({ json }) => json.messageId as string),
	);
	const unique = new Set(ids);
	return {
		due: written.length,
		told: written.filter((id) => unique.has(id)).length,
		doubled: ids.length - unique.size,
		socketsLeft: await simulator.call<number>('socketsLeft'),
	};
}

/** Customers write a hundred messages in a second, for so many seconds. */
export async function burst(engine: Engine, simulator: Child, seconds: number): Promise<Burst> {
	const perSecond = 100;
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	const listened = await listenTo(engine, simulator, { count: seconds * perSecond, perSecond });
	delay.disable();
	return { ...listened, perSecond, delayP99Ms: delay.percentile(99) / NS_PER_MS };
}

async function told({ emits }: ActiveWorkflow, count: number): Promise<void> {
	const deadline = performance.now() + MOST_DELAY_MS;
	while (emits.length < count && performance.now() < deadline) await sleep(20);
}
