import { randomUUID } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type { Engine, RunResult } from '../../../dev/headless-n8n';
import { beds, credentialOf, engineWith } from '../support/bed';
import { acceptedAnswer, sharedLimit, startGateway, type Gateway } from '../support/gateway';
import { located, messageBy } from '../support/messages';
import { detailsOf, jsonOf } from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

jest.setTimeout(60_000);

const openBed = beds();
/** What a user has who sets nothing. */
const defaults: IDataObject = { backoffSeconds: 1, maxWaitSeconds: 180 };
const onError = 'continueErrorOutput';

let gateway: Gateway;
let engine: Engine;
beforeEach(async () => {
	gateway = await startGateway();
	const client = { clientId: `client-${randomUUID()}`, clientSecret: 'a-secret-of-the-tests' };
	engine = await engineWith(credentialOf(gateway.url, client));
});
afterEach(async () => await gateway.close());

/** Sends to so many contacts, and tells how long that took, in ms. */
async function send(count: number, delivery: IDataObject = {}, prefix = '') {
	const workflow = sendWorkflow({ delivery: { ...defaults, ...delivery } }, { onError });
	const input = customers(...contactIds(count).map((id) => prefix + id));
	const startedAt = performance.now();
	const result = await engine.run(workflow, { input });
	return { result, tookMs: performance.now() - startedAt };
}

function expectAllSentOnce(results: readonly RunResult[], count: number): void {
	for (const result of results) expect(detailsOf(result, 1)).toEqual([]);
	expect(results.flatMap((result) => jsonOf(result))).toHaveLength(count);
	expect(new Set(gateway.accepted).size).toBe(count);
	expect(gateway.accepted).toHaveLength(count);
}

describe('a limit that no header tells', () => {
	it('of 2 a second loses none of 16, with all defaults', async () => {
		gateway.answer = sharedLimit(2, 1000);
		const { result, tookMs } = await send(16);
		expectAllSentOnce([result], 16);
		expect(tookMs).toBeLessThan(16_000);
		expect(gateway.limited).toBeLessThanOrEqual(20);
	});

	it('of 10 a second loses none of 100, 50 at once', async () => {
		gateway.answer = sharedLimit(10, 1000);
		const { result, tookMs } = await send(100, { concurrency: 50 });
		expectAllSentOnce([result], 100);
		expect(tookMs).toBeLessThan(20_000);
		expect(gateway.limited).toBeLessThanOrEqual(100);
	});

	it('loses none of three executions at once on one client', async () => {
		gateway.answer = sharedLimit(10, 1000);
		const runs = await Promise.all(['a', 'b', 'c'].map(async (who) => await send(20, {}, who)));
		expectAllSentOnce(
			runs.map(({ result }) => result),
			60,
		);
		expect(Math.max(...runs.map(({ tookMs }) => tookMs))).toBeLessThan(12_000);
		expect(gateway.limited).toBeLessThanOrEqual(60);
	});

	it('is shared by four access tokens, and loses none', async () => {
		gateway.answer = sharedLimit(10, 1000);
		const { result, tookMs } = await send(60, { accessTokens: 4, concurrency: 40 });
		expectAllSentOnce([result], 60);
		expect(tookMs).toBeLessThan(12_000);
		// As many as with one token: all learn from the refusal of one.
		expect(gateway.limited).toBeLessThanOrEqual(90);
		expect(gateway.logins).toBe(1);
	});

	it.each(['0', '1'])(
		'at random, half of all answers, loses none (Retry-After: %s)',
		async (wait) => {
			const limited = { status: 429, headers: { 'retry-after': wait }, body: { code: 'too.many' } };
			gateway.answer = (call) => (call.index % 2 === 0 ? limited : acceptedAnswer(call));
			const { result } = await send(10);
			expectAllSentOnce([result], 10);
		},
	);

	it('is waited out at most once, too', async () => {
		gateway.answer = sharedLimit(5, 500);
		const { result } = await send(15, { uncertain: 'fail', maxAttempts: 1 });
		expectAllSentOnce([result], 15);
	});

	it('in a closed window is probed by one call, whatever is waiting', async () => {
		const closed = { status: 429, headers: { 'retry-after': '1' }, body: {} };
		gateway.answer = (call) => (call.index < 50 ? closed : acceptedAnswer(call));
		const running = send(40, { concurrency: 40, maxWaitSeconds: 3 });
		const { result } = await running;
		const first = gateway.calls[0]!.at;
		const later = gateway.calls.filter(({ at }) => at > first + 900);
		// One probe for each second that the window was closed again.
		expect(later.length).toBeLessThanOrEqual(4);
		expect(gateway.accepted).toEqual([]);
		expect(detailsOf(result, 1)).toHaveLength(40);
	});
});

