import { SEEDED, startSimulator } from '../../../dev/simulator';
import type { Simulator } from '../../../dev/simulator';
import { unknownFields } from '../sdkTypes';
import { CHANNELS, QUEUE_TOPIC, subscriberOf } from './support';
import type { Subscriber } from './support';

const DEPLOYMENT_TOPIC = `v2.webmessaging.deployments.${SEEDED.deploymentId}.undelivered.messages`;
const CAMPAIGN_TOPIC = 'v2.outbound.messagingcampaigns.c-1.progress';

describe('subscriptions', () => {
	let simulator: Simulator;
	let subscriber: Subscriber;
	let channelId: string;

	beforeAll(async () => {
		const permissions = ['routing:queue:view', 'conversation:communication:view'];
		simulator = await startSimulator({
			clients: [
				{ clientId: 'queues', clientSecret: 's', permissions },
				{ clientId: 'all', clientSecret: 's' },
			],
		});
	});
	const logInAs = async (username: string): Promise<void> => {
		subscriber = await subscriberOf(simulator, { username, password: 's' });
		channelId = (await subscriber.create()).id;
	};
	beforeEach(async () => {
		simulator.reset();
		await logInAs('all');
	});
	afterAll(async () => await simulator.stop());

	const subscribed = async (): Promise<string[]> => {
		const url = `${CHANNELS}/${channelId}/subscriptions`;
		const { data } = await subscriber.http.get(url, { headers: subscriber.headers });
		return data.entities.map(({ id }) => id);
	};

	it('are replaced by PUT, added by POST, and removed by DELETE', async () => {
		const { status, data } = await subscriber.put(channelId, [QUEUE_TOPIC, CAMPAIGN_TOPIC]);
		expect(status).toBe(200);
		expect(unknownFields('ChannelTopicEntityListing', data)).toEqual([]);
		expect(data.entities).toMatchObject([
			{ id: QUEUE_TOPIC, state: 'Permitted' },
			{ id: CAMPAIGN_TOPIC, state: 'Permitted' },
		]);
		await subscriber.put(channelId, [QUEUE_TOPIC]);
		const url = `${CHANNELS}/${channelId}/subscriptions`;
		await subscriber.http.post(url, [{ id: DEPLOYMENT_TOPIC }], { headers: subscriber.headers });
		expect(await subscribed()).toEqual([QUEUE_TOPIC, DEPLOYMENT_TOPIC]);
		expect((await subscriber.http.delete(url, { headers: subscriber.headers })).status).toBe(200);
		expect(await subscribed()).toEqual([]);
	});

	it('without a permission are refused as a whole, unless errors are ignored', async () => {
		await logInAs('queues');
		const topics = [QUEUE_TOPIC, DEPLOYMENT_TOPIC];
		const refused = await subscriber.put(channelId, topics);
		expect(refused).toMatchObject({ status: 403, data: { code: 'missing.permissions' } });
		expect(refused.data.message).toContain('[conversation:webmessaging:view]');
		expect(await subscribed()).toEqual([]);
		const { status, data } = await subscriber.put(channelId, topics, '?ignoreErrors=true');
		expect(status).toBe(200);
		expect(data.entities).toMatchObject([
			{ id: QUEUE_TOPIC, state: 'Permitted' },
			{
				id: DEPLOYMENT_TOPIC,
				state: 'Rejected',
				rejectionReason: 'missing permissions',
				missingPermissions: ['conversation:webmessaging:view'],
			},
		]);
		expect(await subscribed()).toEqual([QUEUE_TOPIC]);
	});

	it.each([
		['v2.routing.queues.none.conversations.messages', 404, 'not found'],
		['v2.weather.{id}', 400, 'invalid topic'],
		['v2.routing.queues.*.conversations.messages', 400, 'invalid topic'],
		['v2.audits.entitytype.queue', 400, 'invalid topic'],
		['v2.users.u-1.presence', 403, 'requires a user'],
		[`v2.users.${'u'.repeat(200)}.presence`, 400, 'invalid topic'],
	])('of %s are refused', async (topic, status, rejectionReason) => {
		expect((await subscriber.put(channelId, [topic])).status).toBe(status);
		const { data } = await subscriber.put(channelId, [topic], '?ignoreErrors=true');
		expect(data.entities).toMatchObject([{ id: topic, state: 'Rejected', rejectionReason }]);
	});

	it('may name several topics of one prefix', async () => {
		const topic = 'v2.detail.events.conversation.c-1?customer.start&customer.end';
		expect((await subscriber.put(channelId, [topic])).status).toBe(200);
		const [channel] = simulator.notifications.channels.all();
		expect([...(channel?.names ?? [])]).toEqual([
			'v2.detail.events.conversation.c-1.customer.start',
			'v2.detail.events.conversation.c-1.customer.end',
		]);
	});

	it('are at most 1,000', async () => {
		const topics = Array.from(
			{ length: 1001 },
			(_none, index) => `v2.outbound.messagingcampaigns.c-${index}`,
		);
		expect((await subscriber.put(channelId, topics.slice(1))).status).toBe(200);
		const tooMany = await subscriber.put(channelId, topics, '?ignoreErrors=true');
		expect(tooMany).toMatchObject({ status: 400, data: { code: 'bad.request' } });
		expect(await subscribed()).toHaveLength(1000);
	});

	it('must be a list of topics', async () => {
		const url = `${CHANNELS}/${channelId}/subscriptions`;
		for (const body of [{}, [{}], [{ id: 7 }]]) {
			expect((await subscriber.http.put(url, body, { headers: subscriber.headers })).status).toBe(
				400,
			);
		}
		expect((await subscriber.put('streaming-0-none', [QUEUE_TOPIC])).status).toBe(404);
	});

	it('are rejected in part by a fault', async () => {
		simulator.notifications.faults.add({ kind: 'rejectTopics' });
		const topics = [QUEUE_TOPIC, CAMPAIGN_TOPIC];
		const { data } = await subscriber.put(channelId, topics, '?ignoreErrors=true');
		expect(data.entities).toMatchObject([{ state: 'Permitted' }, { state: 'Rejected' }]);
		expect(await subscribed()).toEqual([QUEUE_TOPIC]);
	});

	it('are chosen among the available topics', async () => {
		const url = '/api/v2/notifications/availabletopics';
		const { data: bare } = await subscriber.http.get(url, { headers: subscriber.headers });
		expect(bare.entities[0]).toEqual({ id: 'v2.routing.queues.{id}.conversations.messages' });
		const expand = '?expand=transports,permissionDetails,description';
		const { data } = await subscriber.http.get(`${url}${expand}`, { headers: subscriber.headers });
		expect(unknownFields('AvailableTopicEntityListing', data)).toEqual([]);
		expect(data.entities[0]).toEqual({
			id: 'v2.routing.queues.{id}.conversations.messages',
			description: 'Message conversations of a queue',
			transports: ['All'],
			permissionDetails: [
				{
					type: 'requiresPermissions',
					permissions: ['routing:queue:view', 'conversation:communication:view'],
					allowsCurrentUser: false,
					enforced: true,
				},
			],
		});
	});
});
