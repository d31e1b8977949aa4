import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ApiFailure } from '../failures/failure';

/** How the messages of a run ended. */
export interface Counts {
	sent: number;
	alreadySent: number;
	unreachable: number;
	failed: number;
}

/** The reasons that mean: this customer cannot be reached on this channel. */
const UNREACHABLE_REASONS: ReadonlySet<string> = new Set([
	'sessionExpired',
	'contactNotFound',
	'optedOut',
]);

/**
 * Whether a failure says that the customer cannot be reached, whatever is tried.
 *
 * @param failure the failure
 * @returns true for an ended session, an unknown contact, and one who does not want messages
 */
export function isUnreachable({ reason }: ApiFailure): boolean {
	return UNREACHABLE_REASONS.has(reason);
}

/** Collects the output items of a run in the order of the input. */
export class Results {
	readonly counts: Counts = { sent: 0, alreadySent: 0, unreachable: 0, failed: 0 };
	private readonly main: (INodeExecutionData | undefined)[];
	private readonly unreachable: (INodeExecutionData | undefined)[] = [];

	/**
	 * @param items how many items the run has
	 * @param hasUnreachableOutput whether the node has the second output
	 */
	constructor(
		items: number,
		readonly hasUnreachableOutput: boolean,
	) {
		this.main = new Array<INodeExecutionData | undefined>(items);
	}

	/** A message that was sent, now or by an earlier run of the node. */
	addSent(itemIndex: number, json: IDataObject, alreadySent: boolean): void {
		this.counts[alreadySent ? 'alreadySent' : 'sent']++;
		this.main[itemIndex] = { json, pairedItem: { item: itemIndex } };
	}

	/** A message that failed, with its item for the Continue modes. */
	addFailed(itemIndex: number, item: INodeExecutionData): void {
		this.counts.failed++;
		this.main[itemIndex] = item;
	}

	/** A customer who cannot be reached: the input item goes on by the second output. */
	addUnreachable(itemIndex: number, input: INodeExecutionData, details: IDataObject): void {
		this.counts.unreachable++;
		this.unreachable[itemIndex] = {
			json: { ...marked(input.json), details },
			...(input.binary && { binary: input.binary }),
			pairedItem: { item: itemIndex },
		};
	}

	/** @returns the node's outputs: the messages, and the unreachable ones where there is an output */
	outputs(): INodeExecutionData[][] {
		const present = (item: INodeExecutionData | undefined) => item !== undefined;
		const main = this.main.filter(present);
		return this.hasUnreachableOutput ? [main, this.unreachable.filter(present)] : [main];
	}
}

/** n8n takes an item for an error when it has an `error` and nothing beside these fields. */
const ERROR_FIELDS: ReadonlySet<string> = new Set(['error', 'message', 'details']);

/** An input item with such fields alone gets one more, or it would leave by the error output. */
function marked(json: IDataObject): IDataObject {
	const looksLikeError = json.error && Object.keys(json).every((key) => ERROR_FIELDS.has(key));
	return looksLikeError ? { ...json, unreachable: true } : json;
}
