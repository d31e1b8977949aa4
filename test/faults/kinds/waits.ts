import type { RunningExecution } from '../../../dev/headless-n8n';
import { stoppedAndStartedAnew } from '../plots';
import { strikeAll, untilTrue } from '../support/strike';
import type { FaultKind, Stage } from '../types';

const SEND = 'POST /api/v2/webchat/messaging';
const LOGIN = 'POST /oauth/token';
/** A second, and another one for a busy machine. */
const MOST_STOP_MS = 2_000;
/** Longer than any run may take. */
const patient = { maxWaitSeconds: 600, timeoutSeconds: 300 };

/** Stops the execution when it waits, and looks how long that takes. */
function stopWhen(waits: (stage: Stage) => boolean): FaultKind['during'] {
	return async (stage: Stage, running: RunningExecution) => {
		await untilTrue(() => waits(stage), running);
		if (!waits(stage)) stage.blame('the execution ended before it could be stopped');
		const stoppedAt = performance.now();
		running.cancel();
		await running.result;
		const tookMs = Math.round(performance.now() - stoppedAt);
		if (tookMs > MOST_STOP_MS) stage.blame(`Stop took ${tookMs} ms`);
	};
}

const answered = (endpoint: string, status: number) =>
	stopWhen(({ simulator }) => {
		const { statuses, inFlight } = simulator.stats.of(endpoint);
		return (statuses[status] ?? 0) > 0 && inFlight === 0;
	});

const stopped = { keyed: true, plot: stoppedAndStartedAnew } as const;

/** Stop in each kind of wait; then the campaign is started anew with its Send Once Keys. */
export const waits: readonly FaultKind[] = [
	{
		...stopped,
		name: 'stop-in-login',
		what: 'Stop while the token endpoint does not answer',
		delivery: patient,
		arrange: (stage) => strikeAll(stage, { kind: 'hang', endpoint: 'token' }),
		during: stopWhen(({ simulator }) => simulator.stats.of(LOGIN).inFlight > 0),
	},
	{
		...stopped,
		name: 'stop-in-throttled-login',
		what: 'Stop while a throttled token endpoint is waited out',
		delivery: patient,
		arrange: (stage) => strikeAll(stage, { kind: 'tokenThrottle' }),
		during: answered(LOGIN, 400),
	},
	{
		...stopped,
		name: 'stop-in-rate-limit',
		what: 'Stop while a rate limit is waited out',
		delivery: patient,
		restarts: true,
		arrange: (stage) => {
			const headers = { 'Retry-After': '300' };
			strikeAll(stage, { kind: 'status', status: 429, headers });
		},
		during: answered(SEND, 429),
	},
	{
		...stopped,
		name: 'stop-in-window',
		what: 'Stop while the next window of the token is waited for',
		delivery: patient,
		simulator: { rateLimit: { allowed: 60, windowMs: 30_000 } },
		arrange: ({ simulator, onMend }) =>
			onMend(() => simulator.configure({ rateLimit: { allowed: 10_000, windowMs: 60_000 } })),
		during: stopWhen(({ simulator, settings }) => {
			const { inFlight } = simulator.stats.of(SEND);
			return simulator.journal.count >= 60 * settings.accessTokens && inFlight === 0;
		}),
	},
	{
		...stopped,
		name: 'stop-in-backoff',
		what: 'Stop while the wait before another attempt lasts',
		// At most once there is no other attempt.
		fits: ({ uncertain }) => uncertain === 'retry',
		delivery: { ...patient, backoffSeconds: 300 },
		arrange: (stage) => strikeAll(stage, { kind: 'status', status: 500 }),
		during: answered(SEND, 500),
	},
	{
		...stopped,
		name: 'stop-in-key-check',
		what: 'Stop while the database does not answer',
		delivery: patient,
		arrange: ({ keys, onMend }) => {
			const never = new Promise<void>(() => undefined);
			keys.before = async () => await never;
			onMend(() => (keys.before = async () => await Promise.resolve()));
		},
		during: stopWhen(({ keys }) => keys.calls.length > 0),
	},
];
