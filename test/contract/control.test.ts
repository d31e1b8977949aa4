import { SEEDED, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { DEMO_CUSTOMERS, prepareDemo } from '../../dev/simulator/demo';
import { anyText, clientOf, logIn, requestToken, senderOf, textLike } from './support';
import type { Http } from './support';

describe('control API', () => {
	let simulator: Simulator;
	let http: Http;

	beforeAll(async () => {
		simulator = await startSimulator();
		http = clientOf(simulator);
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	it('opens, lists, expires and removes contacts', async () => {
		const opened = await http.post('/simulator/contacts');
		expect(opened.status).toBe(201);
		const { contactId } = opened.data;
		const send = await senderOf(http);
		expect((await send(contactId)).status).toBe(200);
		// As curl sends it: with a form's content type.
		const named = await http.post('/simulator/contacts', '{"contactId":"c/1","name":"Ada"}');
		const { deploymentId } = SEEDED;
		const contact = { externalContactId: anyText, deploymentId, browser: 'open' };
		const session = { ...contact, state: 'open' };
		expect(named.data).toEqual({ ...session, contactId: 'c/1', name: 'Ada' });
		const listed = (await http.get('/simulator/contacts')).data;
		expect(listed).toEqual([{ ...session, contactId }, named.data]);

		const expired = await http.post(`/simulator/contacts/${contactId}/expire`);
		expect(expired.data).toEqual({ ...session, contactId, state: 'expired' });
		expect((await send(contactId)).status).toBe(400);
		expect((await http.delete(`/simulator/contacts/${contactId}`)).status).toBe(204);
		expect((await send(contactId)).status).toBe(404);
		expect((await http.get('/simulator/contacts/c%2F1')).data.state).toBe('open');
	});

	it.each([
		['get', '/simulator/contacts/nobody', undefined, 404],
		['post', '/simulator/contacts/nobody/expire', undefined, 404],
		['delete', '/simulator/contacts/nobody', undefined, 404],
		['post', '/simulator/contacts', '{"contactId":7}', 400],
		['post', '/simulator/contacts', '{broken', 400],
		['post', '/simulator/faults', '{"kind":"explode"}', 400],
		['patch', '/simulator/settings', '{"rateLimit":5}', 400],
		['patch', '/simulator/settings', '{"colour":"red"}', 400],
	])('answers %s %s %s with one sentence', async (method, url, data, status) => {
		const answer = await http.request({ method, url, data });
		expect(answer.status).toBe(status);
		expect(answer.data).toEqual({ error: textLike(/^[A-Z"].*\.$/) });
	});

	it('shows and clears the journal', async () => {
		const send = await senderOf(http);
		const [ada, ben] = [simulator.contacts.open(), simulator.contacts.open()];
		await send(ada, 'one');
		await send(ben, 'two');
		expect((await http.get('/simulator/journal')).data.count).toBe(2);
		const ofBen = await http.get('/simulator/journal', { params: { contactId: ben } });
		expect(ofBen.data).toMatchObject({ count: 1, entries: [{ message: 'two' }] });
		const byContact = (await http.get('/simulator/journal/by-contact')).data;
		expect(Object.keys(byContact)).toEqual([ada, ben]);
		expect((await http.delete('/simulator/journal')).status).toBe(204);
		expect(simulator.journal.byContact().size).toBe(0);
	});

	it('adds, lists and clears faults', async () => {
		const added = await http.post('/simulator/faults', [
			{ kind: 'status', status: 500, times: 'Infinity' },
			{ kind: 'hang', endpoint: 'token', times: Infinity },
		]);
		expect(added.status).toBe(201);
		expect(added.data.ids).toHaveLength(2);
		const send = await senderOfWithoutLoginFaults();
		expect((await send('c')).status).toBe(500);
		expect((await send('c')).status).toBe(500);
		const listed = (await http.get('/simulator/faults')).data as unknown;
		const [first, second] = listed as object[];
		expect(first).toMatchObject({ seen: 2, hits: 2, fault: { times: 'Infinity' } });
		expect(second).toMatchObject({ hits: 0, fault: { kind: 'hang', times: 'Infinity' } });
		expect((await http.delete('/simulator/faults')).status).toBe(204);
		expect((await requestToken(http)).status).toBe(200);
	});

	async function senderOfWithoutLoginFaults(): Promise<
		(id: string) => Promise<{ status: number }>
	> {
		const faults = simulator.faults.all().map(({ fault }) => fault);
		simulator.faults.clear();
		const send = await senderOf(http);
		for (const fault of faults) simulator.faults.add(fault);
		return send;
	}

	it('changes settings, revokes tokens and resets', async () => {
		const changed = await http.patch('/simulator/settings', {
			rateLimit: null,
			tokenLifetimeSeconds: 60,
		});
		expect(changed.data).toMatchObject({ rateLimit: null, tokenLifetimeSeconds: 60 });
		const headers = await logIn(http);
		expect((await requestToken(http)).data.expires_in).toBe(60);
		expect((await http.post('/simulator/tokens/revoke')).status).toBe(204);
		expect((await http.get('/api/v2/tokens/me', { headers })).status).toBe(401);
		simulator.contacts.open();
		expect((await http.post('/simulator/reset')).status).toBe(204);
		expect((await http.get('/simulator/contacts')).data).toEqual([]);
		const settings = (await http.get('/simulator/settings')).data;
		expect(settings).toMatchObject({
			rateLimit: { allowed: 300, windowMs: 60_000 },
			tokenLifetimeSeconds: 86_400,
		});
	});

	it('shows and clears statistics, which leave the control API out', async () => {
		await requestToken(http);
		const { endpoints, tokenRequests } = (await http.get('/simulator/stats')).data;
		expect(tokenRequests).toBe(1);
		expect(Object.keys(endpoints)).toEqual(['POST /oauth/token']);
		expect((await http.delete('/simulator/stats')).status).toBe(204);
		expect((await http.get('/simulator/stats')).data.tokenRequests).toBe(0);
	});

	it('makes the start state of the demo again after a reset', async () => {
		const demo = await startSimulator({ prepare: prepareDemo });
		try {
			const demoHttp = clientOf(demo);
			for (let round = 0; round < 2; round += 1) {
				const send = await senderOf(demoHttp);
				const statuses: number[] = [];
				for (const { contactId } of DEMO_CUSTOMERS) statuses.push((await send(contactId)).status);
				expect(statuses).toEqual([200, 200, 429, 400, 404]);
				expect((await send(DEMO_CUSTOMERS[2].contactId)).status).toBe(200);
				demo.reset();
			}
		} finally {
			await demo.stop();
		}
	});
});
