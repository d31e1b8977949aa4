import { endless } from '../support/failures';
import { strikeAll, strikeFew, strikeSome } from '../support/strike';
import type { FaultKind } from '../types';

const failures = { fail: ['serverError/unknown'] } as const;

const BODIES = { json: undefined, html: 'html', empty: 'empty' } as const;

const refusals = [500, 502, 503, 504].flatMap((status) =>
	(Object.keys(BODIES) as (keyof typeof BODIES)[]).map((type): FaultKind => {
		const body = BODIES[type];
		return {
			name: `${status}-${type}`,
			what: `some calls get a ${status}, body: ${type}`,
			arrange: (stage) =>
				strikeSome(stage, { kind: 'status', status, ...(body !== undefined && { body }) }),
			failures,
		};
	}),
);

/** Answers 5xx to messages that were not accepted. */
export const serverErrors: readonly FaultKind[] = [
	...refusals,
	{
		name: '503-retry-after',
		what: 'a few calls get a 503 with Retry-After',
		arrange: (stage) =>
			strikeFew(stage, { kind: 'status', status: 503, headers: { 'Retry-After': '1' } }),
		failures,
	},
	{
		name: '503-for-ever',
		what: 'every call gets a 503',
		arrange: (stage) => strikeAll(stage, { kind: 'status', status: 503, body: 'html' }),
		failures: endless('serverError/unknown'),
	},
];
