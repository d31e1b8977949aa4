import type { ApiClient } from '../../../nodes/GenesysCloud/api/client';
import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { ServerTime } from '../../../nodes/GenesysCloud/api/serverTime';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import {
	failed,
	succeeded,
	type Failure,
	type Result,
} from '../../../nodes/GenesysCloud/failures/failure';
import {
	channelExists,
	countChannels,
	createChannel,
	subscribe,
} from '../../../nodes/GenesysCloud/notifications/channel';
import { FakeClock } from '../support/clock';
import { FORBIDDEN, NETWORK } from '../support/notificationWorld';

const CHANNEL = { id: 'id', connectUri: 'wss://x', expiresAt: 0 };
const HOUR = 3_600_000;

const answering = (answer: JsonObject | Failure): ApiClient => {
	const result = 'delivered' in answer ? failed(answer as unknown as Failure) : succeeded(answer);
	return async () => result as Result<JsonObject>;
};

async function created(answer: JsonObject, apiUrl = 'https://api.mypurecloud.de') {
	const clock = new FakeClock();
	const time = new ServerTime(() => clock.now());
	const login = async () => succeeded(clock.now() + 100 * HOUR);
	const connected = { account: 'a', apiUrl, call: answering(answer), login };
	return { clock, channel: await createChannel(connected, clock, time) };
}

describe('a new channel', () => {
	it.each([
		['http://localhost:3000', 'ws://localhost:3001/channels/x', true],
		['http://127.0.0.1:3000', 'ws://127.1.2.3/channels/x', true],
		['http://[::1]:3000', 'ws://[::1]:3000/channels/x', true],
		['http://localhost:3000', 'ws://streaming.example.com/channels/x', false],
		['http://gateway.example.com', 'ws://localhost/channels/x', false],
		['https://localhost', 'ws://localhost/channels/x', false],
		['https://api.mypurecloud.de', 'https://streaming.mypurecloud.de/channels/x', false],
		['https://api.mypurecloud.de', 'wss://mypurecloud.de/channels/x', true],
	])('of %s may be at %s: %s', async (apiUrl, connectUri, may) => {
		const { channel } = await created({ id: 'id', connectUri }, apiUrl);
		expect(channel.ok).toBe(may);
	});

	it.each([
		['says nothing', undefined],
		['says no time', 'tomorrow'],
		['says a number', 7],
	])('lasts 24 hours when the answer %s', async (_what, expires) => {
		const connectUri = 'wss://streaming.mypurecloud.de/channels/x';
		const { channel, clock } = await created({ id: 'id', connectUri, expires });
		expect(channel).toMatchObject({ value: { expiresAt: clock.now() + 24 * HOUR } });
	});

	it('is not made without a token', async () => {
		const clock = new FakeClock();
		const call = jest.fn<ReturnType<ApiClient>, [ApiRequest]>();
		const login = async () => failed(NETWORK);
		const connected = { account: 'a', apiUrl: 'https://api.mypurecloud.de', call, login };
		const time = new ServerTime(() => clock.now());
		expect(await createChannel(connected, clock, time)).toEqual(failed(NETWORK));
		expect(call).not.toHaveBeenCalled();
	});
});

describe('a channel', () => {
	it.each([
		['404', false],
		['403', false],
		['401', false],
	])('that is answered with %s is gone', async (httpCode, exists) => {
		const refusal = { ...NETWORK, reason: 'notFound', transient: false, httpCode } as const;
		expect(await channelExists(answering(refusal), CHANNEL)).toEqual(succeeded(exists));
	});

	it('may be there or not when nobody answers, or the login is refused', async () => {
		expect(await channelExists(answering(NETWORK), CHANNEL)).toEqual(failed(NETWORK));
		const login = { ...NETWORK, httpCode: '401', call: 'token' } as const;
		expect(await channelExists(answering(login), CHANNEL)).toEqual(failed(login));
		expect(await channelExists(answering({}), CHANNEL)).toEqual(succeeded(true));
	});

	it('is one of so many, where the API tells', async () => {
		expect(await countChannels(answering({ entities: [{}, {}] }))).toBe(2);
		expect(await countChannels(answering({ entities: 'x' }))).toBeUndefined();
		expect(await countChannels(answering(NETWORK))).toBeUndefined();
	});
});

describe('topics', () => {
	it('are rejected by what the answer says, however odd it is', async () => {
		const entities = [
			null,
			{ id: 7, state: 'Rejected' },
			{ id: 'a', state: 'Rejected', missingPermissions: ['p', 7] },
			{ id: 'b', state: 'Rejected', rejectionReason: 'no', missingPermissions: 'x' },
			{ id: 'c', state: 'Permitted' },
			{ id: 'a', state: 'Rejected', missingPermissions: ['p'] },
		];
		expect(await subscribe(answering({ entities }), CHANNEL, ['a', 'b', 'c'])).toEqual(
			succeeded([
				{ topic: 'a', missingPermissions: ['p'] },
				{ topic: 'b', reason: 'no', missingPermissions: [] },
			]),
		);
		expect(await subscribe(answering({}), CHANNEL, ['a'])).toEqual(succeeded([]));
	});

	it.each([
		['first', 1],
		['second', 2],
	])('are not taken for subscribed when the %s half cannot be sent', async (_which, nth) => {
		const wrong = { ...NETWORK, reason: 'badRequest', transient: false } as const;
		let calls = 0;
		const call: ApiClient = async () => {
			const at = calls++;
			if (at === 0) return failed(wrong);
			return at === nth ? failed(NETWORK) : succeeded({});
		};
		expect(await subscribe(call, CHANNEL, ['a', 'b'])).toEqual(failed(NETWORK));
	});

	it('that are none cannot be to blame for a refusal', async () => {
		const wrong = { ...NETWORK, reason: 'badRequest', transient: false } as const;
		expect(await subscribe(answering(wrong), CHANNEL, [])).toEqual(failed(wrong));
	});

	it.each([1, 3, 101])('that are %d and all forbidden are refused as a whole', async (count) => {
		const topics = Array.from({ length: count }, (_, n) => `t${n}`);
		expect(await subscribe(answering(FORBIDDEN), CHANNEL, topics)).toEqual(failed(FORBIDDEN));
	});
});

describe('the ID of a channel, with which its events can be listened to', () => {
	const secret = { ...CHANNEL, id: 'streaming-0-3k9vq7' };
	const quote = `Cannot PUT /api/v2/notifications/channels/${secret.id}/subscriptions`;

	it.each<[string, JsonObject | Failure, string[]]>([
		['a refusal of one topic', { ...FORBIDDEN, reason: 'badRequest', apiMessage: quote }, ['t']],
		['an outage', { ...NETWORK, apiMessage: quote, code: secret.id }, ['t', 'u']],
		['a rejection', { entities: [{ id: 't', state: 'Rejected', rejectionReason: quote }] }, ['t']],
	])('is in nothing that people read, even if %s quotes it', async (_what, answer, topics) => {
		const result = await subscribe(answering(answer), secret, topics);
		expect(JSON.stringify(result)).toContain('channels/***/subscriptions');
		expect(JSON.stringify(result)).not.toContain(secret.id);
	});

	it('is not in why it cannot be told whether the channel exists', async () => {
		const result = await channelExists(answering({ ...NETWORK, apiMessage: quote }), secret);
		expect(JSON.stringify(result)).not.toContain(secret.id);
	});
});
