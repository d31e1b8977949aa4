import * as fc from 'fast-check';

import { RateLimitWindow, type CountedCall } from '../../../nodes/GenesysCloud/api/rateLimitWindow';
import { anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { answer } from '../support/http';

const header = fc.option(
	fc.oneof(
		fc.nat({ max: 400 }).map(String),
		fc.integer().map(String),
		fc.double().map(String),
		fc.constantFrom('', ' 7 ', '007', '-1', '1e3', '0x10', '1,2', 'NaN', '٣', '9'.repeat(30)),
		anyText(),
	),
	{ nil: undefined },
);
const headers = fc.record(
	{
		'inin-ratelimit-allowed': header,
		'inin-ratelimit-count': header,
		'inin-ratelimit-reset': header,
	},
	{ requiredKeys: [] },
);
type Headers = Readonly<Partial<Record<string, string>>>;

type Step =
	| { readonly kind: 'begin' }
	| { readonly kind: 'end'; readonly which: number; readonly headers: Headers | 'lost' }
	| { readonly kind: 'cancel'; readonly which: number }
	| { readonly kind: 'wait'; readonly ms: number }
	| { readonly kind: 'close'; readonly ms: number };

const steps = fc.array(
	fc.oneof<fc.Arbitrary<Step>[]>(
		fc.constant({ kind: 'begin' }),
		fc.record({
			kind: fc.constant('end' as const),
			which: fc.nat(),
			headers: fc.oneof(headers, fc.constant('lost' as const)),
		}),
		fc.record({ kind: fc.constant('cancel' as const), which: fc.nat() }),
		fc.record({ kind: fc.constant('wait' as const), ms: fc.nat({ max: 90_000 }) }),
		fc.record({
			kind: fc.constant('close' as const),
			ms: fc.oneof(fc.nat({ max: 600_000 }), fc.constantFrom(-1, 1e15)),
		}),
	),
	{ maxLength: 60 },
);

/** A window in the middle of its life, with the calls that are still in flight. */
class Play {
	readonly window = new RateLimitWindow();
	readonly inFlight: CountedCall[] = [];
	now = Date.UTC(2026, 10, 22, 12);

	do(step: Step): void {
		if (step.kind === 'wait') this.now += step.ms;
		if (step.kind === 'close') this.window.close(this.now, step.ms);
		// A call starts only when the window lets it.
		if (step.kind === 'begin' && this.window.msUntilFree(this.now) === 0) {
			this.inFlight.push(this.window.begin());
		}
		if (step.kind === 'cancel' && this.inFlight.length > 0) {
			this.inFlight.splice(step.which % this.inFlight.length, 1);
			this.window.cancel();
		}
		if (step.kind === 'end' && this.inFlight.length > 0) {
			const [call] = this.inFlight.splice(step.which % this.inFlight.length, 1);
			const response = step.headers === 'lost' ? undefined : answer(200, '', step.headers);
			this.window.end(call!, this.now, response);
		}
	}
}

/** The longest time that a window can ask for: an hour and its margin. */
const LONGEST_MS = 3_600_005;

describe('a rate-limit window, whatever the headers say', () => {
	it('always names a wait that ends, and never has more calls in flight than it has room', () => {
		const property = fc.property(steps, (all) => {
			const play = new Play();
			for (const step of all) {
				const limit = play.window.limit;
				const before = play.inFlight.length;
				play.do(step);
				const ms = play.window.msUntilFree(play.now);
				expect(ms).toBeGreaterThanOrEqual(0);
				expect(ms).toBeLessThanOrEqual(LONGEST_MS);
				expect(play.window.usedCalls).toBeGreaterThanOrEqual(play.inFlight.length);
				// One more than the limit asks when the window ends, if nobody has told.
				const room = Math.max(limit, 1);
				expect(play.inFlight.length).toBeLessThanOrEqual(Math.max(before, room));
			}
		});
		fc.assert(property, runs(500));
	});

	it('has room again once its calls have ended and the times that it named are over', () => {
		const property = fc.property(steps, (all) => {
			const play = new Play();
			all.forEach((step) => play.do(step));
			while (play.inFlight.length > 0) play.do({ kind: 'end', which: 0, headers: {} });
			// The second wait is the margin after a reset that a 429 had moved.
			for (let wait = 0; wait < 2; wait++) play.now += play.window.msUntilFree(play.now);
			expect(play.window.msUntilFree(play.now)).toBe(0);
		});
		fc.assert(property, runs(500));
	});
});
