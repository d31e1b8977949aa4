import { randomUUID } from 'node:crypto';

import { isRecord } from '../../support/checks';
import type { Check } from '../../support/checks';

/** What is needed to add a record: what has no default; the rest may be given. */
type NewRecord<T extends object, Defaulted extends keyof T> = Omit<T, Defaulted> &
	Partial<Pick<T, Defaulted>>;

/** Records of one kind, by ID. */
export class Collection<T extends { readonly id: string }, Defaulted extends keyof T = 'id'> {
	readonly #records = new Map<string, T>();

	/**
	 * @param checks what values each field takes; a field that is not given is not checked
	 * @param defaults the values of fields that are not given; the ID is a new UUID
	 */
	constructor(
		private readonly checks: Record<Exclude<keyof T, 'id'>, Check>,
		private readonly defaults: Omit<Pick<T, Defaulted>, 'id'>,
		private readonly required: readonly (keyof T)[],
	) {}

	/**
	 * Adds a record, or replaces the one with its ID.
	 *
	 * @returns the record, complete
	 * @throws Error with one sentence when a field is unknown, missing or does not fit
	 */
	add(record: NewRecord<T, Defaulted | 'id'>): T {
		const given: unknown = record;
		if (!isRecord(given)) throw new Error('A record must be an object.');
		const complete = { id: randomUUID(), ...this.defaults, ...given };
		this.#check(complete);
		const added = complete as unknown as T;
		this.#records.set(added.id, added);
		return added;
	}

	/** One record, or undefined when the ID is unknown. */
	get(id: string): T | undefined {
		return this.#records.get(id);
	}

	/** All records, in the order they were added. */
	all(): T[] {
		return [...this.#records.values()];
	}

	/** Removes a record. Returns false when there is none. */
	remove(id: string): boolean {
		return this.#records.delete(id);
	}

	/** Removes all records. */
	clear(): void {
		this.#records.clear();
	}

	#check(record: Record<string, unknown>): void {
		for (const [name, value] of Object.entries(record)) {
			if (name === 'id') continue;
			if (!Object.hasOwn(this.checks, name)) {
				const names = Object.keys(this.checks).join(', ');
				throw new Error(`There is no field "${name}". There are: id, ${names}.`);
			}
			const [fits, expected] = this.checks[name as Exclude<keyof T, 'id'>];
			if (!fits(value)) throw new Error(`The field "${name}" must be ${expected}.`);
		}
		const missing = this.required.find((name) => record[String(name)] === undefined);
		if (missing !== undefined) throw new Error(`The field "${String(missing)}" is missing.`);
		if (typeof record.id !== 'string' || record.id === '') {
			throw new Error('The field "id" must be a text that is not empty.');
		}
	}
}
