import type { Bed } from '../support/bed';
import { judged, reported } from '../support/rows';
import { median, percentile99 } from '../support/statistics';
import type { Row } from '../support/types';

/** How long the trigger takes to start an execution, from the server's event on. */
export async function trigger(bed: Bed): Promise<Row[]> {
	const talk = { count: bed.size(1000, 100), perSecond: 50 };
	const live = await bed.listen(talk, false);
	const withText = await bed.listen(talk, true);
	const times = (delays: readonly number[]) => `median ${median(delays).toFixed(1)} ms`;
	return [
		judged(
			`trigger, ${talk.perSecond} messages of customers a second: event to emit, p99`,
			percentile99(live),
			{ atMost: 10 },
			{ digits: 1, unit: ' ms' },
			times(live),
		),
		reported(
			'the same with the text, which is read by the API: event to emit, p99',
			`${percentile99(withText).toFixed(1)} ms (${times(withText)})`,
		),
	];
}
