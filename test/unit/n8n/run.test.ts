import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';

import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext, type ContextOptions, type HelperAnswer } from '../support/context';
import { SECRET } from '../support/credentials';

const EXPIRED: HelperAnswer = {
	statusCode: 400,
	body: '{"message":"Contact ID is invalid or session has expired","code":"bad.request"}',
};
const ok = (body: IDataObject): HelperAnswer => ({
	statusCode: 200,
	body: JSON.stringify({ id: `id-${body.message as string}`, extra: true }),
});
const FIVE = [{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }];
const ONE_AT_A_TIME = { delivery: { concurrency: 1, backoffSeconds: 0 } };

/** Answers with a failure for the given messages. */
const failing =
	(answer: HelperAnswer, ...indexes: number[]) =>
	(body: IDataObject) =>
		indexes.some((index) => body.message === `message-${index}`) ? answer : ok(body);

async function errorOf(options: ContextOptions) {
	const execution = executionContext(options);
	const error: unknown = await run(execution.context).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	return { ...execution, error: error as NodeApiError };
}

describe('a run that succeeds', () => {
	it('gives one simplified item for each message, in order, paired with its input', async () => {
		const { context, hints } = executionContext({ items: FIVE, api: ok });
		const [main, ...rest] = await run(context);
		expect(rest).toEqual([]);
		expect(main).toHaveLength(5);
		expect(main?.[3]).toEqual({
			json: {
				id: 'id-message-3',
				contactId: 'contact-3',
				type: 'bot',
				status: 'sent',
				timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
				attempts: 1,
			},
			pairedItem: { item: 3 },
		});
		const message = 'Messages: 5 sent.';
		expect(hints).toEqual([{ message, type: 'info', location: 'outputPane' }]);
	});

	it("gives the API's answer as it is without Simplify", async () => {
		const { context } = executionContext({ parameters: { simplify: false }, api: ok });
		const [main] = await run(context);
		expect(main?.[0]?.json).toEqual({ id: 'id-message-0', extra: true });
	});

	it('works on a host without hints and cancel signal', async () => {
		const overrides = { addExecutionHints: undefined, getExecutionCancelSignal: undefined };
		const { context } = executionContext({ api: ok, overrides: overrides as never });
		expect((await run(context))[0]).toHaveLength(1);
	});

	it('gives no items for no items', async () => {
		const { context } = executionContext({ items: [] });
		expect(await run(context)).toEqual([[]]);
	});

	it('never has more messages in flight than the concurrency allows', async () => {
		let running = 0;
		let most = 0;
		const { context } = executionContext({
			items: Array.from({ length: 30 }, () => ({})),
			parameters: { delivery: { concurrency: 4 } },
			api: async (body) => {
				most = Math.max(most, ++running);
				await new Promise((resolve) => setImmediate(resolve));
				running--;
				return ok(body);
			},
		});
		expect((await run(context))[0]).toHaveLength(30);
		expect(most).toBe(4);
	});
});

describe('a run that continues on failure', () => {
	const run3 = async (options: ContextOptions = {}) => {
		const execution = executionContext({
			items: FIVE.slice(0, 3),
			continues: true,
			api: failing(EXPIRED, 1),
			...options,
		});
		return { ...execution, outputs: await run(execution.context) };
	};

	it('gives the failed item with exactly `error` and `details`', async () => {
		const { outputs, hints } = await run3();
		expect(outputs).toHaveLength(1);
		expect(outputs[0]?.map(({ json }) => json.status)).toEqual(['sent', undefined, 'sent']);
		const failed = outputs[0]?.[1];
		expect(failed).toEqual({
			json: {
				error: expect.stringMatching(/^The 'Contact ID' is invalid or its session/) as string,
				details: {
					reason: 'sessionExpired',
					httpCode: '400',
					code: 'bad.request',
					apiMessage: 'Contact ID is invalid or session has expired',
					attempts: 1,
					delivered: 'no',
				},
			},
			pairedItem: { item: 1 },
		});
		expect(hints).toMatchObject([{ message: 'Messages: 2 sent, 1 failed.', type: 'warning' }]);
	});

	it('sends unreachable customers to their own output when there is one', async () => {
		const { outputs, hints } = await run3({ parameters: { unreachable: 'output' } });
		expect(outputs).toHaveLength(2);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(outputs[1]).toMatchObject([
			{ json: { n: 1, details: { reason: 'sessionExpired' } }, pairedItem: { item: 1 } },
		]);
		expect(hints).toMatchObject([{ message: 'Messages: 2 sent, 1 unreachable.' }]);
	});

	it('sends the other items when one cannot be used', async () => {
		const message = (index: number) => (index === 1 ? '' : `message-${index}`);
		const { outputs, sent } = await run3({ parameters: { message }, api: ok });
		expect(sent()).toEqual(['message-0', 'message-2']);
		expect(outputs[0]?.[1]?.json).toMatchObject({
			error: expect.stringContaining("'Message' is empty") as string,
			details: { reason: 'invalidInput', attempts: 0, delivered: 'no' },
		});
	});

	it.each([
		['a missing credential', { credentials: new Error('No credential is set') }],
		['an empty secret', { credentials: { environment: 'mypurecloud.de', clientId: 'a' } }],
		['an unknown region', { credentials: { environment: 'mars' } }],
		['an option out of range', { parameters: { delivery: { concurrency: 1_000 } } }],
		['an unknown operation', { parameters: { operation: 'shout' } }],
	])('never throws: %s', async (_name, options: ContextOptions) => {
		const { outputs, calls } = await run3(options);
		expect(calls).toHaveLength(0);
		expect(outputs[0]).toHaveLength(3);
		for (const { json } of outputs[0] ?? []) {
			expect(Object.keys(json)).toEqual(['error', 'details']);
			expect(json.details).toMatchObject({ reason: 'invalidInput', delivered: 'no' });
		}
	});
});

