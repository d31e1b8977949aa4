import type { Fault } from '../../../dev/simulator';
import { beds } from '../support/bed';
import {
	AGENTLESS,
	DETAILS,
	LOOK_UP,
	messageBy,
	phoneNumbers,
	reading,
	recipients,
} from '../support/messages';
import { detailsOf, having, hintOf, itemOf, jsonOf, textLike } from '../support/outcomes';

jest.setTimeout(60_000);

const openBed = beds();
const thousand = phoneNumbers(1000);
const [first = '', second = '', third = ''] = thousand;
const three = recipients(first, second, third);
const toAddressOf = ({ toAddress }: { toAddress?: unknown }) => toAddress;

describe('1,000 SMS', () => {
	it.each([
		{ accessTokens: 1, reuseConnections: false },
		{ accessTokens: 3, reuseConnections: true },
	])('arrive exactly once under a rate limit: %j', async (delivery) => {
		const rateLimit = { allowed: 100, windowMs: 1000 };
		const bed = await openBed({ simulator: { rateLimit } });
		const result = await bed.run(recipients(...thousand), { ...messageBy('sms'), delivery });
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual(thousand);
		expect(jsonOf(result).map(toAddressOf)).toEqual(thousand);
		expect(new Set(jsonOf(result).map(({ id }) => id)).size).toBe(1000);
		expect(bed.simulator.stats.of(AGENTLESS).statuses[429] ?? 0).toBeLessThanOrEqual(10);
		expect(bed.simulator.stats.tokenRequests).toBeLessThanOrEqual(delivery.accessTokens);
	});

	it('arrive exactly once through a network that loses calls, with Retry On Fail', async () => {
		const faults: Fault[] = [{ kind: 'reset', probability: 0.1 }];
		const rateLimit = { allowed: 100_000, windowMs: 60_000 };
		const bed = await openBed({ simulator: { rateLimit }, faults });
		const delivery = { maxAttempts: 3 };
		const settings = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
		let result = await bed.run(
			recipients(...thousand),
			{ ...messageBy('sms'), delivery },
			settings,
		);
		if (result.status === 'error') result = await bed.engine.retry(result);
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual(thousand);
		expect(jsonOf(result).map(toAddressOf)).toEqual(thousand);
	});
});

describe('a message', () => {
	it('is tried again after a server error, with the attempts it took', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 503, contactId: first, times: 2 }],
		});
		const result = await bed.run(three, messageBy('sms'));
		expect(jsonOf(result).map(({ attempts }) => attempts)).toEqual([3, 1, 1]);
		expect(bed.calls(AGENTLESS)).toBe(5);
	});

	it.each([
		['retry', [first, first]],
		['fail', [first]],
	])('with a lost answer and uncertain = %s reaches %j', async (uncertain, reached) => {
		const bed = await openBed({ faults: [{ kind: 'reset', accept: true }] });
		const parameters = { ...messageBy('sms'), delivery: { uncertain } };
		await bed.run(recipients(first), parameters, { onError: 'continueRegularOutput' });
		expect(bed.reached()).toEqual(reached);
	});

	it('waits out a 429', async () => {
		const limited = { kind: 'status', status: 429, headers: { 'Retry-After': '1' } } as const;
		const bed = await openBed({ faults: [limited] });
		const result = await bed.run(recipients(first), messageBy('sms'));
		expect(hintOf(result)).toMatch(/^Messages: 1 sent, waited [12] s for the rate limit\.$/);
	});

	it.each([
		['continueRegularOutput', 0],
		['continueErrorOutput', 1],
	] as const)('that fails goes on by its output: %s', async (onError, output) => {
		const refused = { kind: 'status', status: 400, contactId: second } as const;
		const bed = await openBed({ faults: [refused] });
		const result = await bed.run(three, messageBy('sms'), { onError });
		expect(bed.reached()).toEqual([first, third]);
		const failed = jsonOf(result, output).filter(({ error }) => error !== undefined);
		expect(failed).toEqual([
			having({
				error: textLike(/did not accept the message \(400\)/),
				details: having({ reason: 'badRequest', delivered: 'no', attempts: 1 }),
			}),
		]);
		expect(hintOf(result)).toBe('Messages: 2 sent, 1 failed.');
	});

	it('that fails stops the workflow with how far it came', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 400, contactId: second }] });
		const parameters = { ...messageBy('sms'), delivery: { concurrency: 1 } };
		const result = await bed.run(three, parameters);
		expect(result.error?.message).toBe('Genesys Cloud did not accept the message (400)');
		expect(itemOf(result)).toBe(1);
		expect(result.error?.description).toContain('1 of 3 messages was sent');
		expect(bed.reached()).toEqual([first]);
	});
});

