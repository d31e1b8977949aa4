import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { JournalEntry } from '../../dev/simulator';
import type { OnError, Uncertain } from './types';

/** What the judge looks for. */
export const CATEGORIES = [
	'lost',
	'doubled',
	'wronglyReported',
	'wrongOutput',
	'wrongReason',
	'other',
] as const;

/** One violation of what the node promises. */
export interface Violation {
	readonly category: (typeof CATEGORIES)[number];
	readonly text: string;
}

/** What the judge is told of a run. */
export interface Evidence {
	/** The contacts in the order of the input items; each is written to once. */
	readonly ids: readonly string[];
	/** The simulator's journal: what was really accepted. */
	readonly journal: readonly Pick<JournalEntry, 'id' | 'contactId'>[];
	readonly uncertain: Uncertain;
	/** Whether at-least-once may have repeated a message here. */
	readonly repeats: boolean;
	/** The failures that are right here, as `reason/delivered`. */
	readonly failures: readonly string[];
	/** Whether the fault may have hit a contact. */
	readonly mayFail: (contactId: string) => boolean;
}

/** What a run reported that ended without an error: the items of the node's outputs. */
export interface Report {
	readonly onError: OnError;
	readonly outputs: readonly (readonly INodeExecutionData[])[];
}

type Found = (category: Violation['category'], text: string) => void;

/**
 * Looks for messages that were accepted more often than allowed.
 *
 * @param evidence the run
 * @returns the violations
 */
export function judgeJournal({ journal, uncertain, repeats }: Evidence): Violation[] {
	if (uncertain === 'retry' && repeats) return [];
	return repeated(journal).map((contactId) => ({
		category: 'doubled',
		text: `${contactId} got its message more than once`,
	}));
}

/**
 * The contacts that got their message more than once.
 *
 * @param journal what was accepted
 * @returns each such contact, once
 */
export function repeated(journal: Evidence['journal']): string[] {
	const seen = new Set<string>();
	const twice = journal.filter(({ contactId }) => seen.size === seen.add(contactId).size);
	return [...new Set(twice.map(({ contactId }) => contactId))];
}

/**
 * Judges what a run reported against what was really accepted.
 *
 * @param evidence the run
 * @param report its items
 * @returns the violations
 */
export function judgeReport(evidence: Evidence, { onError, outputs }: Report): Violation[] {
	const { ids } = evidence;
	const violations: Violation[] = [];
	const found: Found = (category, text) => violations.push({ category, text });
	const failureOutput = onError === 'continueErrorOutput' ? 1 : 0;
	const outcomes = new Map<number, number>();
	outputs.forEach((items, output) => {
		let last = -1;
		for (const item of items) {
			const index = sourceOf(item);
			const contactId = ids[index];
			if (contactId === undefined) {
				found('wrongOutput', `an item of output ${output} belongs to no input item`);
				continue;
			}
			if (index <= last) found('wrongOutput', `${contactId} is out of order`);
			last = index;
			outcomes.set(index, (outcomes.get(index) ?? 0) + 1);
			const failed = item.json.error !== undefined;
			if (output !== (failed ? failureOutput : 0)) {
				found('wrongOutput', `${contactId} ${failed ? 'failed' : 'was sent'}: output ${output}`);
			}
			if (failed) judgeFailure(evidence, contactId, detailsOf(item), found);
			else judgeSuccess(evidence, contactId, item.json, found);
		}
	});
	ids.forEach((contactId, index) => {
		const count = outcomes.get(index) ?? 0;
		if (count === 0) found('lost', `${contactId} has no outcome`);
		if (count > 1) found('wrongOutput', `${contactId} has ${count} outcomes`);
	});
	return violations;
}

/**
 * Judges the error that ended a run.
 *
 * @param evidence the run
 * @param error the index of its item and its details
 * @returns the violations
 */
export function judgeError(
	evidence: Evidence,
	{ itemIndex, details }: { itemIndex: unknown; details: unknown },
): Violation[] {
	const violations: Violation[] = [];
	const found: Found = (category, text) => violations.push({ category, text });
	const contactId = evidence.ids[Number(itemIndex)];
	if (contactId === undefined) found('wronglyReported', 'the error names no item');
	else judgeFailure(evidence, contactId, (details ?? {}) as IDataObject, found);
	return violations;
}

function judgeSuccess(
	{ journal }: Evidence,
	contactId: string,
	json: IDataObject,
	found: Found,
): void {
	const accepted = journal.filter((entry) => entry.contactId === contactId);
	if (accepted.length === 0) {
		found('lost', `${contactId} was reported as sent and never accepted`);
		return;
	}
	if (json.contactId !== contactId) found('wronglyReported', `${contactId} has a foreign answer`);
	// A message that a Send Once Key skipped has no ID: only the key is stored.
	const known = json.id === undefined && json.alreadySent === true;
	if (!known && !accepted.some(({ id }) => id === json.id)) {
		found('wronglyReported', `${contactId} was reported with an ID that was never given`);
	}
}

function judgeFailure(
	{ journal, failures, mayFail }: Evidence,
	contactId: string,
	{ reason, delivered }: Record<string, unknown>,
	found: Found,
): void {
	const said = `${String(reason)}/${String(delivered)}`;
	// Where the store of keys failed, nobody asked what an earlier execution has sent.
	const ofThisRun = reason !== 'keyStore';
	if (delivered === 'no' && ofThisRun && journal.some((entry) => entry.contactId === contactId)) {
		found('wronglyReported', `${contactId} was accepted and reported as not delivered`);
	}
	if (!failures.includes(said)) found('wrongReason', `${contactId} failed: ${said}`);
	else if (!mayFail(contactId)) found('wronglyReported', `${contactId} failed unharmed: ${said}`);
}

function detailsOf({ json }: INodeExecutionData): IDataObject {
	return (json.details ?? {}) as IDataObject;
}

function sourceOf({ pairedItem }: INodeExecutionData): number {
	const { item } = (pairedItem ?? {}) as { item?: number };
	return item ?? -1;
}
