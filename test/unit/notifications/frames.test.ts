import { readFrame } from '../../../nodes/GenesysCloud/notifications/frames';

const frame = (topicName: unknown, eventBody: unknown, rest: object = {}) =>
	readFrame(JSON.stringify({ topicName, eventBody, ...rest }));

describe('a frame', () => {
	it('is an event with its correlation ID, where it has one', () => {
		expect(frame('v2.x', { a: 1 }, { metadata: { CorrelationId: 'id' } })).toEqual({
			kind: 'event',
			topic: 'v2.x',
			body: { a: 1 },
			correlationId: 'id',
		});
		for (const metadata of [undefined, null, [], { CorrelationId: 7 }]) {
			expect(frame('v2.x', {}, { metadata })).toMatchObject({ correlationId: undefined });
		}
	});

	it('says why a channel is lost, and which', () => {
		const body = { channelId: 'c', reason: 'x' };
		expect(frame('v2.system.no_longer_subscribed.c', body)).toEqual({
			kind: 'lost',
			why: 'evicted',
			channelId: 'c',
		});
		expect(frame('v2.system.token_revoked.c', { channelId: 7 })).toEqual({
			kind: 'lost',
			why: 'revoked',
			channelId: undefined,
		});
		for (const answer of ['{"result":"404"}', '{"result":404}']) {
			expect(readFrame(answer)).toEqual({ kind: 'lost', why: 'gone' });
		}
	});

	it.each([undefined, null, 'soon', []])('of the system needs no body: %j', (body) => {
		expect(frame('v2.system.socket_closing', body)).toEqual({ kind: 'closing' });
		expect(frame('v2.system.token_revoked.t', body)).toMatchObject({ why: 'revoked' });
		expect(frame('v2.system.no_longer_subscribed.c', body)).toMatchObject({ why: 'evicted' });
	});

	it.each([
		['an answer', '{"result":"200","status":"subscribed"}'],
		['no text', new ArrayBuffer(3)],
		['a body that is a list', '{"topicName":"v2.x","eventBody":[]}'],
		['a topic that is none', '{"topicName":7,"eventBody":{}}'],
		['a change of the subscriptions', '{"topicName":"v2.system.changed","eventBody":{}}'],
	])('is of no account: %s', (_what, data) => {
		expect(readFrame(data)).toEqual({ kind: 'other' });
	});
});
