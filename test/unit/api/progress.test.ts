import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { Progress } from '../../../nodes/GenesysCloud/api/progress';
import { FakeClock } from '../support/clock';

const messageTo = (contactId: string): ApiRequest => ({
	method: 'POST',
	path: '/send',
	body: { contactId },
});
const LOOK_UP: ApiRequest = { method: 'GET', path: '/look', reads: true };

let clock: FakeClock;
let progress: Progress;
beforeEach(() => {
	clock = new FakeClock();
	progress = new Progress(clock);
});

describe("a message's own limit", () => {
	/** Ada is refused while another call is under way; what ends how, in which order, is up to the test. */
	function round(through?: ApiRequest, startsLater = true): boolean {
		const first = progress.begin();
		const second = progress.begin();
		const [ada, other] = startsLater ? [first, second] : [second, first];
		const isOwn = progress.refused(messageTo('ada'), ada);
		if (through) progress.gotThrough(through, other);
		return isOwn;
	}
	const rounds = (count: number, ...how: Parameters<typeof round>) =>
		Array.from({ length: count }, () => round(...how));

	it('is found when calls that were made later got through, twice in a row', () => {
		expect(rounds(4, messageTo('ben'))).toEqual([false, false, true, true]);
	});

	it('is not found when a later call got through just once', () => {
		round(messageTo('ben'));
		round();
		expect(rounds(2, messageTo('ben'))).toEqual([false, false]);
	});

	it.each<[string, Parameters<typeof round>]>([
		['nothing gets through', []],
		['look-ups alone get through', [LOOK_UP]],
		['calls get through that were made before', [messageTo('ben'), false]],
		['it gets through itself', [messageTo('ada')]],
	])('is not found when %s', (_when, how) => {
		expect(rounds(9, ...how)).not.toContain(true);
	});

	it('is not found by calls that were made when the limit had opened', () => {
		for (let times = 0; times < 9; times++) {
			expect(progress.refused(messageTo('ada'), progress.begin())).toBe(false);
			progress.gotThrough(messageTo('ben'), progress.begin());
		}
	});

	it('is in doubt again when another message is refused', () => {
		rounds(3, messageTo('ben'));
		progress.refused(messageTo('cy'), progress.begin());
		expect(round()).toBe(false);
	});
});

describe('a message that was refused', () => {
	it('goes last until it gets through, and no other one does', () => {
		progress.refused(messageTo('ada'), progress.begin());
		const names = ['ada', 'ben'];
		const last = () => names.filter((name) => progress.goesLast(messageTo(name)));
		expect(last()).toEqual(['ada']);
		progress.gotThrough(messageTo('ada'), progress.begin());
		expect(last()).toEqual([]);
	});
});

describe('a run that stands still', () => {
	const stallFor = async (ms: number, ...contactIds: string[]) => {
		for (const contactId of contactIds) progress.refused(messageTo(contactId), progress.begin());
		progress.isStalled(0);
		await clock.sleep(ms, 'rateLimit');
	};

	it('is stalled for all when several messages were refused', async () => {
		await stallFor(11, 'ada', 'ben');
		expect([progress.isStalled(10), progress.isStalled(10)]).toEqual([true, true]);
	});

	it('is stalled for one alone when no other was refused', async () => {
		await stallFor(11, 'ada', 'ada');
		expect([progress.isStalled(10), progress.isStalled(10)]).toEqual([true, false]);
		expect(progress.stalledMs()).toBe(0);
	});

	it('goes on with a message that gets through, not with a look-up', async () => {
		await stallFor(11, 'ada', 'ben');
		progress.gotThrough(LOOK_UP, progress.begin());
		expect(progress.isStalled(10)).toBe(true);
		progress.gotThrough(messageTo('ben'), progress.begin());
		expect(progress.isStalled(10)).toBe(false);
	});
});
