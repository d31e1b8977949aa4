import { createPrng } from '../support/prng';
import { checkFault } from './check';
import type { Fault, FaultEndpoint, FaultTiming } from './fault';

/** A fault of a plan and how often it was played. */
export interface PlannedFault<AnyFault extends FaultTiming = Fault> {
	readonly id: number;
	readonly fault: AnyFault;
	/** Occasions that fitted the fault so far, hit or not. */
	seen: number;
	hits: number;
}

function timesOf({ times, first, probability }: FaultTiming): number {
	return times ?? first ?? (probability === undefined ? 1 : Infinity);
}

/**
 * Faults that are still to come. Of several that fit an occasion, the one added first is played and
 * the others wait for the next, so that a row of faults added one after the other plays as a row.
 */
export abstract class Plan<AnyFault extends FaultTiming> {
	readonly #seed: number;
	readonly #check: (input: unknown) => AnyFault;
	#random: () => number;
	#planned: PlannedFault<AnyFault>[] = [];
	#active: PlannedFault<AnyFault>[] = [];
	#lastId = 0;

	/**
	 * @param seed seed of the generator that faults with a probability draw from
	 * @param check returns the fault, or throws an Error with one sentence
	 */
	constructor(seed: number, check: (input: unknown) => AnyFault) {
		this.#seed = seed;
		this.#check = check;
		this.#random = createPrng(seed);
	}

	/**
	 * Adds a fault.
	 *
	 * @returns its number in the plan
	 * @throws Error with one sentence when the fault is not a valid one
	 */
	add(fault: AnyFault): number {
		this.#lastId += 1;
		const planned = { id: this.#lastId, fault: this.#check(fault), seen: 0, hits: 0 };
		this.#planned.push(planned);
		this.#active.push(planned);
		return planned.id;
	}

	/** All faults since the last clear, the used up ones included. */
	all(): readonly PlannedFault<AnyFault>[] {
		return this.#planned;
	}

	/** Forgets all faults and starts the random sequence anew. */
	clear(): void {
		this.#planned = [];
		this.#active = [];
		this.#random = createPrng(this.#seed);
	}

	/** Finds the fault for an occasion and counts it as played. */
	protected takeWhere(fits: (fault: AnyFault) => boolean): AnyFault | undefined {
		if (this.#active.length === 0) return undefined;
		let taken: PlannedFault<AnyFault> | undefined;
		for (const planned of this.#active) {
			if (!fits(planned.fault)) continue;
			planned.seen += 1;
			if (taken === undefined && this.#isDue(planned)) taken = planned;
		}
		if (taken === undefined) return undefined;
		taken.hits += 1;
		if (taken.hits >= timesOf(taken.fault)) {
			this.#active = this.#active.filter((planned) => planned !== taken);
		}
		return taken.fault;
	}

	#isDue({ fault, seen }: PlannedFault<AnyFault>): boolean {
		if (seen < (fault.nth ?? 1)) return false;
		return fault.probability === undefined || this.#random() < fault.probability;
	}
}

function endpointOf(fault: Fault): FaultEndpoint {
	return fault.endpoint ?? (fault.kind === 'tokenThrottle' ? 'token' : 'send');
}

/** The faults of HTTP calls. */
export class FaultPlan extends Plan<Fault> {
	/** @param seed of faults with a probability */
	constructor(seed: number) {
		super(seed, checkFault);
	}

	/**
	 * Finds the fault for a call and counts it as played.
	 *
	 * @param contactId the contact the call is for, if any
	 * @param route method and path, with the names of its parameters
	 */
	take(endpoint: FaultEndpoint, contactId?: string, route?: string): Fault | undefined {
		return this.takeWhere((fault) => {
			if (fault.route !== undefined) return fault.route === route;
			const wanted = endpointOf(fault);
			if (wanted !== 'any' && wanted !== endpoint) return false;
			return fault.contactId === undefined || fault.contactId === contactId;
		});
	}
}
