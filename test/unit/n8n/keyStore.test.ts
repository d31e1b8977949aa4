import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as macrotask } from 'node:timers/promises';

import { WorkflowKeyStore, type Deduplication } from '../../../nodes/GenesysCloud/n8n/keyStore';
import { FakeClock } from '../support/clock';
import { deduplication } from '../support/deduplication';

/** How a key is stored: a customer's number or address may be part of it. */
const entryOf = (key: string) =>
	`genesysCloud:${createHash('sha256').update(key).digest('base64url')}`;
const claimed = (key: string) => [`${entryOf(key)}?`];
const sent = (key: string) => [entryOf(key), `${entryOf(key)}!`];

/** Each is in a process of its own. */
const storeOn = (helpers: Deduplication) =>
	new WorkflowKeyStore(helpers, new FakeClock(), randomUUID());

describe('WorkflowKeyStore', () => {
	it('puts a new key in doubt, and then knows its end', async () => {
		const { typed, record } = deduplication();
		const store = storeOn(typed);
		expect(await store.claim('a')).toBe('new');
		expect(record()).toEqual(claimed('a'));
		expect(await store.claim('a')).toBe('inDoubt');
		expect(record()).toEqual(claimed('a'));
		await store.accept('a');
		expect(record()).toEqual(sent('a'));
		expect(await store.claim('a')).toBe('sent');
		expect(record()).toEqual(sent('a'));
	});

	it('forgets a key that was not sent, but none that another worker has sent meanwhile', async () => {
		const { typed, record } = deduplication();
		const [store, other] = [storeOn(typed), storeOn(typed)];
		await store.claim('a');
		await store.forget('a');
		expect(record()).toEqual([]);
		await store.claim('a');
		await other.accept('a');
		await store.forget('a');
		expect(record()).toEqual(sent('a'));
	});

	it.each([
		['new', []],
		['inDoubt', claimed('a')],
		['sent', sent('a')],
	])('answers without a change: %s', async (state, entries) => {
		const { typed, record, setRecord, helpers } = deduplication();
		setRecord(entries);
		expect(await storeOn(typed).peek('a')).toBe(state);
		expect(record()).toEqual(entries);
		// A question must push out nobody's entries.
		expect(helpers.checkProcessedAndRecord).toHaveBeenLastCalledWith(
			[`${entryOf('a')}?`, entryOf('a')],
			'workflow',
			{ mode: 'entries' },
		);
	});

	/** What a kill, or a database error, leaves between the calls of a claim. */
	it.each([
		['a new key', [...claimed('a'), entryOf('a')], 'inDoubt', claimed('a')],
		['a sent key', [...sent('a'), ...claimed('a')], 'sent', sent('a')],
	])('reads what an interrupted check of %s has left', async (_what, left, state, after) => {
		for (const question of ['claim', 'peek'] as const) {
			const { typed, record, setRecord } = deduplication();
			setRecord(left);
			expect(await storeOn(typed)[question]('a')).toBe(state);
			expect(record()).toEqual(after);
		}
	});

	it('forgets a key whose check by another worker was interrupted', async () => {
		const { typed, record, setRecord } = deduplication();
		setRecord([...claimed('a'), entryOf('a')]);
		await storeOn(typed).forget('a');
		expect(record()).toEqual([]);
	});

	it('gives n8n a hash of the key, never the key', async () => {
		const { typed, helpers } = deduplication();
		const store = storeOn(typed);
		await store.claim('+12025550143');
		await store.accept('+12025550143');
		const given = Object.values(helpers).flatMap(({ mock }) =>
			mock.calls.map((call) => JSON.stringify(call)),
		);
		expect(given.join()).toContain(entryOf('+12025550143'));
		expect(given.join()).not.toContain('2025550143');
	});

	it('makes changes of one kind together, but none before an earlier one of its key', async () => {
		const { typed, calls, record } = deduplication();
		const store = storeOn(typed);
		const changes = [store.claim('a'), store.accept('a'), store.claim('b'), store.claim('a')];
		expect(await Promise.all(changes)).toEqual(['new', undefined, 'new', 'sent']);
		// The claims of a and b, the end of a, the second claim of a.
		expect(calls).toEqual(['add 4', 'remove 2', 'add 2', 'remove 1', 'add 2', 'remove 1']);
		expect(record().sort()).toEqual([...sent('a'), ...claimed('b')].sort());
	});

	it('makes changes that wait together in batches of 100', async () => {
		const { typed, calls } = deduplication();
		const store = storeOn(typed);
		const keys = Array.from({ length: 250 }, (_, index) => `k${index}`);
		const states = await Promise.all(keys.map(async (key) => await store.claim(key)));
		expect(new Set(states)).toEqual(new Set(['new']));
		expect(calls).toEqual([
			...['add 200', 'remove 100', 'add 200', 'remove 100', 'add 100', 'remove 50'],
		]);
	});

	it('tells every waiting change that the store is away, and goes on afterwards', async () => {
		const { typed, failOn } = deduplication();
		failOn(1, 'SQLITE_BUSY');
		const store = storeOn(typed);
		const ended = await Promise.allSettled([store.claim('a'), store.claim('b')]);
		expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(await store.claim('a')).toBe('new');
	});

	it('takes back what it has added, although the database fails for a moment', async () => {
		const { typed, helpers, record } = deduplication();
		for (let errors = 0; errors < 3; errors++) {
			helpers.removeProcessed.mockRejectedValueOnce(new Error('SQLITE_BUSY'));
		}
		expect(await storeOn(typed).claim('a')).toBe('new');
		expect(record()).toEqual(claimed('a'));
	});

	it('tells every waiting change that the lock cannot be had', async () => {
		const { typed, helpers } = deduplication();
		helpers.checkProcessedAndRecord.mockRejectedValue(new Error('connection refused'));
		const store = storeOn(typed);
		const ended = await Promise.allSettled([store.claim('a'), store.accept('b')]);
		expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		const scopes = helpers.checkProcessedAndRecord.mock.calls.map(([, scope]) => scope);
		expect(new Set(scopes)).toEqual(new Set(['node']));
	});

	it('loses no key to another worker, and lets one of both claim a key', async () => {
		const { typed, record } = deduplication();
		const stores = [storeOn(typed), storeOn(typed)];
		const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
		await Promise.all(keys.map(async (key, index) => await stores[index % 2]?.claim(key)));
		expect(record().sort()).toEqual(keys.flatMap(claimed).sort());
		const claims = await Promise.all(stores.map(async (store) => await store.claim('one')));
		expect(claims.sort()).toEqual(['inDoubt', 'new']);
	});

	it('blocks no other execution when a database call of its own hangs', async () => {
		const { typed, helpers } = deduplication();
		const hanging = storeOn(typed);
		helpers.checkProcessedAndRecord.mockImplementationOnce(
			async () => await new Promise(() => undefined),
		);
		let answered = false;
		void hanging.claim('a').then(() => (answered = true));
		await macrotask();
		expect(await storeOn(typed).claim('a')).toBe('new');
		expect(answered).toBe(false);
	});
});

