import { repeated } from '../judge';
import { jumpClock } from '../support/clock';
import { killedAndStartedAnew, stoppedAndStartedAnew } from '../plots';
import { someMoment, strikeSome, untilAccepted } from '../support/strike';
import type { FaultKind, Stage } from '../types';

const HOUR_MS = 3_600_000;
/** A window that is used up again and again while the clock jumps. */
const smallWindow = { rateLimit: { allowed: 70, windowMs: 1000 } };

/** Moves the clock at two moments of the run: there, and somewhere else. */
function jumps(firstHours: number, secondHours: number): FaultKind['during'] {
	return async (stage, running) => {
		const { jump, reset } = jumpClock();
		stage.onEnd(reset);
		const { length } = stage.ids;
		await untilAccepted(stage, 1 + stage.random() * 0.3 * length, running);
		jump(firstHours * HOUR_MS);
		await untilAccepted(stage, (0.4 + stage.random() * 0.4) * length, running);
		jump(secondHours * HOUR_MS);
	};
}

/** Messages take long enough that many are in flight at any moment. */
function slowly({ simulator }: Stage): void {
	simulator.faults.add({ kind: 'latency', ms: 15, times: Infinity });
}

/** What happens to the process and its clock. */
export const interruptions: readonly FaultKind[] = [
	{
		name: 'clock-forward',
		what: 'the clock jumps 30 hours ahead, and on',
		simulator: smallWindow,
		during: jumps(30, 60),
		alone: true,
	},
	{
		name: 'clock-back',
		what: 'the clock jumps 9 hours back, and on',
		simulator: smallWindow,
		during: jumps(-9, -30),
		alone: true,
	},
	{
		name: 'stopped',
		what: 'Stop at a random moment, then the campaign is started anew with its Send Once Keys',
		arrange: slowly,
		during: async (stage, running) => {
			await untilAccepted(stage, someMoment(stage), running);
			running.cancel();
		},
		keyed: true,
		plot: stoppedAndStartedAnew,
	},
	{
		name: 'stopped-in-a-storm',
		what: 'the same while connections are reset after acceptance',
		arrange: (stage) => {
			strikeSome(stage, { kind: 'reset', accept: true });
			slowly(stage);
		},
		during: async (stage, running) => {
			await untilAccepted(stage, someMoment(stage), running);
			running.cancel();
		},
		failures: { fail: ['network/unknown'] },
		repeats: true,
		keyed: true,
		plot: stoppedAndStartedAnew,
	},
	{
		name: 'killed',
		what: 'the process is killed, then the campaign is started anew with its Send Once Keys',
		arrange: (stage) => {
			slowly(stage);
			stage.onEnd(() => {
				const count = repeated(stage.simulator.journal.all()).length;
				if (count > stage.settings.concurrency) {
					stage.blame(`${count} messages were repeated, more than were in flight`);
				}
			});
		},
		failures: { fail: ['network/unknown'] },
		repeats: true,
		keyed: true,
		plot: killedAndStartedAnew,
	},
];
