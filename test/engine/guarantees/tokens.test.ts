import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import type { Engine } from '../../../dev/headless-n8n';
import { serve } from '../../unit/support/loopback';
import { beds, credentialOf, engineWith } from '../support/bed';
import {
	acceptedAnswer,
	startGateway,
	tokenAnswer,
	type Gateway,
	type GatewayAnswer,
} from '../support/gateway';
import { located, messageBy, phoneNumbers, recipients } from '../support/messages';
import { detailsOf, having, jsonOf } from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const onError = 'continueErrorOutput';

let gateway: Gateway;
let engine: Engine;
beforeEach(async () => {
	gateway = await startGateway();
	const client = { clientId: `client-${randomUUID()}`, clientSecret: 'a-secret-of-the-tests' };
	engine = await engineWith(credentialOf(gateway.url, client));
});
afterEach(async () => await gateway.close());

async function send(count: number, delivery: IDataObject = {}) {
	const workflow = sendWorkflow({ delivery }, { onError });
	return await engine.run(workflow, { input: customers(...contactIds(count)) });
}

/** Puts the clock of the process, which never goes back, some seconds ahead. */
function skip(seconds: number): void {
	const real = performance.now.bind(performance);
	jest.spyOn(performance, 'now').mockImplementation(() => real() + seconds * 1000);
}

describe('a wait of years', () => {
	const YEARS = '1764000000';

	it('asked by one answer closes the token for an hour at most', async () => {
		const tooMany = { status: 429, headers: { 'retry-after': YEARS }, body: {} };
		gateway.answer = (call) => (call.index === 0 ? tooMany : acceptedAnswer(call));
		expect(detailsOf(await send(1), 1)).toEqual([having({ reason: 'rateLimited' })]);
		expect(detailsOf(await send(1), 1)).toEqual([having({ reason: 'rateLimited', attempts: 0 })]);
		skip(3601);
		expect(jsonOf(await send(1))).toEqual([having({ status: 'sent' })]);
	});

	it('asked by one login closes the login for an hour at most', async () => {
		const tooMany = { status: 429, headers: { 'retry-after': YEARS }, body: {} };
		gateway.login = () => (gateway.logins === 1 ? tooMany : tokenAnswer('t'));
		expect(detailsOf(await send(1), 1)).toEqual([having({ reason: 'rateLimited' })]);
		skip(3601);
		expect(jsonOf(await send(1))).toEqual([having({ status: 'sent' })]);
	});
});

describe('a login that is throttled', () => {
	it.each<[string, GatewayAnswer]>([
		['429 without a time', { status: 429, body: {} }],
		['429, Retry-After: 0', { status: 429, headers: { 'retry-after': '0' }, body: {} }],
		[
			'400 invalid_request',
			{ status: 400, body: { error: 'invalid_request', description: 'rate limit exceeded; wait' } },
		],
		['503 with Retry-After', { status: 503, headers: { 'retry-after': '0' }, body: {} }],
	])('is waited out, without a storm: %s', async (_name, answer) => {
		gateway.login = () => (gateway.logins <= 2 ? answer : tokenAnswer('t'));
		expect(jsonOf(await send(3))).toHaveLength(3);
		expect(gateway.logins).toBe(3);
	});

	it.each(['0', '0.001'])('for ever ends with Max Wait (Retry-After: %s)', async (wait) => {
		gateway.login = () => ({ status: 429, headers: { 'retry-after': wait }, body: {} });
		const result = await send(3, { maxWaitSeconds: 2 });
		expect(detailsOf(result, 1)).toEqual([1, 2, 3].map(() => having({ reason: 'rateLimited' })));
		expect(gateway.logins).toBeLessThanOrEqual(4);
	});
});

