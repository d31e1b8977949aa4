import { judgeEvents, type Told } from '../../faults/trigger/judge';
import type { Fact } from '../../faults/trigger/types';

const due = (...ids: string[]): Fact[] => ids.map((id) => ({ event: 'customerMessage', id }));
const told = (...ids: string[]): Told[] =>
	due(...ids).map((fact) => ({ ...fact, source: 'live' as const }));
const status = (name: string): Fact => ({
	event: 'messageStatus',
	id: `m ${name}`,
	messageId: 'm',
});
const live = (fact: Fact): Told => ({ ...fact, source: 'live' });
const clean = { doubled: 0, invented: 0, notRecoverable: 0, lost: 0, recovered: 0 };

describe('the judge of a trigger', () => {
	it('finds nothing where each event was told once, in any order', () => {
		const counts = judgeEvents('customerMessage', due('a', 'b'), told('b', 'a'), false);
		expect(counts).toEqual({ ...clean, event: 'customerMessage', due: 2, told: 2 });
	});

	it.each([
		['a lost event', due('a', 'b'), told('a'), { lost: 1 }],
		['a doubled event', due('a'), told('a', 'a'), { doubled: 1 }],
		['an event that nobody owed', due('a'), told('a', 'x'), { invented: 1 }],
	])('finds %s', (_what, dueOnes, toldOnes, found) => {
		expect(judgeEvents('customerMessage', dueOnes, toldOnes, true)).toMatchObject({
			...clean,
			...found,
		});
	});

	it('excuses what no API tells, when the log says so', () => {
		const topics = due('1').map((fact) => ({ ...fact, event: 'topic' as const }));
		expect(judgeEvents('topic', topics, [], true)).toMatchObject({ notRecoverable: 1, lost: 0 });
		expect(judgeEvents('topic', topics, [], false)).toMatchObject({ notRecoverable: 0, lost: 1 });
	});

	it('excuses a status that a later one of its message has replaced, and no other', () => {
		const both = [status('sent'), status('delivery-success')];
		const last = judgeEvents('messageStatus', both, [live(both[1]!)], false);
		expect(last).toMatchObject({ told: 1, notRecoverable: 1, lost: 0 });
		const first = judgeEvents('messageStatus', both, [live(both[0]!)], false);
		expect(first).toMatchObject({ told: 1, notRecoverable: 0, lost: 1 });
	});

	it('takes a status that was seen in passing', () => {
		const later = [status('delivery-success')];
		const seen = [live(status('sent')), live(later[0]!)];
		expect(judgeEvents('messageStatus', later, seen, false)).toMatchObject(clean);
	});
});