describe('a look-up', () => {
	const lookUp = {
		resource: 'externalContact',
		operation: 'lookUp',
		identifierType: 'Email',
		identifierValue: '={{ $json.who }}',
	};
	const adas = Array.from({ length: 30 }, () => ({ json: { who: 'ada.moreau@example.com' } }));

	it('keeps to the rate limit, which it shares with messages', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 10, windowMs: 1000 } } });
		await bed.run(recipients(...phoneNumbers(5)), messageBy('sms'));
		const result = await bed.run(adas, lookUp);
		expect(jsonOf(result)).toHaveLength(30);
		expect(bed.simulator.stats.of(LOOK_UP).statuses).toEqual({ 200: 30 });
		expect(hintOf(result)).toMatch(/^Items: 30 read, waited [2-4] s for the rate limit\.$/);
	});

	it('that may have been answered is tried again whatever is set for messages', async () => {
		const bed = await openBed({ faults: [{ kind: 'reset', endpoint: 'read', times: 2 }] });
		const result = await bed.run(adas.slice(0, 1), { ...lookUp, delivery: { uncertain: 'fail' } });
		expect(jsonOf(result)).toMatchObject([{ firstName: 'Ada' }]);
		expect(jsonOf(result)[0]).not.toHaveProperty('attempts');
		expect(bed.calls(LOOK_UP)).toBe(3);
	});

	it('that fails says that nothing was changed', async () => {
		const bed = await openBed({ faults: [{ kind: 'hang', endpoint: 'read', times: 9 }] });
		const delivery = { maxAttempts: 2, timeoutSeconds: 0.2 };
		const settings = { onError: 'continueRegularOutput' } as const;
		const result = await bed.run(adas.slice(0, 1), { ...lookUp, delivery }, settings);
		expect(jsonOf(result)).toMatchObject([{ error: textLike(/Nothing was sent or changed/) }]);
		expect(detailsOf(result)).toEqual([
			having({ reason: 'timeout', attempts: 2, delivered: 'no' }),
		]);
	});

	it('is made anew by Retry On Fail and by Retry Execution', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 400, endpoint: 'read', nth: 2 }],
		});
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await bed.run(
			adas.slice(0, 3),
			{ ...lookUp, delivery: { concurrency: 1 } },
			settings,
		);
		expect(jsonOf(result)).toHaveLength(3);
		expect(bed.calls(LOOK_UP)).toBe(5);
		expect(JSON.stringify(result.context)).not.toContain('Ada');
	});

	it('of a status keeps to Continue as well', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 500, endpoint: 'read', times: 3 }],
		});
		const input = [{ json: { id: 'a' } }, { json: { id: 'b' } }];
		const parameters = {
			...reading('message', 'getStatus', 'messageId'),
			delivery: { concurrency: 1 },
		};
		const result = await bed.run(input, parameters, { onError: 'continueErrorOutput' });
		expect(detailsOf(result, 1)).toEqual([
			having({ reason: 'serverError', attempts: 3 }),
			having({ reason: 'notFound', attempts: 1 }),
		]);
		expect(bed.calls(DETAILS)).toBe(4);
	});
});
