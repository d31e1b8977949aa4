import { startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { agentlessSenderOf, SMS, WHATSAPP } from './messagingSupport';
import { missingFields, unknownFields } from './sdkTypes';
import { clientOf, logIn, until } from './support';
import type { Answer, Http } from './support';

describe('message status', () => {
	let simulator: Simulator;
	let http: Http;
	let send: Awaited<ReturnType<typeof agentlessSenderOf>>;
	let details: (messageId: string) => Promise<Answer>;

	beforeAll(async () => {
		simulator = await startSimulator({ messageStatusTimes: null });
		http = clientOf(simulator);
	});
	beforeEach(async () => {
		simulator.reset();
		send = await agentlessSenderOf(http);
		const headers = await logIn(http);
		details = async (id) =>
			await http.get(`/api/v2/conversations/messages/${id}/details`, { headers });
	});
	afterAll(async () => await simulator.stop());

	it.each([
		['sms', SMS],
		['whatsapp', WHATSAPP],
	])('moves by the control API and is read in the documented shape: %s', async (_channel, body) => {
		const { data: sent } = await send(body);
		expect((await details(sent.id)).data).toMatchObject({
			status: 'queued',
			normalizedReceipts: [],
			conversationId: sent.conversationId,
		});
		const status = `/simulator/messages/${sent.id}/status`;
		await http.post(status, { status: 'sent' });
		expect((await details(sent.id)).data).toMatchObject({
			status: 'sent',
			normalizedReceipts: [{ type: 'Receipt', status: 'Sent', isFinalReceipt: false }],
		});
		await http.post(status, { status: 'delivery-failed', reason: 'InvalidDestination' });
		const { data } = await details(sent.id);
		expect(data).toMatchObject({
			status: 'delivery-failed',
			normalizedReceipts: [
				{ status: 'Sent' },
				{ status: 'Failed', isFinalReceipt: true, reasons: [{ code: 'InvalidDestination' }] },
			],
		});
		expect(unknownFields('MessageData', data)).toEqual([]);
		expect(missingFields('MessageData', data)).toEqual([]);
	});

	it('is also told by the conversation, with the reason of a failure', async () => {
		const { data: sent } = await send(SMS);
		simulator.messages.setStatus(sent.id, 'failed', 'RateLimited');
		const headers = await logIn(http);
		const url = `/api/v2/conversations/messages/${sent.conversationId}`;
		expect((await http.get(url, { headers })).data).toMatchObject({
			participants: [
				{},
				{ messages: [{ messageStatus: 'failed', errorInfo: { code: 'RateLimited' } }] },
			],
		});
		expect((await details('nothing')).status).toBe(404);
	});

	it('moves by time', async () => {
		const { data: sent } = await send(SMS);
		simulator.configure({ messageStatusTimes: { sentMs: 0, finalMs: 60_000 } });
		expect((await details(sent.id)).data.status).toBe('sent');
		simulator.configure({ messageStatusTimes: { sentMs: 0, finalMs: 40 } });
		const message = simulator.messages.get(sent.id)!;
		await until(() => simulator.messages.progress(message).status === 'delivery-success');
		expect((await details(sent.id)).data).toMatchObject({
			status: 'delivery-success',
			normalizedReceipts: [{ status: 'Sent' }, { status: 'Delivered', isFinalReceipt: true }],
		});
	});

	it('has the deprecated text when it is told to', async () => {
		simulator.configure({ deprecatedMessageFields: true });
		const { data: sent } = await send(SMS);
		expect((await details(sent.id)).data).toHaveProperty('textBody', SMS.textBody);
	});
});
