import { judgeTriggers } from '../../soak/triggerVerdict';

const good = { due: 50, told: 50, doubled: 0, socketsLeft: 0 };
const burst = { ...good, perSecond: 100, delayP99Ms: 12 };

const missed = (...args: Parameters<typeof judgeTriggers>) =>
	judgeTriggers(...args)
		.filter(({ met }) => met === false)
		.map(({ measure }) => measure);

describe('the verdict of triggers that listened', () => {
	it('is good when each event was told once', () => {
		expect(missed([good, good], burst)).toEqual([]);
	});

	it.each([
		[{ told: 49 }, 'events told beside the batches'],
		[{ doubled: 1 }, 'events told twice'],
		[{ socketsLeft: 1 }, 'sockets left by deactivated triggers'],
	])('is bad with %j beside a batch', (figures, measure) => {
		expect(missed([good, { ...good, ...figures }], burst)).toEqual([measure]);
	});

	it('is bad when a burst was not told whole', () => {
		expect(missed([good], { ...burst, told: 49 })).toEqual(['events told at 100 in a second']);
	});
});
