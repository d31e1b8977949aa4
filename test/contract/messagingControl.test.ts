import { SEEDED, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { agentlessSenderOf, SMS } from './messagingSupport';
import { anyText, clientOf, requestToken, senderOf, textLike } from './support';
import type { Http } from './support';

describe('control API of messaging', () => {
	let simulator: Simulator;
	let http: Http;

	beforeAll(async () => {
		simulator = await startSimulator({ messageStatusTimes: null });
		http = clientOf(simulator);
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	it('lists messages, moves their status, and shows the journal of a channel', async () => {
		const send = await agentlessSenderOf(http);
		const { data: sent } = await send(SMS);
		await (
			await senderOf(http)
		)(simulator.contacts.open());
		expect((await http.get('/simulator/messages')).data).toMatchObject([
			{ id: sent.id, channel: 'sms', status: 'queued' },
		]);
		const url = `/simulator/messages/${sent.id}/status`;
		const { data } = await http.post(url, '{"status":"delivery-failed"}');
		expect(data).toMatchObject({ status: 'delivery-failed', reason: 'GeneralError' });
		expect((await http.post(url)).data).toMatchObject({ status: 'delivery-success' });
		const { data: journal } = await http.get('/simulator/journal?channel=sms');
		expect(journal).toMatchObject({ count: 1, entries: [{ id: sent.id }] });
	});

	it('lets a customer write and ends conversations', async () => {
		const body = { channel: 'sms', toAddress: '+12025550143' };
		const { status, data } = await http.post('/simulator/conversations', body);
		expect(status).toBe(201);
		expect(data).toMatchObject({ state: 'connected', fromAddress: SEEDED.smsNumber });
		const send = await agentlessSenderOf(http);
		expect((await send(SMS)).status).toBe(400);
		const url = `/simulator/conversations/${data.id}/disconnect`;
		const ended = await http.post(url, { disconnectType: 'inactivity' });
		expect(ended.data).toMatchObject({ state: 'disconnected', disconnectType: 'inactivity' });
		expect((await send(SMS)).data.conversationId).toBe(data.id);
		expect((await http.get('/simulator/conversations')).data).toHaveLength(1);
	});

	it('says what is special about a recipient', async () => {
		const url = '/simulator/recipients/%2B12025550143';
		const rule = { kind: 'undeliverable', reason: 'GeneralError' };
		expect((await http.put(url, { kind: 'undeliverable' })).data).toEqual(rule);
		expect((await http.get('/simulator/recipients')).data).toEqual({ '+12025550143': rule });
		expect((await http.delete(url)).status).toBe(204);
		expect((await http.get('/simulator/recipients')).data).toEqual({});
	});

	it('lists, adds and removes what the organisation has', async () => {
		const { data: all } = await http.get('/simulator/directory');
		expect(Object.keys(all)).toEqual([
			'deployments',
			'integrations',
			'smsNumbers',
			'libraries',
			'templates',
			'externalContacts',
			'queues',
		]);
		const contacts = '/simulator/directory/externalContacts';
		const added = await http.post(contacts, { firstName: 'Gus', lastName: 'Lund' });
		expect(added.status).toBe(201);
		expect(added.data).toEqual({ id: anyText, firstName: 'Gus', lastName: 'Lund' });
		expect((await http.get(contacts)).data).toHaveLength(7);
		expect((await http.delete(`${contacts}/${added.data.id}`)).status).toBe(204);
		simulator.reset();
		expect((await http.get(contacts)).data).toHaveLength(6);
	});

	it.each([
		['post', '/simulator/messages/nothing/status', {}, 404],
		['post', '/simulator/messages/nothing/status', { status: 'lost' }, 400],
		['post', '/simulator/messages/nothing/status', { status: 'sent', reason: 'ServerError' }, 400],
		['post', '/simulator/conversations', { channel: 'fax' }, 400],
		['post', '/simulator/conversations', { channel: 'sms' }, 400],
		['post', '/simulator/conversations/nothing/disconnect', {}, 404],
		['put', '/simulator/recipients/x', { kind: 'rich' }, 400],
		['put', '/simulator/recipients/x', { kind: 'undeliverable', reason: 'Rain' }, 400],
		['delete', '/simulator/recipients/x', undefined, 404],
		['get', '/simulator/directory/reset', undefined, 404],
		['post', '/simulator/directory/libraries', { title: 'x' }, 400],
		['post', '/simulator/directory/libraries', {}, 400],
		['post', '/simulator/directory/libraries', { name: 7 }, 400],
		['delete', '/simulator/directory/libraries/nothing', undefined, 404],
		['patch', '/simulator/settings', { agentlessStatus: 201 }, 400],
		['patch', '/simulator/settings', { messageStatusTimes: { sentMs: 5, finalMs: 1 } }, 400],
		['patch', '/simulator/settings', { threadingTimelineMinutes: -1 }, 400],
	])('answers %s %s %j with one sentence', async (method, url, data, status) => {
		const answer = await http.request({ method, url, data });
		expect(answer.status).toBe(status);
		expect(answer.data).toEqual({ error: textLike(/^[A-Z"].*\.$/) });
	});

	it('refuses a login with 401 when it is told to', async () => {
		await http.patch('/simulator/settings', { loginRefusalStatus: 401 });
		const { status, data } = await requestToken(http, { username: 'x', password: 'y' });
		expect([status, data.error]).toEqual([401, 'invalid_client']);
	});
});
