import { checkOptions } from './options';
import type { SimulatorOptions } from './options';
import { RunningSimulator } from './runningSimulator';
import type { Simulator } from './simulator';
import { SimulatorState } from './state';

export type { Contact, Contacts, SessionDetails, SessionState } from './contacts';
export { DEMO_CUSTOMERS, prepareDemo } from './demoContacts';
export type { DemoCustomer } from './demoContacts';
export type { Directory } from './directory/directory';
export type {
	Deployment,
	ExternalContact,
	Integration,
	Library,
	SmsNumber,
	Template,
} from './directory/records';
export { SEEDED } from './directory/seeds';
export type { Fault, FaultAction, FaultEndpoint, FaultTarget } from './faults/fault';
export type { FaultPlan, PlannedFault } from './faults/plan';
export type { Journal, JournalEntry } from './journal';
export type { Channel } from './messaging/channels';
export type { Conversation, ConversationParties } from './messaging/conversation';
export type { Conversations } from './messaging/conversations';
export type { FailureReason } from './messaging/failureReasons';
export type { Messages, MessageStatus, OutboundMessage, Progress } from './messaging/messages';
export type { RecipientRule, Recipients } from './messaging/recipients';
export type { MessageStatusTimes, MessagingSettings } from './messagingSettings';
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
