/**
 * Prepares jumps of the system's clock, as NTP, a resumed machine or an administrator cause them.
 *
 * @returns `jump` sets the clock off by some ms from the real time, `reset` sets it right
 */
export function jumpClock(): { jump: (offsetMs: number) => void; reset: () => void } {
	const real = Date.now;
	return {
		jump: (offsetMs) => {
			Date.now = () => real() + offsetMs;
		},
		reset: () => {
			Date.now = real;
		},
	};
}
