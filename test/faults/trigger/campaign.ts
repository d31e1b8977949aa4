import '../../engine/support/webSocket';

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { onLog, WorkflowDatabase } from '../../../dev/headless-n8n';
import type { Simulator } from '../../../dev/simulator';
import { CLIENT_SECRET, leaks } from '../support/secrets';
import { startSecurely } from '../../support/secure';
import { judgeEvents } from './judge';
import { dueFacts, Script } from './script';
import { Triggers } from './triggers';
import { EVENTS, type EventCounts, type TriggerFault, type TriggerReport } from './types';

/** Customers before the fault, and during it. */
const CUSTOMERS = 8;
/** A connection that is dead without a sign is given up after 35 s; then it takes some tries. */
const MAX_RECOVERY_MS = 150_000;
/** What is recovered is told slowly, one in 100 ms, of one trigger after another. */
const MAX_TELLING_MS = 120_000;
const CALL_EVERY_MS = 500;
const QUIET_MS = 1_500;

/**
 * Plays a fault: all events of the trigger, in n8n's engine over a real WebSocket, before, during and
 * after the fault. The simulator's journal of what was due is the judge.
 *
 * @param fault the fault
 * @returns what came of it
 */
export async function playFault(fault: TriggerFault): Promise<TriggerReport> {
	const startedAt = performance.now();
	const client = { clientId: `trigger-${fault.name}-${randomUUID()}`, clientSecret: CLIENT_SECRET };
	const simulator = await startSecurely({
		clients: [client],
		rateLimit: { allowed: 10_000, windowMs: 60_000 },
		messageStatusTimes: { sentMs: 100, finalMs: 300 },
		undeliveredAfterMs: 100,
		socketClosingMs: 3_000,
	});
	const others: string[] = [];
	let saidSo = fault.silent ?? false;
	const stopLog = onLog(({ message, metadata }) => {
		if (message.includes('cannot be recovered')) saidSo = true;
		if (leaks(`${message} ${JSON.stringify(metadata)}`)) others.push('the log holds a secret');
	});
	const database = new WorkflowDatabase();
	const script = new Script(simulator);
	const triggers = new Triggers({ url: simulator.url, client, database });
	const missing = () => countsOf(simulator, triggers, saidSo).some(({ lost }) => lost > 0);
	let counts: readonly EventCounts[] = [];
	try {
		await triggers.activate('activate');
		await script.play(CUSTOMERS);
		await waitWhile(missing, MAX_TELLING_MS);
		if (fault.restarts) await triggers.deactivate();
		fault.strike({ simulator, client });
		await script.play(CUSTOMERS);
		if (fault.restarts) await triggers.activate('init');
		if (!(await comesBack(triggers, script))) others.push('the trigger did not come back');
		simulator.notifications.faults.clear();
		await script.play(CUSTOMERS);
		await waitWhile(missing, MAX_TELLING_MS);
		await setTimeout(QUIET_MS);
		await triggers.deactivate();
		counts = countsOf(simulator, triggers, saidSo);
		const told = triggers.told.length;
		script.call();
		await setTimeout(QUIET_MS);
		if (triggers.told.length > told) others.push('something was told after the deactivation');
		if (triggers.errors > 0) others.push(`n8n was told of ${triggers.errors} errors`);
		const deaf = fault.deaf ? 1 : 0;
		if (simulator.notifications.openSockets > deaf) others.push('a socket stayed open');
	} catch (error) {
		others.push(String(error));
	}
	stopLog();
	await simulator.stop();
	const seconds = (performance.now() - startedAt) / 1000;
	return { fault: { name: fault.name, what: fault.what }, seconds, counts, others };
}

function countsOf(simulator: Simulator, { told }: Triggers, saidSo: boolean): EventCounts[] {
	return EVENTS.map((event) => {
		const ofIt = told.filter((one) => one.event === event);
		return judgeEvents(event, dueFacts(simulator, event), ofIt, saidSo);
	});
}

/** Customers call until one of them is told live. */
async function comesBack(triggers: Triggers, script: Script): Promise<boolean> {
	const isLive = () => triggers.lastSource('customerMessage') === 'live';
	const before = triggers.told.length;
	const deadline = performance.now() + MAX_RECOVERY_MS;
	while (performance.now() < deadline) {
		script.call();
		await setTimeout(CALL_EVERY_MS);
		if (triggers.told.length > before && isLive()) return true;
	}
	return false;
}

async function waitWhile(condition: () => boolean, longestMs: number): Promise<void> {
	const deadline = performance.now() + longestMs;
	while (condition() && performance.now() < deadline) await setTimeout(50);
}
