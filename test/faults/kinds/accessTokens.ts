import { misdirectToNobody } from '../support/addresses';
import { always, endless } from '../support/failures';
import { someMoment, strikeAll, strikeSome, untilAccepted } from '../support/strike';
import type { FaultKind } from '../types';
import { impatient } from './lostAnswers';

const unauthorized = endless('unauthorized/no');

/** What goes wrong with access tokens and what they allow. */
export const accessTokens: readonly FaultKind[] = [
	{
		name: 'token-refused',
		what: 'the token endpoint is down',
		arrange: async (stage) => await misdirectToNobody(stage, 'loginUrl'),
		failures: endless('network/no'),
	},
	{
		name: 'token-reset',
		what: 'the token endpoint resets two connections',
		arrange: ({ simulator }) => {
			simulator.faults.add({ kind: 'reset', endpoint: 'token', times: 2 });
		},
	},
	{
		name: 'token-throttled',
		what: 'the token endpoint is throttled (400) twice',
		arrange: ({ simulator }) => {
			simulator.faults.add({ kind: 'tokenThrottle', times: 2 });
		},
	},
	{
		name: 'token-throttled-for-ever',
		what: 'the token endpoint is throttled (400) for ever',
		delivery: { maxWaitSeconds: 1 },
		arrange: (stage) => strikeAll(stage, { kind: 'tokenThrottle' }),
		failures: endless('rateLimited/no'),
		restarts: true,
	},
	{
		name: 'token-slow',
		what: 'the token endpoint takes half a second',
		arrange: (stage) => strikeAll(stage, { kind: 'latency', ms: 500, endpoint: 'token' }),
	},
	{
		name: 'token-time-out',
		what: 'the token endpoint does not answer once',
		// A login that executions share is given up after 30 s, whatever the time limit of each.
		delivery: { ...impatient, maxAttempts: 10 },
		arrange: ({ simulator }) => {
			simulator.faults.add({ kind: 'hang', endpoint: 'token' });
		},
	},
	{
		name: 'token-5xx',
		what: 'the token endpoint answers 503 twice',
		arrange: ({ simulator }) => {
			const fault = { kind: 'status', status: 503, body: 'html' } as const;
			simulator.faults.add({ ...fault, endpoint: 'token', times: 2 });
		},
	},
	{
		name: 'token-html',
		what: 'the token endpoint answers with a web page',
		arrange: (stage) => strikeAll(stage, { kind: 'html200', endpoint: 'token' }),
		failures: endless('unexpectedResponse/no'),
	},
	{
		name: 'token-invalid-client',
		what: 'the client secret is refused',
		arrange: (stage) => {
			const body = { error: 'invalid_client', description: 'authentication failed' };
			strikeAll(stage, { kind: 'status', status: 400, body, endpoint: 'token' });
		},
		failures: endless('invalidCredentials/no'),
	},
	{
		name: 'token-without-expiry',
		what: 'the token comes without expires_in',
		simulator: { tokenExpiry: 'omitted' },
	},
	{
		name: 'token-of-1-s',
		what: 'every token expires after a second',
		simulator: { tokenLifetimeSeconds: 1 },
		delivery: { concurrency: 5 },
		arrange: (stage) => strikeAll(stage, { kind: 'latency', ms: 40 }),
		// On a busy machine, many calls at once would take longer than their token lasts.
		alone: true,
	},
	{
		name: 'token-revoked',
		what: 'all tokens are revoked in the middle',
		during: async (stage, running) => {
			await untilAccepted(stage, someMoment(stage), running);
			stage.simulator.revokeTokens();
		},
	},
	{
		name: '401-once',
		what: 'some calls get a 401',
		arrange: (stage) => strikeSome(stage, { kind: 'status', status: 401 }, 1),
	},
	{
		name: '401-twice',
		what: 'some calls get a 401 with a new token too',
		arrange: (stage) => {
			strikeSome(stage, { kind: 'status', status: 401 }, 2);
			// Who is refused with a fresh token will be so for all: the run ends for its account.
			stage.hit.clear();
		},
		failures: unauthorized,
	},
	{
		name: '401-for-ever',
		what: 'every call gets a 401',
		arrange: (stage) => strikeAll(stage, { kind: 'status', status: 401 }),
		failures: unauthorized,
	},
	{
		name: '403-some',
		what: 'some calls get a 403',
		arrange: (stage) => strikeSome(stage, { kind: 'status', status: 403 }, Infinity),
		failures: always('forbidden/no'),
	},
	{
		name: '403-for-ever',
		what: 'every call gets a 403',
		arrange: (stage) => strikeAll(stage, { kind: 'status', status: 403 }),
		failures: endless('forbidden/no'),
	},
];
