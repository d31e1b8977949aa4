import { Ending } from '../../../nodes/GenesysCloud/events/differ';
import type { Snapshot } from '../../../nodes/GenesysCloud/events/types';

const T = 1_000_000;

/** What is seen of a conversation, one after another, a second each; `true` for each new end. */
function seen(...sightings: Partial<Snapshot>[]) {
	const ending = new Ending();
	const ends = sightings.map(
		(sighting, n) =>
			ending.see(
				{ kind: 'snapshot', conversationId: 'c1', facts: [], ended: false, ...sighting },
				T + n * 1_000,
			) !== undefined,
	);
	return { ends, isOpen: ending.isOpen };
}

const before = { latest: T - 500, customerAt: T - 500 };
const end = { ended: true, leftAt: T + 100, customerAt: T - 500, latest: T + 100 };
const untimed = { ended: true, customerAt: T - 500, latest: T - 500 };
const back = { leftAt: T + 100, customerAt: T + 200, latest: T + 200 };
const again = { ended: true, leftAt: T + 900, customerAt: T + 200, latest: T + 900 };

describe('the end of a conversation', () => {
	it.each<[string, Partial<Snapshot>[], boolean[], boolean]>([
		['comes once', [before, end, end], [false, true, false], false],
		['comes once for an older copy in between', [end, before, end], [true, false, false], false],
		['comes again after the customer was back', [end, back, again], [true, false, true], false],
		['comes again though nobody saw the customer back', [end, again], [true, true], false],
		[
			'comes again after a late copy of the first',
			[end, back, end, again],
			[true, false, false, true],
			false,
		],
		['comes once with a time and without', [untimed, before, end], [true, false, false], false],
		[
			'comes again after a late copy of the first without a time',
			[untimed, { customerAt: T + 200, latest: T + 200 }, untimed, again],
			[true, false, false, true],
			false,
		],
		['comes once without a time and with', [end, untimed], [true, false], false],
		[
			'comes once although a message comes late',
			[end, { ...end, customerAt: T + 150, latest: T + 150 }],
			[true, false],
			false,
		],
		[
			'comes again, and its time is not known yet',
			[end, back, { ...back, ended: true }, again],
			[true, false, true, false],
			false,
		],
		[
			'comes again without a time though nobody saw the customer back',
			[end, { ended: true, customerAt: T + 200, latest: T + 200 }],
			[true, true],
			false,
		],
		[
			'comes again after two without a time',
			[
				...[untimed, { customerAt: T + 200 }, { ended: true, customerAt: T + 200 }],
				...[{ customerAt: T + 2_500 }, { ended: true, customerAt: T + 2_500, leftAt: T + 2_900 }],
			],
			[true, false, true, false, true],
			false,
		],
		[
			'comes once for a copy of the same moment in between',
			[end, { latest: T + 100 }, end],
			[true, false, false],
			false,
		],
		[
			'comes once although the customer wrote in the same moment',
			[end, { latest: T + 101 }, { ...end, customerAt: T + 100 }],
			[true, false, false],
			true,
		],
		['is over when the customer is back', [end, back], [true, false], true],
		['is over when somebody is seen after it', [end, { latest: T + 101 }], [true, false], true],
		[
			'is over when the first of two participants is seen to have left',
			[end, { leftAt: T + 100, latest: T + 100 }],
			[true, false],
			true,
		],
		['is over with a notification without any time', [end, {}], [true, false], true],
	])('%s', (_what, sightings, ends, isOpen) => {
		expect(seen(...sightings)).toEqual({ ends, isOpen });
	});
});
