import { startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { clientOf, logIn, senderOf, until } from './support';
import type { Answer, Http } from './support';

const rateHeaders = ({ headers }: Answer): unknown[] => [
	headers['inin-ratelimit-allowed'],
	headers['inin-ratelimit-count'],
	headers['inin-ratelimit-reset'],
];

describe('rate limit', () => {
	let simulator: Simulator;
	let http: Http;

	beforeAll(async () => {
		simulator = await startSimulator();
		http = clientOf(simulator);
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	it('reports the window of the token on every answer, errors included', async () => {
		const send = await senderOf(http);
		expect(rateHeaders(await send(simulator.contacts.open()))).toEqual(['300', '1', '60']);
		expect(rateHeaders(await send('nobody'))).toEqual(['300', '2', '60']);
		const other = await senderOf(http);
		expect(rateHeaders(await other('nobody'))).toEqual(['300', '1', '60']);
	});

	it('answers calls over the limit with the documented 429', async () => {
		simulator.configure({ rateLimit: { allowed: 2, windowMs: 1500 } });
		const send = await senderOf(http);
		const contactId = simulator.contacts.open();
		await send(contactId);
		await send(contactId);
		const refused = await send(contactId);
		expect(refused.status).toBe(429);
		expect(refused.headers['retry-after']).toBe('2');
		expect(rateHeaders(refused)).toEqual(['2', '2', '2']);
		expect(refused.data).toMatchObject({
			message: 'Rate limit exceeded the maximum. Retry the request in [2] seconds',
			code: 'too.many.requests.retry.after',
			status: 429,
			contextId: refused.headers['inin-correlation-id'] as unknown,
			details: [],
			errors: [],
		});
		expect(simulator.journal.count).toBe(2);
	});

	it('starts a new window when the fixed one is over', async () => {
		simulator.configure({ rateLimit: { allowed: 1, windowMs: 300 } });
		const headers = await logIn(http);
		const call = async (): Promise<Answer> => await http.get('/api/v2/tokens/me', { headers });
		const before = performance.now();
		expect((await call()).status).toBe(200);
		const after = performance.now();
		// Calls that are refused do not make the window longer.
		let answer = await call();
		expect(answer.status).toBe(429);
		while (answer.status === 429) answer = await call();
		const over = performance.now();
		expect(rateHeaders(answer)).toEqual(['1', '1', '1']);
		expect(over - before).toBeGreaterThanOrEqual(300);
		expect(over - after).toBeLessThan(450);
	});

	it('counts neither logins nor the control API', async () => {
		simulator.configure({ rateLimit: { allowed: 1, windowMs: 60_000 } });
		const headers = await logIn(http);
		for (let call = 0; call < 5; call += 1) {
			expect((await http.get('/simulator/contacts', { headers })).status).toBe(200);
		}
		const answer = await http.get('/api/v2/tokens/me', { headers });
		expect(answer.status).toBe(200);
		expect(rateHeaders(answer)[1]).toBe('1');
	});

	it('has neither limit nor headers when it is switched off', async () => {
		simulator.configure({ rateLimit: null });
		const answer = await (await senderOf(http))(simulator.contacts.open());
		expect(answer.status).toBe(200);
		expect(rateHeaders(answer)).toEqual([undefined, undefined, undefined]);
	});

	it('counts calls by endpoint and status, and how many were in flight', async () => {
		const send = await senderOf(http);
		const contactId = simulator.contacts.open();
		simulator.faults.add({ kind: 'latency', ms: 50, times: 3 });
		await Promise.all([send(contactId), send(contactId), send(contactId), send('nobody')]);
		const stats = (): object => simulator.stats.snapshot();
		const endpoint = 'POST /api/v2/webchat/messaging';
		await until(() => simulator.stats.of(endpoint).inFlight === 0);
		expect(stats()).toMatchObject({
			tokenRequests: 1,
			maxInFlight: expect.any(Number) as unknown,
			endpoints: { [endpoint]: { calls: 4, statuses: { 200: 3, 404: 1 } } },
		});
		expect(simulator.stats.maxInFlight).toBeGreaterThanOrEqual(3);
		expect(simulator.stats.sendTimes).toHaveLength(4);
	});
});
