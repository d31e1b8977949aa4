import { createPrng } from '../support/prng';
import { checkFault } from './check';
import type { Fault, FaultEndpoint } from './fault';

/** A fault of the plan and how often it was played. */
export interface PlannedFault {
	readonly id: number;
	readonly fault: Fault;
	/** Calls that fitted the fault so far, hit or not. */
	seen: number;
	hits: number;
}

function timesOf(fault: Fault): number {
	return fault.times ?? fault.first ?? (fault.probability === undefined ? 1 : Infinity);
}

function endpointOf(fault: Fault): FaultEndpoint {
	return fault.endpoint ?? (fault.kind === 'tokenThrottle' ? 'token' : 'send');
}

function matches(fault: Fault, endpoint: FaultEndpoint, contactId: string | undefined): boolean {
	const wanted = endpointOf(fault);
	if (wanted !== 'any' && wanted !== endpoint) return false;
	return fault.contactId === undefined || fault.contactId === contactId;
}

/**
 * The faults that are still to come. Of several that fit a call, the one added first is played and
 * the others wait for the next call, so that a row of faults added one after the other plays as a row.
 */
export class FaultPlan {
	readonly #seed: number;
	#random: () => number;
	#planned: PlannedFault[] = [];
	#active: PlannedFault[] = [];
	#lastId = 0;

	/** @param seed seed of the generator that faults with a probability draw from */
	constructor(seed: number) {
		this.#seed = seed;
		this.#random = createPrng(seed);
	}

	/**
	 * Adds a fault.
	 *
	 * @returns its number in the plan
	 * @throws Error with one sentence when the fault is not a valid one
	 */
	add(fault: Fault): number {
		this.#lastId += 1;
		const planned = { id: this.#lastId, fault: checkFault(fault), seen: 0, hits: 0 };
		this.#planned.push(planned);
		this.#active.push(planned);
		return planned.id;
	}

	/** All faults since the last clear, the used up ones included. */
	all(): readonly PlannedFault[] {
		return this.#planned;
	}

	/** Forgets all faults and starts the random sequence anew. */
	clear(): void {
		this.#planned = [];
		this.#active = [];
		this.#random = createPrng(this.#seed);
	}

	/**
	 * Finds the fault for a call and counts it as played.
	 *
	 * @param endpoint the call's endpoint
	 * @param contactId the contact the call is for, if any
	 */
	take(endpoint: FaultEndpoint, contactId?: string): Fault | undefined {
		if (this.#active.length === 0) return undefined;
		let taken: PlannedFault | undefined;
		for (const planned of this.#active) {
			if (!matches(planned.fault, endpoint, contactId)) continue;
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

	#isDue({ fault, seen }: PlannedFault): boolean {
		if (seen < (fault.nth ?? 1)) return false;
		return fault.probability === undefined || this.#random() < fault.probability;
	}
}
