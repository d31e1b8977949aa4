import { startSimulator } from '../../dev/simulator';
import type { Fault, Simulator } from '../../dev/simulator';
import { clientOf, requestToken, senderOf, textLike, until } from './support';
import type { Http, Send } from './support';

describe('faults', () => {
	let simulator: Simulator;
	let http: Http;
	let send: Send;
	let contactId: string;

	beforeAll(async () => {
		simulator = await startSimulator();
		http = clientOf(simulator);
	});
	beforeEach(async () => {
		simulator.reset();
		contactId = simulator.contacts.open();
		send = await senderOf(http);
	});
	afterAll(async () => await simulator.stop());

	it.each([
		[false, 0],
		[true, 1],
	])('answers a status, accepting first: %s', async (acceptFirst, accepted) => {
		simulator.faults.add({ kind: 'status', status: 503, acceptFirst });
		const { status, data, headers } = await send(contactId);
		expect([status, data.code]).toEqual([503, 'service.unavailable']);
		expect(data.contextId).toBe(headers['inin-correlation-id']);
		expect(simulator.journal.count).toBe(accepted);
		expect((await send(contactId)).status).toBe(200);
	});

	it('answers a 429 that looks like a used up window', async () => {
		simulator.faults.add({ kind: 'status', status: 429, headers: { 'Retry-After': '7' } });
		const { status, data, headers } = await send(contactId);
		expect([status, data.code]).toEqual([429, 'too.many.requests.retry.after']);
		expect(data.message).toContain('[7] seconds');
		expect(headers).toMatchObject({
			'retry-after': '7',
			'inin-ratelimit-count': '300',
			'inin-ratelimit-reset': '7',
		});
	});

	it.each([
		['html', /^<!DOCTYPE html>/, /^text\/html/],
		['empty', /^$/, /^undefined$/],
		['plain words', /^plain words$/, /^text\/plain/],
	])('answers a status with the body %s', async (body, text, contentType) => {
		simulator.faults.add({ kind: 'status', status: 502, body });
		const { status, data, headers } = await send(contactId);
		expect(status).toBe(502);
		expect(data).toMatch(text);
		expect(`${headers['content-type'] as string | undefined}`).toMatch(contentType);
	});

	it.each([
		[false, 0],
		[true, 1],
	])('answers late, accepting first: %s', async (accept, acceptedBefore) => {
		simulator.faults.add({ kind: 'latency', ms: 120, accept });
		const startedAt = performance.now();
		const sending = send(contactId);
		await until(() => simulator.faults.all()[0]?.hits === 1);
		expect(simulator.journal.count).toBe(acceptedBefore);
		const { status, data } = await sending;
		expect(performance.now() - startedAt).toBeGreaterThanOrEqual(118);
		expect([status, data.id]).toEqual([200, simulator.journal.all()[0]?.id]);
		expect(simulator.journal.count).toBe(1);
	});

	it.each([
		[false, 0],
		[true, 1],
	])('resets the connection, accepting first: %s', async (accept, accepted) => {
		simulator.faults.add({ kind: 'reset', accept });
		await expect(send(contactId)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(simulator.journal.count).toBe(accepted);
		const { statuses } = simulator.stats.of('POST /api/v2/webchat/messaging');
		await until(() => statuses.aborted === 1);
	});

	it.each([
		[false, 0],
		[true, 1],
	])('never answers, accepting first: %s', async (accept, accepted) => {
		simulator.faults.add({ kind: 'hang', accept });
		http.defaults.timeout = 100;
		await expect(send(contactId)).rejects.toMatchObject({ code: 'ECONNABORTED' });
		http.defaults.timeout = 0;
		expect(simulator.journal.count).toBe(accepted);
	});

	it('drips the right answer byte by byte', async () => {
		simulator.faults.add({ kind: 'slowBody', intervalMs: 1 });
		const startedAt = performance.now();
		const { status, data } = await send(contactId);
		expect(performance.now() - startedAt).toBeGreaterThan(150);
		expect([status, data.id]).toEqual([200, simulator.journal.all()[0]?.id]);
	});

	it('breaks off in the middle of an answer', async () => {
		simulator.faults.add({ kind: 'truncatedBody' });
		await expect(send(contactId)).rejects.toThrow(/aborted/);
		expect(simulator.journal.count).toBe(1);
	});

	it('answers 200 with what is no JSON', async () => {
		simulator.faults.add({ kind: 'invalidJson' });
		const { status, data, headers } = await send(contactId);
		expect(status).toBe(200);
		expect(headers['content-type']).toMatch(/^application\/json/);
		expect(() => JSON.parse(data as unknown as string) as unknown).toThrow(SyntaxError);
		expect(simulator.journal.count).toBe(1);
	});

	it('answers 200 with a web page', async () => {
		simulator.faults.add({ kind: 'html200' });
		const { status, data, headers } = await send(contactId);
		expect([status, headers['content-type']]).toEqual([200, textLike(/^text\/html/)]);
		expect(data).toContain('<html>');
		expect(simulator.journal.count).toBe(0);
	});

	it('answers 204 without a body', async () => {
		simulator.faults.add({ kind: 'empty204' });
		const { status, data } = await send(contactId);
		expect([status, data]).toEqual([204, '']);
		expect(simulator.journal.count).toBe(1);
	});

	it('answers with a huge body that does not announce its length', async () => {
		simulator.faults.add({ kind: 'huge', bytes: 2_000_000 });
		const { status, data, headers } = await send(contactId);
		expect([status, headers['content-length']]).toEqual([200, undefined]);
		expect(data.padding).toHaveLength(2_000_000);
		expect(data.id).toBe(simulator.journal.all()[0]?.id);
	});

	it('redirects', async () => {
		simulator.faults.add({ kind: 'redirect', location: 'http://127.0.0.1:9/', status: 307 });
		const { status, headers } = await send(contactId);
		expect([status, headers.location]).toEqual([307, 'http://127.0.0.1:9/']);
		expect(simulator.journal.count).toBe(0);
	});

	it('answers the error of a call that cannot be accepted', async () => {
		simulator.faults.add({ kind: 'reset', accept: true });
		expect((await send('nobody')).status).toBe(404);
	});

	it('hits the calls it is meant for', async () => {
		const other = simulator.contacts.open();
		simulator.faults.add({ kind: 'status', status: 500, contactId, nth: 2, times: 2 });
		const statuses: number[] = [];
		for (const id of [contactId, other, contactId, other, contactId, contactId]) {
			statuses.push((await send(id)).status);
		}
		expect(statuses).toEqual([200, 200, 500, 200, 500, 200]);
	});

	it('plays faults as a row, for ever when told to, and forgets them when cleared', async () => {
		simulator.faults.add({ kind: 'status', status: 500, first: 2 });
		simulator.faults.add({ kind: 'status', status: 502 });
		simulator.faults.add({ kind: 'status', status: 504, times: Infinity });
		const statuses: number[] = [];
		for (let call = 0; call < 6; call += 1) statuses.push((await send(contactId)).status);
		expect(statuses).toEqual([500, 500, 502, 504, 504, 504]);
		simulator.faults.clear();
		expect((await send(contactId)).status).toBe(200);
	});

	it('draws faults with a probability from the seed', async () => {
		const draw = async (): Promise<number[]> => {
			simulator.faults.clear();
			simulator.faults.add({ kind: 'status', status: 500, probability: 0.5 });
			const statuses: number[] = [];
			for (let call = 0; call < 30; call += 1) statuses.push((await send(contactId)).status);
			return statuses;
		};
		const first = await draw();
		expect(new Set(first)).toEqual(new Set([200, 500]));
		expect(await draw()).toEqual(first);
	});

	it('can be for logins or for every call', async () => {
		simulator.faults.add({ kind: 'status', status: 503, endpoint: 'token' });
		expect((await send(contactId)).status).toBe(200);
		expect((await requestToken(http)).status).toBe(503);
		simulator.faults.add({ kind: 'status', status: 503, endpoint: 'any', times: 2 });
		expect((await requestToken(http)).status).toBe(503);
		expect((await send(contactId)).status).toBe(503);
	});

	it.each([
		[{ kind: 'explode' }, /"kind" must be one of: status, latency/],
		[{ kind: 'latency' }, /"ms" must be a number/],
		[{ kind: 'status', status: 99 }, /"status" must be a whole number from 200 to 599/],
		[{ kind: 'hang', acceptFirst: true }, /has no field "acceptFirst"/],
		[{ kind: 'hang', probability: 2 }, /"probability" must be a number from 0 to 1/],
	])('refuses the fault %j', (fault, message) => {
		expect(() => simulator.faults.add(fault as Fault)).toThrow(message);
	});
});
