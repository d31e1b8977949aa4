import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext, type ContextOptions } from '../support/context';

const AWAY = { credentials: new Error('connection terminated') };
const UNKNOWN = { parameters: { operation: 'shout' } };
const GET = { resource: 'conversation', operation: 'get', conversationId: 'c-1' };
const QUICK = { backoffSeconds: 0, concurrency: 1 };
const items = (count: number) => Array.from({ length: count }, (_value, n) => ({ n }));
/** No window holds the test up. */
const found = {
	statusCode: 200,
	headers: { 'inin-ratelimit-allowed': '100000', 'inin-ratelimit-count': '1' },
	body: '{"id":"c-1"}',
};
const REFUSED = { statusCode: 400, body: '{"message":"x","code":"bad.request"}' };

async function play(options: ContextOptions) {
	const execution = executionContext(options);
	const ended = await run(execution.context).then(
		([main = []]) => ({ main: main.map(({ json }) => json) }),
		(error: unknown) => ({ main: [], error: error as Error & { description: string } }),
	);
	return { error: undefined, ...execution, ...ended };
}

describe('a run that cannot begin', () => {
	it('says of each item what is the matter, and that nothing was sent', async () => {
		const { main, hints } = await play({ ...UNKNOWN, continues: true, items: items(2) });
		const item = {
			error:
				"'Operation' is not known to this version of the node. Choose an operation from the list, or update the node.",
			details: { reason: 'invalidInput', attempts: 0, delivered: 'no' },
		};
		expect(main).toEqual([item, item]);
		const message = 'Messages: 0 sent, 2 failed.';
		expect(hints).toEqual([{ message, type: 'warning', location: 'outputPane' }]);
	});

	it('ends with what is the matter, and names nobody', async () => {
		const { error } = await play({ ...UNKNOWN, items: items(2) });
		expect(error?.message).toBe("'Operation' is not known to this version of the node");
		expect(error?.description).toBe(
			'Choose an operation from the list, or update the node. None of the 2 messages was sent.',
		);
	});

	it('does not need a host that tells of Stop', async () => {
		const overrides = { getExecutionCancelSignal: undefined } as never;
		const { main } = await play({ ...AWAY, continues: true, overrides });
		expect(main).toMatchObject([{ details: { reason: 'invalidInput' } }]);
	});

	it('does not claim that its one message was not sent, when an earlier try may have', async () => {
		const store = {};
		const parameters = { delivery: QUICK };
		await play({ store, parameters });
		const { main } = await play({ ...AWAY, store, parameters, continues: true });
		expect(main).toEqual([
			{
				error:
					'connection terminated. Check the expressions of this node and its credential. An earlier try may have delivered the message: check before you send it again.',
				details: { reason: 'invalidInput', attempts: 0, delivered: 'unknown' },
			},
		]);
	});
});

describe('an input that cannot be used', () => {
	it('is found before the first message, also when they go one after the other', async () => {
		const message = (index: number) => (index === 2 ? ' ' : 'text');
		const parameters = { message, delivery: QUICK };
		const { error, calls } = await play({ items: items(3), parameters });
		expect(error?.message).toBe("'Message' is empty");
		expect(calls).toHaveLength(0);
	});
});

describe('a run that looks things up', () => {
	const lookUp = async (delivery: object, options: ContextOptions) =>
		await play({ continues: true, parameters: { ...GET, delivery }, ...options });

	it('looks up every item, however many fail in a row', async () => {
		const delivery = { ...QUICK, stopAfterFailures: 2 };
		const { calls, main } = await lookUp(delivery, { items: items(4), api: () => REFUSED });
		expect(calls).toHaveLength(4);
		expect(main.map(({ details }) => details)).toMatchObject(
			items(4).map(() => ({ reason: 'badRequest', attempts: 1 })),
		);
	});

	it('asks again whatever is to become of uncertain messages', async () => {
		const delivery = { ...QUICK, maxAttempts: 2, uncertain: 'fail' };
		const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
		const { calls, main } = await lookUp(delivery, {
			api: (_body, call) => {
				if (call === 1) throw lost;
				return found;
			},
		});
		expect(calls).toHaveLength(2);
		expect(main).toMatchObject([{ id: 'c-1' }]);
	});

	it('keeps nothing of it in the execution', async () => {
		const { store } = await lookUp(QUICK, { api: () => found });
		expect(store).toEqual({});
	});
});

describe('a dry run', () => {
	it('reckons with all access tokens', async () => {
		const delivery = { dryRun: 'always', accessTokens: 2, concurrency: 50 };
		const { hints } = await play({ items: items(700), parameters: { delivery } });
		expect(hints).toMatchObject([
			{
				message:
					'Dry run, nothing was sent: 700 ready. At the rate limit, sending takes about 2 minutes.',
			},
		]);
	});
});
