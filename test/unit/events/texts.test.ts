import type { ApiClient, ApiRequest } from '../../../nodes/GenesysCloud/api/client';
import { fetchTexts } from '../../../nodes/GenesysCloud/events/texts';
import { failed, succeeded, type Result } from '../../../nodes/GenesysCloud/failures/failure';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { FakeClock } from '../support/clock';
import { NETWORK } from '../support/notificationWorld';

const said = (id: string, text?: string) => ({ id, normalizedMessage: { text } });

/** Asks for texts of an API that gives these answers; the last one repeats. */
function asking(...answers: (JsonObject | Result<JsonObject>)[]) {
	const clock = new FakeClock();
	const asked: unknown[] = [];
	const call: ApiClient = async ({ body }: ApiRequest) => {
		asked.push(body);
		const answer = answers[Math.min(asked.length, answers.length) - 1]!;
		return 'ok' in answer ? (answer as Result<JsonObject>) : succeeded(answer);
	};
	const fetch = async (...ids: string[]) => await fetchTexts(call, clock, 'c 1', ids);
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

	it('are left out where they are missing three times', async () => {
		const { asked, fetch } = asking({ entities: [] });
		expect(await fetch('m1')).toEqual({ found: new Map() });
		expect(asked).toHaveLength(3);
	});

	it.each<[string, JsonObject]>([
		['a picture', { entities: [said('m1')] }],
		['one without content', { entities: [{ id: 'm1' }] }],
		['one beside another without an ID', { entities: [{ id: 7 }, { id: 'm1' }] }],
	])('are none of %s', async (_what, answer) => {
		const { asked, fetch } = asking(answer);
		expect(await fetch('m1')).toEqual({ found: new Map() });
		expect(asked).toHaveLength(1);
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
