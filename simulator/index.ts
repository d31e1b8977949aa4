import { checkOptions } from './options';
import type { SimulatorOptions } from './options';
import { RunningSimulator } from './runningSimulator';
import type { Simulator } from './simulator';
import { SimulatorState } from './state';

export type { Contact, Contacts, SessionState } from './contacts';
export type { Fault, FaultAction, FaultEndpoint, FaultTarget } from './faults/fault';
export type { FaultPlan, PlannedFault } from './faults/plan';
export type { Journal, JournalEntry } from './journal';
export { DEFAULT_CLIENT } from './options';
export type { SimulatorOptions } from './options';
export type { RateLimit, Settings } from './settings';
export type { Simulator } from './simulator';
export type { EndpointStats, Stats, StatsSnapshot } from './stats';
export type { OAuthClient } from './tokens';

/**
 * Starts a simulator of Genesys Cloud on this machine.
 *
 * @param options see `SimulatorOptions`; all have defaults
 * @returns the running simulator, its start state made
 * @throws Error with one sentence when an option does not fit or the port is in use
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = new RunningSimulator(new SimulatorState(checkOptions(options)));
	await simulator.start();
	return simulator;
}
