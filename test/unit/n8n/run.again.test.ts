import type { IDataObject } from 'n8n-workflow';

import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext, NODE, type ContextOptions } from '../support/context';
import { deduplication } from '../support/deduplication';
import { inQuickTime } from '../support/quickTime';

const QUICK = { backoffSeconds: 0, concurrency: 1, maxAttempts: 1 };
const CREDENTIAL = {
	...{ environment: 'mypurecloud.de', clientId: 'again' },
	...{ clientSecret: 'a-secret-of-some-length', scope: '' },
};
const AS_TOOL = {
	getNode: () => ({ ...NODE, type: `${NODE.type}Tool` }),
	isToolExecution: () => true,
};
/** The first item's message meets a server error, the others are accepted. */
const firstFails: ContextOptions['api'] = ({ message }) =>
	message === 'message-0'
		? { statusCode: 500, body: '' }
		: { statusCode: 200, body: `{"id":"id-${message as string}"}` };
/** What n8n's database makes of the node's context while an execution waits. */
const stored = <T>(store: T): T => JSON.parse(JSON.stringify(store)) as T;

/** Runs a node again and again in one execution. */
function execution(common: ContextOptions) {
	let store: IDataObject = {};
	const staticData = {};
	return {
		waits: () => (store = stored(store)),
		run: async (options: ContextOptions = {}, runIndex = 0) => {
			const made = executionContext({
				...{ credentials: CREDENTIAL, store, ...common, ...options },
				overrides: {
					getWorkflowStaticData: () => staticData,
					getWorkflowDataProxy: () => ({ $runIndex: runIndex }) as never,
					...common.overrides,
					...options.overrides,
				},
			});
			const outputs = await run(made.context);
			const [main = [], unreachable = []] = outputs.map((items) => items.map(({ json }) => json));
			return { main, unreachable, calls: made.calls.length, sent: made.sent() };
		},
	};
}

describe('a run that follows another in the same execution', () => {
	it('does not call undelivered what the first one sent, when the key store is away', async () => {
		const { helpers } = deduplication();
		const { run: again } = execution({
			continues: true,
			items: [{}, {}, {}],
			parameters: { delivery: { ...QUICK, sendOnceKey: (index: number) => `k-${index}` } },
			api: firstFails,
			helpers: helpers as never,
		});
		await again();
		helpers.getProcessedDataCount.mockRejectedValue(new Error('SQLITE_BUSY: database is locked'));
		const { main, calls } = await again();
		expect(main).toMatchObject([
			{ details: { reason: 'keyStore', delivered: 'unknown' } },
			{ status: 'sent', alreadySent: true, id: 'id-message-1' },
			{ status: 'sent', alreadySent: true, id: 'id-message-2' },
		]);
		expect(calls).toBe(0);
	});

	it.each([
		['the same run again', 0, 'unknown'],
		['the next run of a loop', 1, 'no'],
	])('says of a text that cannot be used, in %s: %s, %s', async (_what, runIndex, delivered) => {
		const { run: again } = execution({ continues: true, parameters: { delivery: QUICK } });
		expect((await again()).sent).toHaveLength(1);
		const parameters = { delivery: QUICK, message: '' };
		const { main } = await again({ parameters }, runIndex);
		expect(main).toMatchObject([{ details: { reason: 'invalidInput', delivered } }]);
	});

	it('does not claim that nothing was sent, when the credential cannot be read', async () => {
		const items = [{}, {}, {}];
		const { run: again } = execution({ continues: true, items, parameters: { delivery: QUICK } });
		await again();
		const away = new Error('connection terminated');
		const { main } = await again({ credentials: away });
		expect(main.map(({ details }) => details)).toMatchObject(
			items.map(() => ({ reason: 'invalidInput', delivered: 'unknown' })),
		);
		await expect(again({ credentials: away, continues: false })).rejects.toHaveProperty(
			'description',
			expect.stringMatching(/None of the 3 messages is known as sent, but some may/),
		);
	});

	it('nor of one item, when its own credential cannot be read', async () => {
		const { run: again } = execution({ continues: true, items: [{}, {}], api: firstFails });
		const getCredentials = async (_type: string, index = 0) => {
			if (index === 1) throw new Error('connection terminated');
			return await Promise.resolve(CREDENTIAL);
		};
		const overrides = { getCredentials: getCredentials as never };
		const { main } = await inQuickTime(async () => {
			await again();
			return await again({ overrides });
		});
		expect(main[1]).toMatchObject({ details: { delivered: 'unknown' } });
	});

	it('is given a certain no when nothing was sent before', async () => {
		const { run: first } = execution({ continues: true, credentials: new Error('terminated') });
		const { main } = await first();
		expect(main).toMatchObject([{ details: { reason: 'invalidInput', delivered: 'no' } }]);
	});

	it('leaves an unproven refusal by the same output, with its reason', async () => {
		const { run: again } = execution({
			continues: true,
			parameters: { unreachable: 'output', delivery: { ...QUICK, uncertain: 'fail' } },
			api: () => ({ statusCode: 400, body: '{"message":"The session has expired"}' }),
		});
		for (const calls of [1, 0]) {
			expect(await again()).toMatchObject({
				calls,
				unreachable: [{ details: { reason: 'sessionExpired', delivered: 'unknown' } }],
			});
		}
	});
});