describe('a run that stops at the first failure', () => {
	it('throws a NodeApiError with the item, what to do, and how many were sent', async () => {
		const { error, sent } = await errorOf({
			items: FIVE,
			parameters: ONE_AT_A_TIME,
			api: failing(EXPIRED, 2),
		});
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe("The 'Contact ID' is invalid or its session has expired");
		expect(error.description).toMatch(
			/session timeout.*It concerns contact-2\. 2 of 5 messages were sent\..*'Retry'/,
		);
		expect(sent()).toEqual(['message-0', 'message-1', 'message-2']);
	});

	it('names the first failed item, not the one that failed first', async () => {
		let releaseFirst: () => void = () => undefined;
		const { error } = await errorOf({
			items: FIVE.slice(0, 2),
			api: async (body) => {
				if (body.message === 'message-0') {
					await new Promise<void>((resolve) => (releaseFirst = resolve));
				} else {
					setImmediate(() => releaseFirst());
				}
				return EXPIRED;
			},
		});
		expect(error.message).toContain('session has expired');
	});

	it('names the item that ended the run, not one whose retries it cut short', async () => {
		let unavailable: () => void = () => undefined;
		const isUnavailable = new Promise<void>((resolve) => (unavailable = resolve));
		const { error } = await errorOf({
			items: FIVE.slice(0, 2),
			parameters: { delivery: { backoffSeconds: 60 } },
			api: async (body) => {
				if (body.message === 'message-0') {
					setImmediate(unavailable);
					return { statusCode: 503, body: '' };
				}
				await isUnavailable;
				return EXPIRED;
			},
		});
		expect(error.message).toContain('session has expired');
	});

	it('finds an input that cannot be used before the first message', async () => {
		const message = (index: number) => (index === 4 ? ' ' : 'text');
		const { error, calls } = await errorOf({ items: FIVE, parameters: { message } });
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe("'Message' is empty");
		expect(calls).toHaveLength(0);
	});

	it('throws a NodeOperationError for a missing credential', async () => {
		const { error } = await errorOf({ credentials: new Error('No credential is set') });
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('No credential is set');
	});

	it('sends an unreachable customer on and does not stop', async () => {
		const { context } = executionContext({
			items: FIVE,
			parameters: { unreachable: 'output', ...ONE_AT_A_TIME },
			api: failing(EXPIRED, 0, 3),
		});
		const [main, unreachable] = await run(context);
		expect([main?.length, unreachable?.length]).toEqual([3, 2]);
	});

	it('never tells the secret or the token', async () => {
		const lost = Object.assign(new Error('socket hang up'), {
			code: 'ECONNRESET',
			config: { headers: { authorization: 'Bearer token-1' }, auth: SECRET },
		});
		const { error } = await errorOf({
			parameters: ONE_AT_A_TIME,
			api: () => {
				throw lost;
			},
		});
		const everything = JSON.stringify([error, error.message, error.description, error.context]);
		expect(error.context.data).toMatchObject({ reason: 'network', delivered: 'unknown' });
		expect(everything).not.toMatch(/token-1|T0p-S|Bearer/);
	});
});
