import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../delivery/types';
import { isUnreachable } from '../failures/failure';
import { GUARDS } from '../resources/deliveryOptions';
import type { Operation } from '../resources/types';

/** How the messages of a run ended. */
interface Counts {
	sent: number;
	alreadySent: number;
	skipped: number;
	unreachable: number;
	failed: number;
}

/** Collects the output items of a run in the order of the input. */
export class Results {
	readonly counts: Counts = { sent: 0, alreadySent: 0, skipped: 0, unreachable: 0, failed: 0 };
	private readonly main: (readonly INodeExecutionData[] | undefined)[];
	private readonly unreachable: (INodeExecutionData | undefined)[] = [];

	/**
	 * @param input the run's items
	 * @param hasUnreachableOutput whether the node has the second output
	 */
	constructor(
		private readonly input: readonly INodeExecutionData[],
		readonly hasUnreachableOutput: boolean,
	) {
		this.main = new Array<readonly INodeExecutionData[] | undefined>(input.length);
	}

	/** What leaves for an item by the first output. */
	add(itemIndex: number, json: JsonObject | readonly JsonObject[]): void {
		const items: readonly JsonObject[] = isList(json) ? json : [json];
		this.main[itemIndex] = items.map((item) => ({
			json: { ...item } as IDataObject,
			pairedItem: { item: itemIndex },
		}));
	}

	/** A message that failed, with its item for the Continue modes. */
	addFailed(itemIndex: number, item: INodeExecutionData): void {
		this.counts.failed++;
		this.main[itemIndex] = [item];
	}

	/** A customer who cannot be reached: the input item goes on by the second output, with all its fields. */
	addUnreachable(itemIndex: number, details: IDataObject): void {
		this.counts.unreachable++;
		const { json = {}, binary } = this.input[itemIndex] ?? {};
		this.unreachable[itemIndex] = {
			json: marked({ ...json, [freeName(json)]: details }),
			...(binary && { binary }),
			pairedItem: { item: itemIndex },
		};
	}

	/** A customer who was taken for unreachable is a failed item after all. */
	withdrawUnreachable(itemIndex: number): void {
		this.counts.unreachable--;
		this.unreachable[itemIndex] = undefined;
	}

	/** The node's outputs: the messages, and the unreachable ones where there is an output. */
	outputs(): INodeExecutionData[][] {
		const main = this.main.flatMap((items) => items ?? []);
		const unreachable = this.unreachable.filter((item) => item !== undefined);
		return this.hasUnreachableOutput ? [main, unreachable] : [main];
	}
}

/** Whether an operation gave several items for one. */
export function isList(json: JsonObject | readonly JsonObject[]): json is readonly JsonObject[] {
	return Array.isArray(json);
}

/** The name under which the details are added: another one when the item has such a field already. */
function freeName(json: IDataObject): string {
	for (let name = 'details'; ; name = name === 'details' ? 'genesysCloudDetails' : `${name}_`) {
		if (!Object.hasOwn(json, name)) return name;
	}
}

/** n8n takes an item for an error when it has an `error` and nothing beside these fields. */
const ERROR_FIELDS: ReadonlySet<string> = new Set(['error', 'message', 'details']);

/** An item with such fields alone gets one more, or it would leave by the error output. */
function marked(json: IDataObject): IDataObject {
	const looksLikeError = json.error && Object.keys(json).every((key) => ERROR_FIELDS.has(key));
	return looksLikeError ? { ...json, unreachable: true } : json;
}

/** What a finished run tells about itself, beside its counts. */
export interface RunFacts {
	readonly kind: Operation['kind'];
	/** For how long the run waited for the rate limit, in ms. */
	readonly waitedMs: number;
	readonly dryRun: boolean;
	/** How many minutes the calls take that a dry run would have made. */
	readonly minutes: number;
	/** The reasons of what failed or was unreachable, with how many there were. */
	readonly reasons: ReadonlyMap<string, number>;
	/** How many keys could not be stored after their messages had ended, and the option that asks for keys. */
	readonly keysNotStored: number;
	readonly keyOption?: string | undefined;
}

/** From so many on, a run in which nobody can be reached looks like a wrong set-up. */
const SUSPICIOUS = 10;

