import type { Readable } from 'node:stream';

import { startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { agentlessSenderOf, webMessageTo } from './messagingSupport';
import { clientOf, senderOf, until } from './support';
import type { Http } from './support';

interface StreamEvent {
	id?: string;
	event: string;
	data: Record<string, unknown>;
}

/** Reads server-sent events; comments are left out. */
function collect(stream: Readable): StreamEvent[] {
	const events: StreamEvent[] = [];
	let text = '';
	stream.on('data', (chunk: Buffer) => {
		text += chunk.toString();
		const blocks = text.split('\n\n');
		text = blocks.pop() ?? '';
		for (const block of blocks) {
			const [id, event, data] = ['id', 'event', 'data'].map(
				(name) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1],
			);
			if (event === undefined || data === undefined) continue;
			events.push({ id, event, data: JSON.parse(data) as StreamEvent['data'] });
		}
	});
	stream.on('error', () => undefined);
	return events;
}

describe("customer's browser", () => {
	let simulator: Simulator;
	let http: Http;

	beforeEach(async () => {
		simulator = await startSimulator();
		http = clientOf(simulator);
	});
	afterEach(async () => await simulator.stop());

	const open = async (contactId: string, headers = {}): Promise<[StreamEvent[], Readable]> => {
		const url = `/simulator/contacts/${contactId}/events`;
		const { status, data } = await http.get(url, { responseType: 'stream', headers });
		expect(status).toBe(200);
		const stream = data as unknown as Readable;
		return [collect(stream), stream];
	};
	const messagesOf = (events: StreamEvent[]): unknown[] =>
		events.filter(({ event }) => event === 'message').map(({ data }) => data.message);

	it.each([
		['/widget', /^text\/html/, /<title>Customer's browser/],
		['/widget/theme.css', /^text\/css/, /:root/],
		['/widget/session.css', /^text\/css/, /.state/],
		['/widget/chat.css', /^text\/css/, /.chat/],
		['/widget/calls.js', /^text\/javascript/, /captureUrl|loopbackUrl/],
		['/widget/messages.js', /^text\/javascript/, /showMessage/],
		['/widget/view.js', /^text\/javascript/, /showState/],
		['/widget/widget.js', /^text\/javascript/, /EventSource/],
		['/widget/icon.svg', /^image\/svg/, /<svg/],
	])('serves %s', async (url, contentType, content) => {
		const { status, data, headers } = await http.get(url);
		expect(status).toBe(200);
		expect(headers['content-type']).toMatch(contentType);
		expect(data).toMatch(content);
	});

	it('streams messages to the pages of their contact alone', async () => {
		const [ada, ben] = [simulator.contacts.open(), simulator.contacts.open()];
		const [[first], [second], [other]] = [await open(ada), await open(ada), await open(ben)];
		const send = await senderOf(http);
		const { data: answer } = await send(ada, 'two\nlines', 'agent');
		await until(() => messagesOf(first).length === 1 && messagesOf(second).length === 1);
		expect(first[0]).toMatchObject({ event: 'session', data: { state: 'open' } });
		expect(first[1]).toEqual({
			id: answer.id,
			event: 'message',
			data: {
				id: answer.id,
				type: 'agent',
				message: 'two\nlines',
				timestamp: answer.timestamp,
			},
		});
		await send(ben, 'for Ben');
		await until(() => messagesOf(other).length === 1);
		expect(messagesOf(other)).toEqual(['for Ben']);
	});

	it('starts with what a page missed', async () => {
		const contactId = simulator.contacts.open();
		const send = await senderOf(http);
		const { data: first } = await send(contactId, 'one');
		await send(contactId, 'two');
		const [all] = await open(contactId);
		await until(() => messagesOf(all).length === 2);
		const [rest] = await open(contactId, { 'Last-Event-ID': first.id });
		await until(() => messagesOf(rest).length === 1);
		expect(messagesOf(rest)).toEqual(['two']);
	});

	it('streams agentless web messages, but not those that will not be delivered', async () => {
		const contactId = simulator.contacts.open();
		const { externalContactId = '' } = simulator.contacts.get(contactId) ?? {};
		const [events] = await open(contactId);
		const send = await agentlessSenderOf(http);
		simulator.recipients.set(externalContactId, { kind: 'optedOut' });
		expect((await send({ ...webMessageTo(externalContactId), textBody: 'no' })).status).toBe(200);
		simulator.recipients.clear();
		await send({ ...webMessageTo(externalContactId), textBody: 'yes' });
		await until(() => messagesOf(events).length === 1);
		expect(events.at(-1)?.data).toMatchObject({ type: 'agentless', message: 'yes' });
	});

	it('shows what customer, agent and bot say, and all of it to a page that opens later', async () => {
		const contactId = simulator.contacts.open();
		const [events] = await open(contactId);
		const written = await http.post(`/simulator/contacts/${contactId}/messages`, { text: 'Hi' });
		const { id } = written.data;
		simulator.people.answer(id, 'Good morning', 'bot');
		simulator.people.answer(id, 'How can I help?');
		await until(() => messagesOf(events).length === 3);
		const said = ['Hi', 'Good morning', 'How can I help?'];
		expect(messagesOf(events)).toEqual(said);
		const types = events.slice(1).map(({ data }) => data.type);
		expect(types).toEqual(['customer', 'bot', 'agent']);
		const [later] = await open(contactId);
		await until(() => messagesOf(later).length === 3);
		expect(messagesOf(later)).toEqual(said);
		const ended = await http.post(`/simulator/contacts/${contactId}/conversation/end`);
		expect(ended.data).toEqual({ ended: [id] });
	});

	it('counts as closed from when the page says so until it opens again', async () => {
		const contactId = simulator.contacts.open();
		const browser = (): string | undefined => simulator.contacts.get(contactId)?.browser;
		await http.post(`/simulator/contacts/${contactId}/leave`);
		expect(browser()).toBe('closed');
		await open(contactId);
		expect(browser()).toBe('open');
	});

	it('may call this machine alone', async () => {
		const { headers } = await http.get('/widget');
		expect(headers['content-security-policy']).toBe(
			"default-src 'self'; connect-src 'self' http://localhost:* http://127.0.0.1:*; " +
				"frame-ancestors 'self'",
		);
	});

	it('tells when the session ends, by hand or by inactivity', async () => {
		const contactId = simulator.contacts.open();
		const [events] = await open(contactId);
		simulator.contacts.expire(contactId);
		await until(() => events.length === 2);
		expect(events[1]?.data).toEqual({ contactId, state: 'expired' });

		simulator.configure({ sessionTimeoutSeconds: 0.1 });
		const [idle] = await open(simulator.contacts.open());
		await until(() => idle.at(-1)?.data.state === 'expired');
	});

	it('ends all streams and unanswered calls at once when it stops', async () => {
		const contactId = simulator.contacts.open();
		const [, stream] = await open(contactId);
		const send = await senderOf(http);
		simulator.faults.add({ kind: 'hang' });
		simulator.faults.add({ kind: 'latency', ms: 60_000 });
		const failures = [send(contactId), send(contactId)].map((sending) =>
			sending.then(
				({ status }) => status,
				() => 'failed',
			),
		);
		await until(() => simulator.stats.of('POST /api/v2/webchat/messaging').inFlight === 2);
		const ended = new Promise((resolve) => stream.once('close', resolve));
		const startedAt = performance.now();
		await simulator.stop();
		expect(performance.now() - startedAt).toBeLessThan(500);
		await ended;
		expect(await Promise.all(failures)).not.toContain(200);
		expect(simulator.journal.count).toBe(0);
	});
});
