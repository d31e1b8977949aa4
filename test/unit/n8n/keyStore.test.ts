import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type * as KeyStoreModule from '../../../nodes/GenesysCloud/n8n/keyStore';
import { WorkflowKeyStore } from '../../../nodes/GenesysCloud/n8n/keyStore';
import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext, type ContextOptions } from '../support/context';
import { deduplication } from '../support/deduplication';

/** How a key is stored: a customer's number or address may be part of it. */
const entryOf = (key: string) =>
	`genesysCloud:${createHash('sha256').update(key).digest('base64url')}`;

/** The store as another process of n8n's has it: with the module's state of its own. */
function processWith(helpers: ConstructorParameters<typeof WorkflowKeyStore>[0]): WorkflowKeyStore {
	let own: typeof KeyStoreModule | undefined;
	jest.isolateModules(() => {
		own = jest.requireActual<typeof KeyStoreModule>(
			'../../../nodes/GenesysCloud/execution/keyStore',
		);
	});
	return new own!.WorkflowKeyStore(helpers);
}

describe('WorkflowKeyStore', () => {
	it('adds a key once and tells whether it was new', async () => {
		const { typed, record, helpers } = deduplication();
		const store = new WorkflowKeyStore(typed);
		expect([await store.add('a'), await store.add('a')]).toEqual([true, false]);
		expect(record()).toEqual([entryOf('a')]);
		expect(helpers.checkProcessedAndRecord).toHaveBeenCalledWith([entryOf('a')], 'workflow', {
			mode: 'entries',
			maxEntries: 100_050,
		});
	});

	it('gives n8n a hash of the key, never the key', async () => {
		const { typed, helpers } = deduplication();
		const store = new WorkflowKeyStore(typed);
		await store.add('+12025550143');
		await store.remove('+12025550143');
		const given = Object.values(helpers).flatMap(({ mock }) =>
			mock.calls.map((call) => JSON.stringify(call)),
		);
		expect(given.join()).toContain(entryOf('+12025550143'));
		expect(given.join()).not.toContain('2025550143');
	});

	it('removes a key', async () => {
		const { typed, record } = deduplication();
		const store = new WorkflowKeyStore(typed);
		await store.add('a');
		await store.remove('a');
		expect(record()).toEqual([]);
		expect(await store.add('a')).toBe(true);
	});

	it('makes changes of one kind together, but none before an earlier one of its key', async () => {
		const { typed, calls, record } = deduplication();
		const store = new WorkflowKeyStore(typed);
		const changes = [store.add('a'), store.remove('a'), store.add('b'), store.remove('c')];
		const again = [store.add('a'), store.add('d')];
		await Promise.all(changes);
		expect(await Promise.all(again)).toEqual([true, true]);
		expect(calls).toEqual(['add 3', 'remove 2', 'add 1']);
		expect(record().sort()).toEqual(['a', 'b', 'd'].map(entryOf).sort());
	});

	it('makes changes that wait together in batches, in order, one after another', async () => {
		const { typed, calls, record } = deduplication();
		const store = new WorkflowKeyStore(typed);
		const keys = Array.from({ length: 250 }, (_, index) => `k${index}`);
		await Promise.all([
			...keys.map(async (key) => await store.add(key)),
			store.remove('k0'),
			store.remove('k1'),
			store.add('k0'),
		]);
		expect(calls).toEqual(['add 100', 'add 100', 'add 50', 'remove 2', 'add 1']);
		expect(record()).toHaveLength(249);
	});

	it('takes turns with the other executions of the process', async () => {
		const { typed } = deduplication();
		const stores = [1, 2, 3].map(() => new WorkflowKeyStore(typed));
		const added = await Promise.all(stores.map(async (store) => await store.add('a')));
		expect(added).toEqual([true, false, false]);
	});

	it('tells every waiting change that the store is away, and goes on afterwards', async () => {
		const { typed, failOn } = deduplication();
		failOn(1, 'SQLITE_BUSY');
		const store = new WorkflowKeyStore(typed);
		const ended = await Promise.allSettled([store.add('a'), store.add('b')]);
		expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(await store.add('a')).toBe(true);
	});

	it('loses no key to another process, and lets one of both claim a key', async () => {
		const { typed, record } = deduplication();
		const stores = [processWith(typed), processWith(typed)];
		const ids = Array.from({ length: 20 }, (_, index) => `k${index}`);
		await Promise.all(ids.map(async (id, index) => await stores[index % 2]?.add(id)));
		expect(record().sort()).toEqual(ids.map(entryOf).sort());
		const claims = await Promise.all(stores.map(async (store) => await store.add('one')));
		expect(claims.sort()).toEqual([false, true]);
	});

	it('says that an older n8n has no such store', async () => {
		const { typed, helpers } = deduplication();
		await expect(new WorkflowKeyStore(typed).check()).resolves.toBeUndefined();
		helpers.getProcessedDataCount.mockRejectedValueOnce(new TypeError('not a function'));
		await expect(new WorkflowKeyStore(typed).check()).rejects.toThrow(
			"'Send Once Key' needs n8n's deduplication store, which this n8n does not offer",
		);
	});
});

describe('a run with Send Once Keys', () => {
	const ok = ({ message }: IDataObject) => ({
		statusCode: 200,
		body: { id: `id-${message as string}` },
	});
	const keyOf = (index: number) => `order-${index % 2}`;
	const start = async (options: ContextOptions) => {
		const execution = executionContext({
			items: [{}, {}, {}],
			parameters: { delivery: { sendOnceKey: keyOf, concurrency: 1 } },
			api: ok,
			...options,
		});
		return { ...execution, outputs: await run(execution.context) };
	};

	it('sends each key once, in later executions too', async () => {
		const helpers = deduplication().helpers as never;
		const first = await start({ helpers });
		expect(first.sent()).toEqual(['message-0', 'message-1']);
		expect(first.outputs[0]).toHaveLength(3);
		const second = await start({ helpers });
		expect(second.sent()).toEqual([]);
		expect(second.outputs[0]?.[2]?.json).toEqual({
			contactId: 'contact-2',
			type: 'bot',
			status: 'sent',
			alreadySent: true,
		});
	});

	it('fails the items when this n8n has no store', async () => {
		const { helpers } = deduplication();
		helpers.getProcessedDataCount.mockRejectedValue(new TypeError('not a function'));
		const { outputs, calls } = await start({ helpers: helpers as never, continues: true });
		expect(calls).toHaveLength(0);
		expect(outputs[0]?.[0]?.json.error).toContain("'Send Once Key' needs");
	});

	it('fails an item whose key cannot be looked up, and warns of one not stored', async () => {
		const { helpers, failOn } = deduplication();
		failOn(1, 'SQLITE_BUSY');
		helpers.removeProcessed.mockRejectedValueOnce(new Error('SQLITE_FULL'));
		const { outputs, sent, log } = await start({
			helpers: helpers as never,
			items: [{}, {}],
			continues: true,
		});
		expect(sent()).toEqual(['message-1']);
		expect(outputs[0]?.[0]?.json.error).toContain('SQLITE_BUSY');
		expect(outputs[0]?.[1]?.json).toMatchObject({ status: 'sent' });
		expect(log.warn).toHaveBeenCalledWith(expect.stringContaining('SQLITE_FULL'));
	});
});
