import type { FaultAction } from '../../../dev/simulator';
import { strikeSome } from '../support/strike';
import type { FaultKind, Stage } from '../types';

const PASSING: readonly FaultAction[] = [
	{ kind: 'status', status: 429, headers: { 'Retry-After': '0' } },
	{ kind: 'status', status: 401 },
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 502, body: 'html' },
	{ kind: 'status', status: 503, body: 'empty' },
	{ kind: 'status', status: 504, acceptFirst: true },
	{ kind: 'reset' },
	{ kind: 'reset', accept: true },
	{ kind: 'truncatedBody' },
	{ kind: 'latency', ms: 50 },
];

const LASTING: readonly FaultAction[] = [
	{ kind: 'status', status: 403 },
	{ kind: 'html200' },
	{ kind: 'invalidJson' },
	{ kind: 'empty204' },
];

/** Each message that is hit gets a fault drawn from a list. */
function any(stage: Stage, actions: readonly FaultAction[]): void {
	strikeSome(stage, () => actions[Math.floor(stage.random() * actions.length)]!, 1);
}

const passing = ['serverError/unknown', 'network/unknown'] as const;
const lasting = ['forbidden/no', 'unexpectedResponse/unknown'] as const;

/** Several kinds at once. */
export const mixed: readonly FaultKind[] = [
	{
		name: 'mixed-passing',
		what: 'faults that pass, several kinds at once',
		arrange: (stage) => any(stage, PASSING),
		failures: { fail: passing },
		repeats: true,
	},
	{
		name: 'mixed-all',
		what: 'faults that pass and faults that do not, tokens revoked on the way',
		arrange: (stage) => any(stage, [...PASSING, ...LASTING]),
		during: async ({ simulator }) => simulator.revokeTokens(),
		failures: { retry: lasting, fail: [...passing, ...lasting] },
		repeats: true,
	},
];