/** The sentences that a finished run shows. */
export function summary(counts: Counts, facts: RunFacts): string {
	return [
		facts.dryRun ? rehearsed(counts, facts) : delivered(counts, facts),
		firstLook(counts, facts.reasons),
		facts.kind === 'send' && warning(counts, facts.reasons),
		facts.keysNotStored > 0 &&
			`Keys of '${facts.keyOption ?? GUARDS.sendOnceKey}' that n8n's database could not store: ${facts.keysNotStored}. A later execution may send such a message again, or take one that was refused for uncertain.`,
	]
		.filter(Boolean)
		.join(' ');
}

function delivered(counts: Counts, { kind, waitedMs }: RunFacts): string {
	const { sent, unreachable, failed, alreadySent, skipped } = counts;
	const parts = [
		kind === 'send' ? `${sent} sent` : `${sent} read`,
		unreachable > 0 && `${unreachable} ${kind === 'send' ? 'unreachable' : 'not found'}`,
		failed > 0 && `${failed} failed`,
		alreadySent > 0 && `${alreadySent} already sent by an earlier run`,
		skipped > 0 && `${skipped} skipped (the same Send Once Key as another customer)`,
		waitedMs >= 500 && `waited ${Math.round(waitedMs / 1000)} s for the rate limit`,
	];
	return `${kind === 'send' ? 'Messages' : 'Items'}: ${parts.filter(Boolean).join(', ')}.`;
}

function rehearsed(counts: Counts, { minutes, reasons }: RunFacts): string {
	const { sent, unreachable, failed, alreadySent, skipped } = counts;
	const why = [...reasons].map(([reason, count]) => `${count} '${reason}'`).join(', ');
	const parts = [
		`${sent} ready`,
		unreachable + failed > 0 && `${unreachable + failed} not ready (${why})`,
		alreadySent + skipped > 0 && `${alreadySent + skipped} would be skipped`,
	];
	const said = `Dry run, nothing was sent: ${parts.filter(Boolean).join(', ')}.`;
	if (minutes === 0) return said;
	const time = minutes === 1 ? 'less than a minute' : `about ${minutes} minutes`;
	return `${said} At the rate limit, sending takes ${time}.`;
}

/** In a long run, the commonest reason why items failed is the one to look into. */
function firstLook(
	{ failed, unreachable }: Counts,
	reasons: ReadonlyMap<string, number>,
): string | false {
	const left = (reason: string) => unreachable > 0 && isUnreachable({ reason });
	const [most] = [...reasons]
		.filter(([reason]) => reason !== 'runStopped' && !left(reason))
		.sort(([, a], [, b]) => b - a);
	return (
		failed >= SUSPICIOUS && most !== undefined && `Look first at '${most[0]}' (${most[1]} times).`
	);
}

/** A row that cannot be used says nothing about the set-up. */
function warning(
	{ sent, alreadySent, unreachable, failed }: Counts,
	reasons: ReadonlyMap<string, number>,
): string | false {
	const others = failed - (reasons.get('invalidInput') ?? 0);
	const nobody = sent + alreadySent + others === 0 && unreachable >= SUSPICIOUS;
	return (
		nobody &&
		'Not one customer could be reached: the set-up may be wrong. Check the credential, the sender and the IDs before you use another channel.'
	);
}

/**
 * How far a run came that ends with an error, and how to go on; empty when there is just one message.
 *
 * @param total how many messages the run has
 * @param isUncertain whether the message that failed, or others before this try, may have been delivered
 */
export function howFar({ sent, alreadySent }: Counts, total: number, isUncertain: boolean): string {
	if (total < 2) return '';
	const done = sent + alreadySent;
	if (done === 0) {
		return isUncertain
			? `None of the ${total} messages is known as sent, but some may have been.`
			: `None of the ${total} messages was sent.`;
	}
	const were = done === 1 ? 'was' : 'were';
	return `${done} of ${total} messages ${were} sent. To go on with the rest, put this item right or set 'On Error' to 'Continue', save, open this execution under 'Executions' and choose 'Retry' with the currently saved workflow. 'Execute Step' and a new execution would send to all again, unless a 'Send Once Key' or 'Once a Day' is set.`;
}
