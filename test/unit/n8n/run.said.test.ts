import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext, type ContextOptions } from '../support/context';
import { deduplication } from '../support/deduplication';

const SMS = {
	...{ resource: 'message', operation: 'send', channel: 'sms', simplify: true },
	...{ fromAddress: '+13175550100', toAddress: '+13175555555', message: 'Hi' },
};
const BY_EMAIL = {
	...{ ...SMS, channel: 'webmessaging', unreachable: 'output', fromAddress: 'd-1' },
	externalContactId: (index: number) => ({ mode: 'email', value: `c${index}@example.com` }),
};
const GET = { resource: 'conversation', operation: 'get', conversationId: 'c-1' };
const REFUSED = { statusCode: 400, body: '{"message":"x","code":"bad.request"}' };
const UNKNOWN = { statusCode: 404, body: '{"message":"Not found","code":"not.found"}' };
const items = (count: number) => Array.from({ length: count }, (_value, n) => ({ n }));
/** No window holds the test up. */
const found = {
	statusCode: 200,
	headers: { 'inin-ratelimit-allowed': '100000', 'inin-ratelimit-count': '1' },
	body: '{"id":"contact-1"}',
};

async function errorOf(options: ContextOptions): Promise<Error & { description: string }> {
	const ended = await run(executionContext(options).context).catch((error: unknown) => error);
	return ended as Error & { description: string };
}

async function hintOf(options: ContextOptions): Promise<unknown> {
	const { context, hints } = executionContext(options);
	await run(context);
	return hints[0]?.message;
}

describe('an expression that n8n refuses for the first item', () => {
	const refusesFirst = (index: number) => {
		if (index === 0) throw new Error('Paired item data unavailable');
		return index === 1 ? 'UTC' : 'Europe/Berlin';
	};
	const window = {
		from: '00:00',
		to: '24:00',
		days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
	};

	it.each([
		['Send Once Key', { delivery: { sendOnceKey: refusesFirst } }],
		[
			'Send Window',
			{ delivery: { sendWindow: { window: { ...window, timeZone: refusesFirst } } } },
		],
		[
			'Conversation ID',
			{ ...SMS, options: { checkSessionFirst: true, conversationId: refusesFirst } },
		],
	])('in %s fails that item alone', async (_option, parameters) => {
		const { helpers } = deduplication();
		const options = { continues: true, items: items(3), helpers: helpers as never };
		const { context } = executionContext({ ...options, parameters, api: () => found });
		const [main = []] = await run(context);
		const refused = main.map(({ json }) => JSON.stringify(json).includes('Paired item'));
		expect(refused).toEqual([true, false, false]);
	});
});

describe('what a run says', () => {
	it('of a dry run: every item is looked at, whatever fails', async () => {
		const said = await hintOf({
			items: items(100),
			continues: true,
			parameters: { ...BY_EMAIL, delivery: { dryRun: 'always' } },
			api: ({ value }) => (Number(/\d+/.exec(value as string)?.[0]) < 60 ? UNKNOWN : found),
		});
		expect(said).toContain("40 ready, 60 not ready (60 'contactNotFound')");
	});

	it.each([
		['look-ups', BY_EMAIL],
		[
			'Check Session First',
			{ ...SMS, options: { checkSessionFirst: true, conversationId: 'c-1' } },
		],
	])('of a dry run: its minutes count %s', async (_call, parameters) => {
		const options = { items: items(600), continues: true, api: () => found };
		const delivery = { dryRun: 'always', concurrency: 50 };
		expect(await hintOf({ ...options, parameters: { ...parameters, delivery } })).toContain(
			'600 ready. At the rate limit, sending takes about 4 minutes.',
		);
	});

	it('of a look-up: nothing about messages', async () => {
		const error = await errorOf({
			items: items(2),
			parameters: { ...GET, delivery: { concurrency: 1 } },
			api: (_body, call) => (call === 1 ? found : REFUSED),
		});
		expect(error.message).toBe('Genesys Cloud did not accept the request (400)');
		expect(error.description).not.toMatch(/message|sent/);
	});

	it('of an input that cannot be used: whom it concerns, as the item has it', async () => {
		const empty = (index: number) => (index === 1 ? '' : 'Hi');
		const error = await errorOf({ items: items(2), parameters: { ...SMS, message: empty } });
		expect(error.description).toContain('It concerns +13175555555.');
		const wrong = (index: number) => (index === 1 ? '0170 1234567' : '+13175555555');
		const other = await errorOf({ items: items(2), parameters: { ...SMS, toAddress: wrong } });
		expect(other.description).toContain('It concerns 0170 1234567.');
	});

	it('of a sent item: fields of the input that mean something else in the result are left out', async () => {
		const input = { id: 'customer-1', status: 'gold', error: 'web message failed', name: 'Ada' };
		const options = { includeInputFields: true };
		const { context } = executionContext({ items: [input], parameters: { options } });
		const [[item] = []] = await run(context);
		expect(item?.json).toMatchObject({ id: 'id-message-0', status: 'sent', name: 'Ada' });
		expect(item?.json).not.toHaveProperty('error');
	});

	it('is said when n8n does not read the credential and the run is stopped', async () => {
		const { context, stop } = executionContext({
			items: items(2),
			overrides: { getCredentials: async () => await new Promise<never>(() => undefined) },
		});
		const ended = run(context);
		stop.abort();
		expect(await ended).toEqual([[]]);
	});
});