describe('a token that is never accepted', () => {
	it.each([1, 10, 50])('costs few calls for 400 messages, %i at once', async (concurrency) => {
		gateway.answer = () => ({ status: 401, body: { message: 'no', code: 'bad.credentials' } });
		const result = await send(400, { concurrency });
		expect(detailsOf(result, 1)).toHaveLength(400);
		expect(detailsOf(result, 1)[399]).toEqual(having({ reason: 'unauthorized', delivered: 'no' }));
		expect(gateway.logins).toBeLessThanOrEqual(2);
		expect(gateway.calls.length).toBeLessThanOrEqual(2 * concurrency);
	});

	it.each(['fail', 'retry'])(
		'by a gateway leaves in doubt only what was called (%s)',
		async (uncertain) => {
			gateway.answer = () => ({ status: 401, body: '<html>' });
			const result = await send(400, { uncertain });
			const calls = gateway.calls.length;
			expect(calls).toBeLessThanOrEqual(30);
			const details = detailsOf(result, 1);
			expect(details).toHaveLength(400);
			const inDoubt = details.filter((one) => (one as IDataObject).delivered === 'unknown');
			expect(inDoubt.length).toBeLessThanOrEqual(calls);
			expect(details[399]).toEqual(having({ reason: 'unauthorized', delivered: 'no' }));
			expect(gateway.logins).toBeLessThanOrEqual(3);
		},
	);

	it.each(['fail', 'retry'])(
		'by a gateway for messages alone, while look-ups get through, costs as few (%s)',
		async (uncertain) => {
			gateway.answer = ({ path }) =>
				path.endsWith('/agentless')
					? { status: 401, body: '<html>' }
					: { status: 200, body: { id: 'contact-1' } };
			const externalContactId = located('={{ $json.to }}', 'phone');
			const message = messageBy('webmessaging', { externalContactId, message: 'Hello!' });
			const workflow = sendWorkflow({ ...message, delivery: { uncertain } }, { onError });
			const result = await engine.run(workflow, { input: recipients(...phoneNumbers(100)) });
			const details = detailsOf(result, 1);
			expect(details).toHaveLength(100);
			expect(gateway.calls.length).toBeLessThanOrEqual(60);
			expect(gateway.logins).toBeLessThanOrEqual(3);
			expect(details[99]).toEqual(having({ reason: 'unauthorized', delivered: 'no' }));
		},
	);

	it('once by a gateway, at most once, costs no other message anything', async () => {
		gateway.answer = (call) =>
			call.index === 5 ? { status: 401, body: '<html>' } : acceptedAnswer(call);
		const result = await send(100, { uncertain: 'fail' });
		expect(detailsOf(result, 1)).toEqual([
			having({ reason: 'unauthorized', delivered: 'unknown', attempts: 1 }),
		]);
		expect(gateway.calls).toHaveLength(100);
	});

	it('of several costs few logins, too', async () => {
		gateway.answer = () => ({ status: 401, body: { message: 'no', code: 'bad.credentials' } });
		await send(400, { concurrency: 20, accessTokens: 4 });
		expect(gateway.logins).toBeLessThanOrEqual(8);
	});
});

describe('a login that hands out one token to all', () => {
	it('gives one budget, and overdraws nothing', async () => {
		gateway.login = () => tokenAnswer('always-the-same');
		let count = 0;
		let windowStart = 0;
		gateway.answer = (call) => {
			if (call.at - windowStart >= 1000) [windowStart, count] = [call.at, 0];
			count++;
			const headers = {
				'inin-ratelimit-allowed': '50',
				'inin-ratelimit-count': String(Math.min(count, 50)),
				'inin-ratelimit-reset': '1',
			};
			return count <= 50
				? { ...(acceptedAnswer(call) as object), status: 200, headers }
				: { status: 429, headers, body: {} };
		};
		await send(1);
		const result = await send(150, { accessTokens: 4, concurrency: 40 });
		expect(jsonOf(result)).toHaveLength(150);
		expect(gateway.limited).toBeLessThanOrEqual(2);
	});
});

describe('a slow login', () => {
	it('is ended by no other execution’s Timeout', async () => {
		gateway.login = async () => {
			await setTimeout(700);
			return tokenAnswer('t');
		};
		const [hasty, patient] = await Promise.all([
			send(1, { timeoutSeconds: 0.2, maxAttempts: 1 }),
			send(2, { timeoutSeconds: 10 }),
		]);
		expect(detailsOf(hasty, 1)).toEqual([having({ reason: 'timeout', delivered: 'no' })]);
		expect(jsonOf(patient)).toHaveLength(2);
		expect(gateway.logins).toBe(1);
	});

	it('is ended by no other execution’s Stop', async () => {
		gateway.login = async () => {
			await setTimeout(500);
			return tokenAnswer('t');
		};
		const stopped = engine.start(sendWorkflow(), { input: customers('c1') });
		const other = send(2);
		await setTimeout(100);
		stopped.cancel();
		expect((await stopped.result).status).toBe('canceled');
		expect(jsonOf(await other)).toHaveLength(2);
		expect(gateway.logins).toBe(1);
	});
});

describe('what is hidden', () => {
	it.each(['client', 'invalid', 'e', '_', 'rate', 'limit'])(
		'does not change what a refusal means: the secret %j',
		async (clientSecret) => {
			const client = { clientId: `client-${randomUUID()}`, clientSecret };
			engine = await engineWith(credentialOf(gateway.url, client));
			const body = { error: 'invalid_client', error_description: 'client not found' };
			gateway.login = () => ({ status: 400, body });
			expect(detailsOf(await send(1), 1)).toEqual([having({ reason: 'invalidCredentials' })]);
		},
	);
});

describe('a loopback login', () => {
	const proxied = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];
	afterEach(() => {
		for (const name of proxied) delete process.env[name];
	});

	it.each(proxied)('does not go over the proxy of %s', async (name) => {
		const seen: (string | undefined)[] = [];
		const proxy = await serve((request, response) => {
			seen.push(request.url);
			response.end('{}');
		});
		process.env[name] = proxy.url;
		const bed = await openBed({ plain: true });
		const result = await bed.run(customers('c1'));
		await proxy.close();
		expect(seen).toEqual([]);
		expect(jsonOf(result)).toEqual([having({ status: 'sent' })]);
	});
});
