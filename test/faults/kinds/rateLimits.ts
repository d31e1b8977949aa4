import { endless } from '../support/failures';
import { strikeAll, strikeFew, strikeSome } from '../support/strike';
import type { FaultKind, Stage } from '../types';

const noHeaders = { rateLimit: null };

/** A 429 with some headers. */
function limited(headers: Record<string, string>) {
	return { kind: 'status', status: 429, headers } as const;
}

function retryAfter(value: string | (() => string)) {
	return (stage: Stage) => {
		const text = typeof value === 'string' ? value : value();
		strikeFew(stage, limited({ 'Retry-After': text }));
	};
}

const failures = endless('rateLimited/no');

/** Refusals for the rate of calls. */
export const rateLimits: readonly FaultKind[] = [
	{
		name: '429-seconds',
		what: 'a few 429s with Retry-After in seconds',
		arrange: retryAfter('1'),
	},
	{
		name: '429-date',
		what: 'a few 429s with Retry-After as an HTTP date',
		arrange: retryAfter(() => new Date(Date.now() + 2000).toUTCString()),
	},
	{
		name: '429-past',
		what: '429s with Retry-After in the past',
		arrange: (stage) =>
			strikeSome(stage, limited({ 'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT' })),
	},
	{
		name: '429-days',
		what: 'a 429 that asks to wait for three days',
		arrange: (stage) => {
			strikeFew(stage, limited({ 'Retry-After': '259200' }), 1);
			// The window is closed for all messages that follow.
			stage.hit.clear();
		},
		failures,
		restarts: true,
	},
	{
		name: '429-negative',
		what: 'a few 429s with a negative Retry-After',
		simulator: noHeaders,
		arrange: retryAfter('-5'),
	},
	{
		name: '429-text',
		what: 'a few 429s with a text as Retry-After',
		simulator: noHeaders,
		arrange: retryAfter('soon'),
	},
	{
		name: '429-inin-headers',
		what: 'a few 429s with inin-ratelimit headers alone',
		simulator: noHeaders,
		arrange: (stage) => {
			const [allowed, reset] = ['10000', '1'];
			const name = 'inin-ratelimit';
			const headers = { [`${name}-allowed`]: allowed, [`${name}-count`]: allowed };
			strikeFew(stage, limited({ ...headers, [`${name}-reset`]: reset }));
		},
	},
	{
		name: '429-gateway',
		what: 'a few 429s of a gateway: HTML without headers',
		simulator: noHeaders,
		arrange: (stage) => strikeFew(stage, { kind: 'status', status: 429, body: 'html' }),
	},
	{
		name: '429-storm',
		what: 'the first 12 calls get a 429; more than Max Attempts, which they are not',
		delivery: { maxAttempts: 1, maxWaitSeconds: 60 },
		arrange: ({ simulator }) => {
			simulator.faults.add({ ...limited({ 'Retry-After': '1' }), first: 12 });
		},
	},
	{
		name: '429-for-ever',
		what: 'every call gets a 429',
		simulator: noHeaders,
		delivery: { maxWaitSeconds: 1 },
		arrange: (stage) => strikeAll(stage, limited({ 'Retry-After': '0' })),
		failures,
	},
	{
		name: 'small-window',
		what: 'a window of 70 calls a second',
		simulator: { rateLimit: { allowed: 70, windowMs: 1000 } },
	},
];
