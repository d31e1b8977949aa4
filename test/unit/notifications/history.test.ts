import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { ServerTime } from '../../../nodes/GenesysCloud/api/serverTime';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { succeeded } from '../../../nodes/GenesysCloud/failures/failure';
import { History } from '../../../nodes/GenesysCloud/notifications/history';
import { VirtualTime } from '../support/virtualTime';

/** The conversations of a queue, where its pages are answered like this. */
async function found(answer: (page: number) => JsonObject) {
	const clock = new VirtualTime().clock();
	const asked: number[] = [];
	const history = new History({
		call: async ({ body }: ApiRequest) => {
			const { pageNumber } = (body as { paging: { pageNumber: number } }).paging;
			asked.push(pageNumber);
			return succeeded(answer(pageNumber));
		},
		clock,
		time: new ServerTime(() => clock.now()),
		random: () => 0.5,
		goesOn: () => true,
		refused: () => undefined,
	});
	return { asked, ...(await history.conversationsOf('q1', clock.now())) };
}

const records = (from: number, length: number) =>
	Array.from({ length }, (_, n) => ({ conversationId: `c${from + n}` }));

describe("the search for a queue's conversations", () => {
	it('goes on after a short page where the answer says that there are more', async () => {
		const page = (n: number) => ({
			conversations: records(n * 100, n < 3 ? 99 : 50),
			totalHits: 250,
		});
		const { ids, asked, isFailing } = await found(page);
		expect([ids?.length, asked, isFailing]).toEqual([248, [1, 2, 3], false]);
	});

	it.each<[string, JsonObject, number]>([
		['a short page where nothing says that there are more', { conversations: records(0, 99) }, 1],
		['an empty page, whatever it says', { conversations: [], totalHits: 250 }, 1],
		['the empty page after a full one', { conversations: records(0, 100) }, 2],
	])('ends with %s', async (_what, first, pages) => {
		const { asked, isFailing } = await found((page) =>
			page === 1 ? first : { conversations: [] },
		);
		expect([asked.length, isFailing]).toEqual([pages, false]);
	});

	it('fails where the same page comes again and again', async () => {
		const { ids, asked, isFailing } = await found(() => ({ conversations: records(0, 100) }));
		expect([ids?.length, asked, isFailing]).toEqual([100, [1, 2], true]);
	});
});
