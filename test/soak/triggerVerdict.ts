import { exact, reported } from '../../dev/bench/support/rows';
import type { Row } from '../../dev/bench/support/types';
import type { Burst, Listened } from './types';

/**
 * Judges what triggers told beside the batches, and in a burst.
 *
 * @param listened of each batch
 * @param burst the burst
 * @returns the lines of the result
 */
export function judgeTriggers(listened: readonly Listened[], burst: Burst): Row[] {
	const sum = (figure: keyof Listened) => listened.reduce((total, one) => total + one[figure], 0);
	const { perSecond, delayP99Ms } = burst;
	return [
		exact('events told beside the batches', sum('told'), sum('due')),
		exact('events told twice', sum('doubled') + burst.doubled, 0),
		exact('sockets left by deactivated triggers', sum('socketsLeft') + burst.socketsLeft, 0),
		exact(`events told at ${perSecond} in a second`, burst.told, burst.due),
		reported('event loop delay meanwhile, 99th percentile', `${delayP99Ms.toFixed(0)} ms`),
	];
}
