import type { Contacts } from './contacts';
import type { Directory } from './directory/directory';
import type { FaultPlan } from './faults/plan';
import type { Journal } from './journal';
import type { Conversations } from './messaging/conversations';
import type { Messages } from './messaging/messages';
import type { Recipients } from './messaging/recipients';
import type { Settings } from './settings';
import type { Stats } from './stats';

/** A running simulator. */
export interface Simulator {
	/** Base URL, the login URL and the API URL alike. */
	readonly url: string;
	/** What was really accepted. */
	readonly journal: Journal;
	/** The customers' sessions. */
	readonly contacts: Contacts;
	/** What the organisation has: senders, templates, external contacts. */
	readonly directory: Directory;
	/** The recipients about whom something is special. */
	readonly recipients: Recipients;
	/** The accepted agentless messages and their status. */
	readonly messages: Messages;
	/** The message conversations. */
	readonly conversations: Conversations;
	/** The faults to come. */
	readonly faults: FaultPlan;
	/** Counts of calls. */
	readonly stats: Stats;
	/** The settings in force. */
	readonly settings: Readonly<Settings>;
	/** Changes settings; throws an Error with one sentence when one does not fit. */
	configure(changes: Partial<Settings>): void;
	/** Makes every issued access token invalid: calls with it are answered with 401. */
	revokeTokens(): void;
	/** Goes back to the start state. */
	reset(): void;
	/** Closes all connections and stops. May be called more than once. */
	stop(): Promise<void>;
}
