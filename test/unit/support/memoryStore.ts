import type { KeyStore } from '../../../nodes/GenesysCloud/delivery/sendOnce';

/** A store whose keys outlive the run. */
export class MemoryStore implements KeyStore {
	readonly keys: Set<string>;
	broken = false;

	constructor(...keys: string[]) {
		this.keys = new Set(keys);
	}

	async add(key: string): Promise<boolean> {
		await Promise.resolve();
		if (this.broken) throw new Error('store is away');
		const isNew = !this.keys.has(key);
		this.keys.add(key);
		return isNew;
	}

	async remove(key: string): Promise<void> {
		await Promise.resolve();
		if (this.broken) throw new Error('store is away');
		this.keys.delete(key);
	}
}

/** What the store holds of a message that is in flight, or whose end nobody knows. */
export const IN_DOUBT = ['a\u0000?', 'a'];