describe('opening the store', () => {
	const full = () => Array.from({ length: 100_050 }, (_, index) => `other ${index}`);

	it.each([
		['the first time', false, ['other'], true],
		['when its keys are there', true, ['genesysCloud:keys', ...sent('a')], true],
		['after another node has pushed out keys', true, sent('b'), false],
		['after it was cleared on purpose', true, [], true],
		['when it is full, and its own limit has pushed out keys', true, full(), true],
		['when a batch more would fill it', true, full().slice(0, 100_000), true],
		['when a batch more would not fill it', true, full().slice(0, 99_999), false],
	])('%s', async (_when, hadKeys, entries, isWhole) => {
		const { typed, setRecord, record } = deduplication();
		setRecord(entries);
		expect(await storeOn(typed).open(hadKeys)).toBe(isWhole);
		expect(record()).toContain('genesysCloud:keys');
	});

	it('undoes nothing that another worker is about to store', async () => {
		const { typed, record } = deduplication();
		const [store, other] = [storeOn(typed), storeOn(typed)];
		await Promise.all([store.claim('a'), other.open(true), store.claim('b')]);
		expect(record()).toEqual(expect.arrayContaining([...claimed('a'), ...claimed('b')]));
	});

	it('tells what n8n says when it has no store', async () => {
		const { typed, helpers } = deduplication();
		helpers.getProcessedDataCount.mockRejectedValueOnce(new TypeError('not a function'));
		await expect(storeOn(typed).open(false)).rejects.toThrow('not a function');
	});
});
