import type { EventKind } from '../../../dev/simulator';
import { NOT_RECOVERABLE, type EventCounts, type Fact } from './types';

/** A fact that the trigger told. */
export interface Told extends Fact {
	readonly source: 'live' | 'recovered';
}

/**
 * Compares what the trigger told with what was due.
 *
 * @param event the kind of event
 * @param due what was due, oldest first
 * @param told what was told, in order
 * @param saidSo whether the log says that events could not be recovered, or nobody can notice them
 * @returns what became of the due events
 */
export function judgeEvents(
	event: EventKind,
	due: readonly Fact[],
	told: readonly Told[],
	saidSo: boolean,
): EventCounts {
	const dueIds = new Set(due.map(({ id }) => id));
	const first = new Map<string, Told>();
	for (const one of told) if (!first.has(one.id)) first.set(one.id, one);
	const missing = due.filter(({ id }) => !first.has(id));
	const excused = missing.filter(
		(fact) =>
			(saidSo && NOT_RECOVERABLE.has(event)) ||
			(event === 'messageStatus' && wasOvertaken(fact, due, first)),
	);
	const found = due.length - missing.length;
	const recovered = [...first.values()].filter(
		({ id, source }) => source === 'recovered' && dueIds.has(id),
	);
	return {
		event,
		due: due.length,
		told: found,
		recovered: recovered.length,
		doubled: told.length - first.size,
		invented: [...first.values()].filter((one) => isInvented(one, dueIds, due)).length,
		notRecoverable: excused.length,
		lost: missing.length - excused.length,
	};
}

/** A status that lasts for a moment may be seen in passing, before the journal notes that it has come. */
function isInvented(told: Told, dueIds: ReadonlySet<string>, due: readonly Fact[]): boolean {
	if (dueIds.has(told.id)) return false;
	return (
		told.event !== 'messageStatus' || !due.some(({ messageId }) => messageId === told.messageId)
	);
}

/** A conversation shows the last status of a message: an earlier one cannot be read any more. */
function wasOvertaken(
	fact: Fact,
	due: readonly Fact[],
	told: ReadonlyMap<string, unknown>,
): boolean {
	const later = due.slice(due.indexOf(fact) + 1);
	return later.some(({ messageId, id }) => messageId === fact.messageId && told.has(id));
}
