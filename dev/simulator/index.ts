import { Simulator } from './simulator';
import type { SimulatorOptions } from './simulator';

export { DEMO_CUSTOMERS, prepareDemo } from './demo';
export type { DemoCustomer } from './demo';
export type { Fault, FaultAction, FaultEndpoint, FaultTarget } from './faults/fault';
export type { NotificationFault, NotificationFaultAction } from './faults/notificationFaults';
export type { FaultPlan, PlannedFault } from './faults/plan';
export type { Contact, Contacts, SessionDetails, SessionState } from './model/contacts';
export type { Directory } from './model/directory/directory';
export type {
	Deployment,
	ExternalContact,
	Integration,
	Library,
	Queue,
	SmsNumber,
	Template,
} from './model/directory/records';
export { SEEDED } from './model/directory/seeds';
export type { DueEvent, EventKind, Events } from './model/events';
export type { Journal, JournalEntry } from './model/journal';
export type { Channel } from './model/messaging/channels';
export type { Conversation, ConversationParties } from './model/messaging/conversation';
export type { Conversations } from './model/messaging/conversations';
export type { FailureReason } from './model/messaging/failureReasons';
export type {
	Author,
	Message,
	Messages,
	MessageStatus,
	Progress,
} from './model/messaging/messages';
export type { Beginning, People } from './model/messaging/people';
export type { RecipientRule, Recipients } from './model/messaging/recipients';
export type { MessageStatusTimes, MessagingSettings } from './model/messagingSettings';
export type { NotificationChannel } from './model/notifications/channels';
export type { Notifications } from './model/notifications/notifications';
export type { NotificationSettings } from './model/notificationSettings';
export type { RateLimit, Settings } from './model/settings';
export type { EndpointStats, Stats, StatsSnapshot } from './model/stats';
export type { OAuthClient } from './model/tokens';
export { DEFAULT_CLIENT } from './options';
export type { Simulator, SimulatorOptions } from './simulator';

/**
 * Starts a simulator of Genesys Cloud on this machine.
 *
 * @param options see `SimulatorOptions`; all have defaults
 * @returns the running simulator, its start state made
 * @throws Error with one sentence when an option does not fit or the port is in use
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = new Simulator(options);
	await simulator.start();
	return simulator;
}
