import type { Models } from 'purecloud-platform-client-v2';

import { SEEDED } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { agentlessSenderOf, SMS } from './messagingSupport';
import { unknownFields } from './sdkTypes';
import { anyText, clientOf, logIn, until, withSimulator } from './support';
import type { Answer, Http } from './support';

const URL = '/api/v2/analytics/conversations/details/query';

const isoOf = (time: number): string => new Date(time).toISOString();
const hours = (before: number, after: number): string => {
	const now = Date.now();
	return `${isoOf(now - before * 3_600_000)}/${isoOf(now + after * 3_600_000)}`;
};
/** A filter as the details query takes it. */
const filterOf = (dimensions: Record<string, string>): Models.SegmentDetailQueryFilter => ({
	type: 'and',
	predicates: Object.entries(dimensions).map(([dimension, value]) => ({ dimension, value })),
});

describe('analytics: conversation details', () => {
	let simulator: Simulator;
	let http: Http;
	let headers: { Authorization: string };

	withSimulator(async (ready) => {
		simulator = ready;
		http = clientOf(simulator);
		headers = await logIn(http);
	});

	const post = async (body: object): Promise<Answer> => await http.post(URL, body, { headers });
	const query = async (
		body: Partial<Models.ConversationQuery> = {},
	): Promise<Models.AnalyticsConversationQueryResponse> => {
		const full = { interval: hours(1, 1), ...body };
		expect(unknownFields('ConversationQuery', full)).toEqual([]);
		const { status, data } = await post(full);
		expect(status).toBe(200);
		expect(unknownFields('AnalyticsConversationQueryResponse', data)).toEqual([]);
		return data as unknown as Models.AnalyticsConversationQueryResponse;
	};
	const idsOf = async (body: Partial<Models.ConversationQuery> = {}): Promise<unknown[]> =>
		((await query(body)).conversations ?? []).map(({ conversationId }) => conversationId);

	it('tell who took part, where and when', async () => {
		const { id, recipient } = simulator.people.start({ text: 'Hello' });
		expect((await query()).conversations).toMatchObject([{ conversationId: id }]);
		simulator.people.end(id);
		expect(await query()).toMatchObject({
			totalHits: 1,
			conversations: [
				{
					conversationId: id,
					conversationStart: anyText,
					conversationEnd: anyText,
					originatingDirection: 'inbound',
					participants: [
						{
							purpose: 'customer',
							externalContactId: recipient,
							sessions: [
								{
									mediaType: 'message',
									messageType: 'webmessaging',
									segments: [{ segmentType: 'interact', disconnectType: 'endpoint' }],
								},
							],
						},
						{ purpose: 'acd', sessions: [{ segments: [{ queueId: SEEDED.queueId }] }] },
						{ purpose: 'agent', userId: anyText },
					],
				},
			],
		});
	});

	it('are filtered by media, channel and queue', async () => {
		const web = simulator.people.start();
		const sms = simulator.people.start({ channel: 'sms', toAddress: '+12025550143' });
		const bots = simulator.people.start({ queueId: null });
		const { queueId } = SEEDED;
		const media = { mediaType: 'message', messageType: 'webmessaging' };
		expect(await idsOf({ segmentFilters: [filterOf(media)] })).toEqual([web.id, bots.id]);
		const ofQueue = filterOf({ ...media, queueId });
		expect(await idsOf({ segmentFilters: [ofQueue] })).toEqual([web.id]);
		expect(await idsOf({ segmentFilters: [filterOf({ queueId })] })).toEqual([web.id, sms.id]);
		const either: Models.SegmentDetailQueryFilter = {
			type: 'or',
			predicates: [
				{ dimension: 'messageType', value: 'sms' },
				{ dimension: 'queueId', operator: 'exists' },
			],
		};
		expect(await idsOf({ segmentFilters: [either] })).toEqual([web.id, sms.id]);
		expect(await query({ segmentFilters: [filterOf({ queueId: 'none' })] })).toEqual({
			totalHits: 0,
		});
	});

	it('are paged and ordered', async () => {
		const ids: string[] = [];
		for (let count = 0; count < 3; count += 1) {
			const { id, startTime } = simulator.people.start();
			ids.push(id);
			await until(() => isoOf(Date.now()) > startTime);
		}
		const paging = { pageSize: 2, pageNumber: 2 };
		expect(await idsOf({ paging })).toEqual(ids.slice(2));
		expect(await idsOf({ order: 'desc', orderBy: 'conversationStart' })).toEqual(
			[...ids].reverse(),
		);
		expect((await query({ paging })).totalHits).toBe(3);
	});

	it('are those that were active in the interval', async () => {
		const { id } = simulator.people.start();
		expect(await idsOf({ interval: hours(2, -1) })).toEqual([]);
		expect(await idsOf({ interval: hours(-1, 2) })).toEqual([id]);
		simulator.people.end(id);
		expect(await idsOf({ interval: hours(-1, 2) })).toEqual([]);
		expect(await idsOf()).toEqual([id]);
	});

	it('lag behind what happens', async () => {
		simulator.configure({ analyticsLagMs: 100 });
		const { id } = simulator.people.start();
		simulator.people.end(id);
		expect(await idsOf()).toEqual([]);
		const endedAt = Date.parse(simulator.conversations.get(id)?.endTime ?? '');
		await until(() => Date.now() > endedAt + 100);
		expect(await idsOf()).toEqual([id]);
		simulator.people.write(id, 'Hello again');
		simulator.people.end(id);
		const [late] = (await query()).conversations ?? [];
		expect(late?.conversationEnd).toBeUndefined();
	});

	it('know agentless messages too', async () => {
		const send = await agentlessSenderOf(http);
		const { data } = await send(SMS);
		const [found] = (await query()).conversations ?? [];
		expect(found).toMatchObject({
			conversationId: data.conversationId,
			originatingDirection: 'outbound',
			participants: [{ purpose: 'customer' }, { purpose: 'api' }],
		});
	});

	it.each([
		[{}],
		[{ interval: 'today' }],
		[{ interval: hours(1, -2) }],
		[{ order: 'up' }],
		[{ paging: { pageSize: 101 } }],
		[{ segmentFilters: {} }],
		[{ segmentFilters: [{ type: 'not' }] }],
		[{ segmentFilters: [filterOf({ colour: 'red' })] }],
		[{ segmentFilters: [{ type: 'and', predicates: [{ dimension: 'queueId' }] }] }],
	])('refuse %j', async (body) => {
		const wrong = Object.hasOwn(body, 'interval') || Object.keys(body).length === 0;
		const { status } = await post(wrong ? body : { interval: hours(1, 1), ...body });
		expect(status).toBe(400);
	});
});
