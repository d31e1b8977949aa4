import type { Models } from 'purecloud-platform-client-v2';

import { badField, invalidValue } from '../../http/fields';
import { isRecord } from '../../support/checks';

type Found = Models.AnalyticsConversationWithoutAttributes;
type Passes = (segment: Segment) => boolean;

/** A segment with what it inherits from its session and participant. */
interface Segment {
	mediaType?: string;
	messageType?: string;
	queueId?: string;
	direction?: string;
	disconnectType?: string;
	purpose?: string;
	externalContactId?: string;
	conversationId?: string;
}

const DIMENSIONS = [
	'mediaType',
	'messageType',
	'queueId',
	'direction',
	'disconnectType',
	'purpose',
	'externalContactId',
	'conversationId',
] as const;
const TYPES = ['and', 'or'];

function segmentsOf({ conversationId, participants = [] }: Found): Segment[] {
	return participants.flatMap(({ purpose, externalContactId, sessions = [] }) =>
		sessions.flatMap(({ mediaType, messageType, direction, segments = [] }) =>
			segments.map(({ queueId, disconnectType }) => ({
				mediaType,
				messageType,
				direction,
				purpose,
				externalContactId,
				conversationId,
				queueId,
				disconnectType,
			})),
		),
	);
}

function readPredicate(predicate: unknown): Passes {
	if (!isRecord(predicate)) throw badField('predicates', 'field.invalid');
	const dimension = DIMENSIONS.find((name) => name === predicate.dimension);
	if (dimension === undefined) throw invalidValue('dimension', predicate.dimension, DIMENSIONS);
	const { operator = 'matches', value } = predicate;
	if (operator === 'exists') return (segment) => segment[dimension] !== undefined;
	if (operator === 'notExists') return (segment) => segment[dimension] === undefined;
	if (operator !== 'matches') {
		throw invalidValue('operator', operator, ['matches', 'exists', 'notExists']);
	}
	if (typeof value !== 'string') throw badField('value', 'field.required');
	return (segment) => segment[dimension]?.toLowerCase() === value.toLowerCase();
}

/** A filter or a clause: predicates, and clauses within, joined by `and` or `or`. */
function readFilter(filter: unknown): Passes {
	if (!isRecord(filter)) throw badField('segmentFilters', 'field.invalid');
	const { type, predicates = [], clauses = [] } = filter;
	if (typeof type !== 'string' || !TYPES.includes(type)) throw invalidValue('type', type, TYPES);
	if (!Array.isArray(predicates) || !Array.isArray(clauses)) {
		throw badField('predicates', 'field.invalid');
	}
	const parts = [...predicates.map(readPredicate), ...clauses.map(readFilter)];
	return type === 'and'
		? (segment) => parts.every((passes) => passes(segment))
		: (segment) => parts.some((passes) => passes(segment));
}

/**
 * Reads the filters of a details query: a conversation passes when one of its segments passes them all,
 * by what the segment, its session, its participant and its conversation say.
 *
 * @throws ApiError 400 when a filter does not fit
 */
export function readSegmentFilters(filters: unknown): (found: Found) => boolean {
	if (!Array.isArray(filters)) throw badField('segmentFilters', 'field.invalid');
	const all = filters.map(readFilter);
	return (found) => {
		const segments = segmentsOf(found);
		return all.length === 0 || segments.some((segment) => all.every((passes) => passes(segment)));
	};
}