describe('a limit that is not told in time', () => {
	it('of a fresh token is not overdrawn by eight executions at once', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 300, windowMs: 2_000 } } });
		const workflow = sendWorkflow({ delivery: { ...defaults, concurrency: 50 } });
		const runs = Array.from({ length: 8 }, async (_value, index) => {
			const input = customers(...contactIds(50).map((id) => `${index}-${id}`));
			return await bed.engine.run(workflow, { input });
		});
		const results = await Promise.all(runs);
		expect(results.flatMap((result) => jsonOf(result))).toHaveLength(400);
		expect(bed.simulator.journal.count).toBe(400);
		expect(bed.answered(429)).toBe(0);
	});

	it('is read once when a proxy repeats the headers', async () => {
		const limit = sharedLimit(20, 1000);
		let count = 0;
		gateway.answer = (call) => {
			const answer = limit(call);
			if (typeof answer === 'string' || answer.status !== 200) return answer;
			count = (count % 20) + 1;
			const twice = (value: string) => [value, value];
			const headers = {
				'inin-ratelimit-allowed': twice('20'),
				'inin-ratelimit-count': twice(String(count)),
				'inin-ratelimit-reset': twice('1'),
			};
			return { ...answer, headers };
		};
		await send(1);
		const { result } = await send(60, { concurrency: 30 }, 'x');
		expect(jsonOf(result)).toHaveLength(60);
		expect(gateway.limited).toBeLessThanOrEqual(3);
	});
});

describe('a limit that one customer alone meets', () => {
	it.each([10, 1])('costs the others no message, %i at once', async (concurrency) => {
		gateway.answer = (call) =>
			call.contactId === 'c1'
				? { status: 429, headers: { 'retry-after': '1' }, body: {} }
				: acceptedAnswer(call);
		const { result } = await send(60, { concurrency, maxWaitSeconds: 3 });
		expect(gateway.accepted.sort()).toEqual(contactIds(60).slice(1).sort());
		expect(jsonOf(result)).toHaveLength(59);
		expect(detailsOf(result, 1)).toMatchObject([{ reason: 'rateLimited', delivered: 'no' }]);
	});

	it('is soon known as such: then the others do not wait for it', async () => {
		gateway.answer = (call) => {
			if (call.contactId !== 'c1') return acceptedAnswer(call);
			return gateway.accepted.length < 199
				? { status: 429, headers: { 'retry-after': '2' }, body: {} }
				: acceptedAnswer(call);
		};
		const { result, tookMs } = await send(200);
		expectAllSentOnce([result], 200);
		expect(tookMs).toBeLessThan(14_000);
		expect(gateway.limited).toBeLessThanOrEqual(6);
	});
});

describe('a limit of messages alone, while look-ups get through', () => {
	const session = { checkSessionFirst: true, conversationId: 'c-1' };
	it.each<[string, IDataObject]>([
		[
			'by phone',
			messageBy('webmessaging', { externalContactId: located('+12025550143', 'phone') }),
		],
		['into an open session', messageBy('sms', { toAddress: '+12025550143', options: session })],
	])('ends with Max Wait: %s', async (_how, parameters) => {
		gateway.answer = ({ path }) => {
			if (path.endsWith('/agentless')) {
				return { status: 429, headers: { 'retry-after': '1' }, body: {} };
			}
			const participants = [{ purpose: 'customer', state: 'connected' }];
			return { status: 200, body: { id: 'c-1', participants } };
		};
		const delivery = { ...defaults, maxWaitSeconds: 2 };
		const workflow = sendWorkflow({ ...parameters, message: 'Hello!', delivery }, { onError });
		const result = await engine.run(workflow, { input: [{ json: {} }] });
		expect(detailsOf(result, 1)).toMatchObject([{ reason: 'rateLimited', delivered: 'no' }]);
		expect(gateway.calls.length).toBeLessThanOrEqual(8);
	});
});

describe('a 408', () => {
	it.each(['retry', 'fail'])('in the API’s own format is tried again (%s)', async (uncertain) => {
		const timedOut = { message: 'The request timed out', code: 'request.timeout', status: 408 };
		gateway.answer = (call) =>
			call.index === 0 ? { status: 408, body: timedOut } : acceptedAnswer(call);
		const { result } = await send(1, { uncertain, backoffSeconds: 0 });
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 2 }]);
	});

	it.each([
		['retry', 2, 1],
		['fail', 1, 0],
	])('of a gateway may have been accepted (%s)', async (uncertain, calls, sent) => {
		gateway.answer = (call) =>
			call.index === 0 ? { status: 408, body: '<html>' } : acceptedAnswer(call);
		const { result } = await send(1, { uncertain, backoffSeconds: 0 });
		expect(gateway.calls).toHaveLength(calls);
		expect(jsonOf(result)).toHaveLength(sent);
	});
});
