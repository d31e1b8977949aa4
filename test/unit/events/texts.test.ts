import type { ApiClient } from '../../../nodes/GenesysCloud/api/client';
import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { fetchTexts } from '../../../nodes/GenesysCloud/events/texts';
import { failed, succeeded, type Result } from '../../../nodes/GenesysCloud/failures/failure';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { FakeClock } from '../support/clock';
import { FORBIDDEN, NETWORK } from '../support/notificationWorld';

const NOT_FOUND = { ...NETWORK, reason: 'notFound', transient: false, httpCode: '404' } as const;

const said = (id: string, text?: string) => ({ id, normalizedMessage: { text } });

type Answer = JsonObject | Result<JsonObject>;

/** Asks for texts of an API that gives these answers, or by the list; the last one repeats. */
function asking(...answers: (Answer | ((ids: string[]) => Answer))[]) {
	const clock = new FakeClock();
	const asked: unknown[] = [];
	const call: ApiClient = async ({ body }: ApiRequest) => {
		asked.push(body);
		const given = answers[Math.min(asked.length, answers.length) - 1]!;
		const answer = typeof given === 'function' ? given(body as string[]) : given;
		return 'ok' in answer ? (answer as Result<JsonObject>) : succeeded(answer);
	};
	const since = clock.now();
	const fetch = async (...messageIds: string[]) =>
		await fetchTexts(call, clock, { conversationId: 'c 1', messageIds, since });
	return { clock, asked, fetch };
}

describe('the texts of messages', () => {
	it('are asked for again where one is missing yet, and for the missing ones alone', async () => {
		const { asked, fetch, clock } = asking(
			{ entities: [said('m1', 'one')] },
			{ entities: [] },
			{ entities: [said('m2', 'two')] },
		);
		const { found } = await fetch('m1', 'm2', 'm1');
		expect([...found]).toEqual([
			['m1', 'one'],
			['m2', 'two'],
		]);
		expect(asked).toEqual([['m1', 'm2'], ['m2'], ['m2']]);
		expect(clock.waitedMs).toEqual([1_000]);
	});

	it('are not asked for without end where the answer holds others', async () => {
		const { asked, fetch, clock } = asking({ entities: [said('another', 'one')] });
		await fetch('m1');
		expect(asked).toHaveLength(3);
		expect(clock.waitedMs).toEqual([1_000, 2_000]);
	});

	it('are waited for where the conversation cannot be read yet', async () => {
		const { fetch } = asking(failed(NOT_FOUND), { entities: [said('m1', 'one')] });
		expect((await fetch('m1')).found.get('m1')).toBe('one');
		const { asked, fetch: never } = asking(failed(NOT_FOUND));
		expect(await never('m1')).toEqual({ found: new Map(), failure: NOT_FOUND });
		expect(asked).toHaveLength(3);
	});

	it('are waited for from when the event came', async () => {
		const { asked, fetch, clock } = asking(failed(NETWORK));
		await clock.sleep(9 * 60_000, 'backoff');
		await fetch('m1');
		const minutes = clock.waitedMs.reduce((sum, ms) => sum + ms, 0) / 60_000;
		expect(Math.round(minutes)).toBe(10);
		expect(asked.length).toBeGreaterThan(1);
	});

	it('are left out where they are missing three times', async () => {
		const { asked, fetch } = asking({ entities: [] });
		expect(await fetch('m1')).toEqual({ found: new Map() });
		expect(asked).toHaveLength(3);
	});

	it.each<[string, JsonObject]>([
		['a picture', { entities: [said('m1')] }],
		['one without content', { entities: [{ id: 'm1' }] }],
		['one beside another without an ID', { entities: [{ ...said('', 'one'), id: 7 }, said('m1')] }],
	])('are none of %s', async (_what, answer) => {
		const { asked, fetch } = asking(answer);
		expect(await fetch('m1')).toEqual({ found: new Map() });
		expect(asked).toHaveLength(1);
	});

	it.each(['400', '404', '413'])(
		'are found of the others where a list is refused with %s for one of its messages',
		async (httpCode) => {
			const refusal = failed({ ...NOT_FOUND, httpCode });
			const ids = Array.from({ length: 100 }, (_, n) => `m${n}`);
			const { asked, fetch } = asking((list) =>
				list.some((id) => ['m37', 'm80'].includes(id))
					? refusal
					: { entities: list.map((id) => said(id, id)) },
			);
			const { found, failure } = await fetch(...ids);
			expect([found.size, found.has('m37'), failure?.httpCode]).toEqual([98, false, httpCode]);
			expect(asked.length).toBeLessThan(30);
		},
	);

	it.each([
		['found of the others where three are refused', 3, 5],
		['given up where a fourth one is refused, as all may be', 4, 0],
	])('are %s', async (_what, count, expected) => {
		const ids = Array.from({ length: 8 }, (_, n) => `m${n}`);
		const refused = ids.slice(0, count);
		const { fetch } = asking((list) =>
			list.some((id) => refused.includes(id))
				? failed(NOT_FOUND)
				: { entities: list.map((id) => said(id, id)) },
		);
		expect((await fetch(...ids)).found.size).toBe(expected);
	});

	it('are not asked for again where they may not be read', async () => {
		const { asked, fetch } = asking(failed(FORBIDDEN));
		const ids = Array.from({ length: 2_001 }, (_, n) => `m${n}`);
		expect(await fetch(...ids)).toEqual({ found: new Map(), failure: FORBIDDEN });
		expect(asked).toHaveLength(1);
	});

	it('are given up with few calls where all are refused', async () => {
		const { asked, fetch } = asking(failed(NOT_FOUND));
		const ids = Array.from({ length: 1_000 }, (_, n) => `m${n}`);
		expect(await fetch(...ids)).toEqual({ found: new Map(), failure: NOT_FOUND });
		expect(asked.length).toBeLessThan(40);
	});

	it('are asked for a thousand at a time', async () => {
		const ids = Array.from({ length: 1_001 }, (_, n) => `m${n}`);
		const { asked, fetch } = asking(
			{ entities: ids.slice(0, 1_000).map((id) => said(id, id)) },
			{ entities: [said('m1000', 'the last')] },
		);
		expect((await fetch(...ids)).found.get('m1000')).toBe('the last');
		expect(asked.map((list) => (list as string[]).length)).toEqual([1_000, 1]);
	});

	it('are waited for no longer than ten minutes, and not after the trigger has ended', async () => {
		const patient = asking(failed(NETWORK));
		expect(await patient.fetch('m1')).toEqual({ found: new Map(), failure: NETWORK });
		const minutes = patient.clock.waitedMs.reduce((sum, ms) => sum + ms, 0) / 60_000;
		expect(Math.round(minutes)).toBe(10);
		const ended = asking(failed(NETWORK));
		ended.clock.isStopped = true;
		expect(await ended.fetch('m1')).toEqual({ found: new Map() });
		expect(ended.asked).toHaveLength(1);
	});
});