describe('a loop with a Wait in it', () => {
	it('still knows which customer has a key', async () => {
		const { helpers } = deduplication();
		const delivery = { ...QUICK, sendOnceKey: () => 'order' };
		const { run: next, waits } = execution({ helpers: helpers as never });
		await next({ parameters: { contactId: 'anna', delivery } }, 0);
		waits();
		const { main } = await next({ parameters: { contactId: 'bob', delivery } }, 1);
		expect(main).toMatchObject([{ status: 'skipped' }]);
	});

	it('does not go on after its keys were lost, but the next execution does', async () => {
		const { helpers, setRecord } = deduplication();
		const staticData = { hasSendOnceKeys: true };
		const common = {
			continues: true,
			parameters: { delivery: { ...QUICK, sendOnceKey: (index: number) => `k-${index}` } },
			helpers: helpers as never,
			overrides: { getWorkflowStaticData: () => staticData },
		};
		setRecord(['of another node']);
		const { run: next, waits } = execution(common);
		const lost = [{ details: { reason: 'keyStore', delivered: 'no' } }];
		expect(await next({}, 0)).toMatchObject({ calls: 0, main: lost });
		waits();
		expect(await next({}, 1)).toMatchObject({ calls: 0, main: lost });
		const retried = { ...common.overrides, getExecutionId: () => 'e-2' };
		expect(await next({ overrides: retried }, 1)).toMatchObject({ calls: 1 });
	});
});

describe('as a tool, called several times', () => {
	it('tells one key for two customers', async () => {
		const { helpers } = deduplication();
		const { run: call } = execution({ helpers: helpers as never, overrides: AS_TOOL });
		const delivery = { ...QUICK, sendOnceKey: () => 'order' };
		const said = { message: 'Hi', delivery };
		expect(await call({ parameters: { ...said, contactId: 'anna' } })).toMatchObject({ calls: 1 });
		const { main, calls } = await call({ parameters: { ...said, contactId: 'bob' } });
		expect([main, calls]).toMatchObject([[{ status: 'skipped' }], 0]);
	});

	it.each(['retry', 'fail'])(
		'sends the same message once, also at once (%s)',
		async (uncertain) => {
			const { run: call } = execution({
				overrides: AS_TOOL,
				parameters: { contactId: 'anna', message: 'Hi', delivery: { ...QUICK, uncertain } },
			});
			const answers = await Promise.all([call(), call(), call()]);
			expect(answers.map(({ calls }) => calls)).toEqual([1, 0, 0]);
			expect(answers.map(({ main }) => main[0]?.alreadySent)).toEqual([undefined, true, true]);
		},
	);

	it('sends one of two texts with the same key, also at once', async () => {
		const { helpers } = deduplication();
		const { run: call } = execution({ helpers: helpers as never, overrides: AS_TOOL });
		const delivery = { ...QUICK, sendOnceKey: () => 'order' };
		const texts = ['Hi', 'Hello', 'Good day'];
		const answers = await Promise.all(
			texts.map(
				async (message) => await call({ parameters: { contactId: 'anna', message, delivery } }),
			),
		);
		expect(answers.map(({ calls }) => calls)).toEqual([1, 0, 0]);
		expect(answers.map(({ main }) => main[0]?.alreadySent)).toEqual([undefined, true, true]);
	});

	it('tries again at once what was certainly refused', async () => {
		const { run: call } = execution({
			overrides: AS_TOOL,
			parameters: { contactId: 'anna', message: 'Hi', delivery: QUICK },
			api: () => ({ statusCode: 403, body: '{"code":"a","message":"b"}' }),
		});
		const answers = await Promise.all([call(), call()]);
		expect(answers.map(({ calls }) => calls)).toEqual([1, 1]);
	});
});

describe('Once a Day', () => {
	const DAY = { parameters: { delivery: { ...QUICK, onceADay: true } } };
	const accepted = { statusCode: 200, body: '{"id":"m"}' };

	it.each([
		['accepted', accepted, { status: 'sent', alreadySent: true }],
		['left open', { statusCode: 500, body: '' }, { details: { delivered: 'unknown' } }],
	])(
		'counts the day of the call, when the message has waited past midnight (%s)',
		async (_end, answer, expected) => {
			const { helpers } = deduplication();
			const common = { helpers: helpers as never, continues: true };
			const parameters = { delivery: { ...QUICK, onceADay: true, uncertain: 'fail' } };
			const limited = { statusCode: 429, headers: { 'retry-after': '2' } };
			const api: ContextOptions['api'] = (_body, call) => (call === 1 ? limited : answer);
			await inQuickTime(
				async () => {
					const first = await execution({ ...common, parameters, api }).run();
					expect([first.calls, new Date().getUTCDate()]).toEqual([2, 26]);
					const { main, calls } = await execution({ ...common, parameters }).run();
					expect(main).toMatchObject([expected]);
					expect(calls).toBe(0);
				},
				Date.UTC(2026, 10, 25, 23, 59, 59),
			);
		},
	);

	it('gives a key back, of whichever day, when the message was refused', async () => {
		const { helpers } = deduplication();
		const common = { ...DAY, helpers: helpers as never, continues: true };
		const refused = { statusCode: 403, body: '{"code":"a","message":"b"}' };
		await execution({ ...common, api: () => refused }).run();
		expect(await execution(common).run()).toMatchObject({ calls: 1 });
	});
});
