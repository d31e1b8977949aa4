import type { KeyState, KeyStore } from '../../../nodes/GenesysCloud/delivery/sentKeys';

/** A store whose keys outlive the run. */
export class MemoryStore implements KeyStore {
	readonly states = new Map<string, KeyState>();
	readonly calls: string[] = [];
	/** Whether every call fails. */
	isBroken = false;
	/** What every call waits for first. */
	delay: Promise<void> = Promise.resolve();

	/** @param states what earlier executions left */
	constructor(states: Readonly<Record<string, KeyState>> = {}) {
		for (const [key, state] of Object.entries(states)) this.states.set(key, state);
	}

	async claim(key: string): Promise<KeyState> {
		await this.turn(`claim ${key}`);
		const before = await this.peek(key);
		if (before === 'new') this.states.set(key, 'inDoubt');
		return before;
	}

	async accept(key: string): Promise<void> {
		await this.turn(`accept ${key}`);
		this.states.set(key, 'sent');
	}

	async forget(key: string): Promise<void> {
		await this.turn(`forget ${key}`);
		this.states.delete(key);
	}

	async peek(key: string): Promise<KeyState> {
		await Promise.resolve();
		return this.states.get(key) ?? 'new';
	}

	/** All that is stored. */
	get all(): Record<string, KeyState> {
		return Object.fromEntries(this.states);
	}

	private async turn(call: string): Promise<void> {
		this.calls.push(call);
		await this.delay;
		if (this.isBroken) throw new Error('store is away');
	}
}
