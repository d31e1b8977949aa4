import { randomUUID } from 'node:crypto';

import { deliverMessage } from '../../../nodes/GenesysCloud/delivery/deliverMessage';
import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import {
	SentKeys,
	type KeyState,
	type KeyStore,
} from '../../../nodes/GenesysCloud/delivery/sentKeys';
import type { Message, Sent, UncertainPolicy } from '../../../nodes/GenesysCloud/delivery/types';
import {
	failed,
	STOPPED,
	succeeded,
	type Failure,
	type Result,
} from '../../../nodes/GenesysCloud/failures/failure';
import { WorkflowKeyStore } from '../../../nodes/GenesysCloud/n8n/keyStore';
import { DeduplicationTable, World, type Worker } from './memoryWorld';

const failure = (delivered: Failure['delivered'], transient: boolean): Failure => ({
	reason: transient ? 'serverError' : 'badRequest',
	delivered,
	transient,
});
const SENT: Sent = { output: {}, receipt: { id: 'm-1' } };

/** What the server does with a call: whether the customer gets the message, and the answer. */
const BEHAVIOURS: readonly { readonly accepts: boolean; readonly answer: Result<Sent> }[] = [
	{ accepts: true, answer: succeeded(SENT) },
	{ accepts: true, answer: failed(failure('unknown', true)) },
	{ accepts: false, answer: failed(failure('unknown', true)) },
	{ accepts: false, answer: failed(failure('no', false)) },
	{ accepts: false, answer: failed(failure('no', true)) },
];

/** What must never happen, as seen from outside: the customers' inboxes and the answers of the store. */
class Observer {
	/** How often the customer of a key got the message. */
	readonly inbox = new Map<string, number>();
	/** Keys of which the store has confirmed that they were sent. */
	readonly known = new Set<string>();
	readonly violations: string[] = [];
	/** Keys whose doubt was interrupted more often in a row than it outlives. */
	readonly forgotten = new Set<string>();
	private readonly claimed = new Map<string, Worker>();
	private readonly interruptions = new Map<string, number>();

	deliver(key: string): void {
		this.inbox.set(key, (this.inbox.get(key) ?? 0) + 1);
	}

	/** A store whose answers are checked. */
	watch(store: WorkflowKeyStore, worker: Worker): KeyStore {
		// A killed worker's questions will never be answered.
		const asking: string[] = [];
		worker.whenKilled(() => {
			for (const key of asking) this.interrupted(key);
		});
		const ask = async (key: string, question: Promise<KeyState>) => {
			asking.push(key);
			try {
				const state = await question;
				this.interruptions.set(key, 0);
				return state;
			} catch (error) {
				this.interrupted(key);
				throw error;
			} finally {
				asking.splice(asking.indexOf(key), 1);
			}
		};
		return {
			claim: async (key) => {
				const wasKnown = this.known.has(key);
				const state = await ask(key, store.claim(key));
				if (wasKnown && state !== 'sent') this.violations.push(`${key} was sent, but is ${state}`);
				if (state === 'new') {
					if (this.claimed.has(key)) this.violations.push(`${key} was claimed twice`);
					this.claimed.set(key, worker);
				}
				return state;
			},
			accept: async (key) => {
				await store.accept(key);
				this.known.add(key);
			},
			forget: async (key) => {
				if (this.claimed.get(key) === worker) this.claimed.delete(key);
				await ask(
					key,
					store.forget(key).then(() => 'new'),
				);
			},
			peek: async (key) => await store.peek(key),
		};
	}

	private interrupted(key: string): void {
		const inARow = (this.interruptions.get(key) ?? 0) + 1;
		this.interruptions.set(key, inARow);
		if (inARow > 1) this.forgotten.add(key);
	}
}

/** What executions share: the time, the database, and the customers. */
export class Site {
	readonly world: World;
	readonly table: DeduplicationTable;
	readonly observer = new Observer();

	constructor(random: () => number) {
		this.world = new World(random);
		this.table = new DeduplicationTable(this.world);
	}

	storeOf(worker: Worker): WorkflowKeyStore {
		// A worker is a process of its own: it takes no turns with others.
		const clock = this.world.clockOf(worker, false);
		return new WorkflowKeyStore(this.table.helpersOf(worker), clock, randomUUID());
	}

	/**
	 * One execution with a message for each of `keys`, as the node runs it; n8n runs it again as long as it
	 * fails and `tries` allow.
	 *
	 * @param isHealthy whether the server accepts all messages
	 */
	async execute(
		worker: Worker,
		keys: readonly string[],
		uncertain: UncertainPolicy,
		tries: number,
		isHealthy: boolean,
	): Promise<void> {
		const ledger: LedgerStore = {};
		for (let attempt = 0; attempt < tries && !worker.isStopped; attempt++) {
			const outcomes = await this.runNode(worker, keys, uncertain, ledger, isHealthy);
			if (outcomes.every((outcome) => outcome?.status !== 'failed')) return;
		}
	}

	private async runNode(
		worker: Worker,
		keys: readonly string[],
		uncertain: UncertainPolicy,
		ledger: LedgerStore,
		isHealthy: boolean,
	) {
		const store = this.storeOf(worker);
		try {
			await store.open(true);
		} catch {
			return [];
		}
		const clock = this.world.clockOf(worker, true);
		const sentKeys = new SentKeys(this.observer.watch(store, worker), clock, () => undefined);
		const delivery = {
			memories: [new Ledger(ledger), sentKeys],
			retry: { maxAttempts: 2, backoffMs: 5, maxWaitMs: 1_000, uncertain },
			clock,
		};
		return await Promise.all(
			keys.map(
				async (key, index) =>
					await deliverMessage(delivery, this.message(worker, key, index, isHealthy)),
			),
		);
	}

	private message(worker: Worker, key: string, index: number, isHealthy: boolean): Message {
		return {
			identity: String(index),
			keys: [key],
			known: {},
			client: 'a',
			attempt: async (aboutToCall) => {
				if (worker.isStopped) return failed(STOPPED);
				aboutToCall();
				const drawn = Math.floor(this.world.random() * BEHAVIOURS.length);
				const { accepts, answer } = BEHAVIOURS[isHealthy ? 0 : drawn] ?? BEHAVIOURS[0]!;
				await this.world.travel(worker);
				if (accepts) this.observer.deliver(key);
				return answer;
			},
		};
	}
}
