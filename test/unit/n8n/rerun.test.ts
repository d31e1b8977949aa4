import type { IDataObject } from 'n8n-workflow';

import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext, type ContextOptions } from '../support/context';

const ITEMS = [{}, {}, {}];
const ok = ({ message }: IDataObject) => ({
	statusCode: 200,
	body: { id: `id-${message as string}` },
});
const QUICK = { backoffSeconds: 0, concurrency: 1, maxAttempts: 1 };

const start = (options: ContextOptions) => {
	const execution = executionContext({
		items: ITEMS,
		parameters: { delivery: QUICK },
		api: ok,
		...options,
	});
	return { ...execution, outcome: run(execution.context).catch((error: unknown) => error) };
};

describe('a re-run by n8n', () => {
	it('sends nothing twice after a failure in the middle', async () => {
		const store: IDataObject = {};
		const broken = start({
			store,
			api: (body) => (body.message === 'message-1' ? { statusCode: 404 } : ok(body)),
		});
		expect(await broken.outcome).toMatchObject({
			message: expect.stringContaining('[Item 1]') as string,
		});
		expect(broken.sent()).toEqual(['message-0', 'message-1']);

		const again = start({ store });
		expect(await again.outcome).toMatchObject([
			[
				{ json: { id: 'id-message-0', alreadySent: true }, pairedItem: { item: 0 } },
				{ json: { id: 'id-message-1', attempts: 1 } },
				{ json: { id: 'id-message-2', attempts: 1 } },
			],
		]);
		expect(again.sent()).toEqual(['message-1', 'message-2']);
		expect(again.hints).toMatchObject([
			{ message: 'Messages: 2 sent, 1 already sent by an earlier run.' },
		]);
	});

	it('counts what an earlier run sent when it fails again', async () => {
		const store: IDataObject = {};
		const api: ContextOptions['api'] = (body) =>
			body.message === 'message-2' ? { statusCode: 403 } : ok(body);
		await start({ store, api }).outcome;
		const again = start({ store, api });
		expect(await again.outcome).toMatchObject({
			description: expect.stringContaining('2 of 3 messages were sent') as string,
		});
		expect(again.sent()).toEqual(['message-2']);
	});

	it('sends an uncertain message again at least once, but not at most once', async () => {
		const unsure = { statusCode: 504 };
		for (const uncertain of ['retry', 'fail']) {
			const store: IDataObject = {};
			const parameters = { delivery: { ...QUICK, uncertain } };
			await start({ store, parameters, items: [{}], api: () => unsure }).outcome;
			const again = start({ store, parameters, items: [{}], continues: true });
			const [main] = (await again.outcome) as [{ json: IDataObject }[]];
			expect(again.calls).toHaveLength(uncertain === 'retry' ? 1 : 0);
			expect(main[0]?.json).toMatchObject(
				uncertain === 'retry'
					? { status: 'sent' }
					: { details: { reason: 'serverError', attempts: 0, delivered: 'unknown' } },
			);
		}
	});

	it.each([
		['a loop sends its own messages', undefined, 3],
		['a node of a workflow sends its own messages', () => false, 3],
		["an AI tool's retry is the same run", () => true, 0],
	])('tells the runs of a node apart: %s', async (_name, isToolExecution, expected) => {
		const store: IDataObject = {};
		const runOf = ($runIndex: number) => {
			const overrides = { isToolExecution, getWorkflowDataProxy: () => ({ $runIndex }) } as never;
			return start({ store, overrides });
		};
		await runOf(0).outcome;
		const second = runOf(1);
		await second.outcome;
		expect(second.calls).toHaveLength(expected);
	});

	it('keeps nothing of customers and texts', async () => {
		const { outcome, store } = start({});
		await outcome;
		expect(Object.keys(store)).toHaveLength(3);
		expect(JSON.stringify(store)).not.toMatch(/contact-|"message-/);
	});

	it('looks things up again and remembers nothing of them', async () => {
		const parameters = { resource: 'conversation', operation: 'get', conversationId: 'c-1' };
		const { outcome, store, hints } = start({
			parameters,
			api: () => ({ statusCode: 200, body: { id: 'c-1', participants: [] } }),
		});
		expect(await outcome).toMatchObject([[{ json: { id: 'c-1', connected: false } }, {}, {}]]);
		expect(store).toEqual({});
		expect(hints).toMatchObject([{ message: 'Items: 3 read.' }]);
	});
});

describe('Stop', () => {
	it('starts nothing new and lets what is in flight finish', async () => {
		const { outcome, stop, store, sent } = start({
			api: (body) => {
				stop.abort();
				return ok(body);
			},
		});
		expect(await outcome).toMatchObject([[{ json: { id: 'id-message-0' } }]]);
		expect(sent()).toEqual(['message-0']);
		expect(Object.keys(store)).toHaveLength(1);
	});

	it('is an end and no failure, even when what was in flight failed', async () => {
		const { outcome, stop, hints } = start({
			api: () => {
				stop.abort();
				return { statusCode: 404 };
			},
		});
		expect(await outcome).toMatchObject([[{ json: { details: { reason: 'notFound' } } }]]);
		expect(hints).toMatchObject([{ message: 'Messages: 0 sent, 1 failed.' }]);
	});

	it('ends a wait for the rate limit at once', async () => {
		const { outcome, stop } = start({
			parameters: { delivery: { concurrency: 1 } },
			api: () => {
				setImmediate(() => stop.abort());
				return { statusCode: 429, headers: { 'retry-after': '120' } };
			},
			continues: true,
		});
		expect(await outcome).toMatchObject([[{ json: { details: { reason: 'rateLimited' } } }]]);
	});
});
