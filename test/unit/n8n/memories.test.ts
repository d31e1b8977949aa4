import type { IDataObject } from 'n8n-workflow';

import type { Memory } from '../../../nodes/GenesysCloud/delivery/memory';
import type { Message } from '../../../nodes/GenesysCloud/delivery/types';
import { STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { mayHaveSent, memoriesOf, noteTry } from '../../../nodes/GenesysCloud/n8n/memories';
import { FakeClock } from '../support/clock';
import { executionContext } from '../support/context';
import { deduplication } from '../support/deduplication';

const IDENTITY = 'message-of-22-letters-';
const MESSAGE: Message = {
	...{ identity: IDENTITY, keys: ['order-1'], known: {}, client: 'a' },
	attempt: async () => await Promise.reject(new Error('no call is made')),
};
const KEY = 'Send Once Key';
const ACCEPTED = { state: 'accepted', receipt: { id: 'm-1' } } as const;
const ticks = async () => {
	for (let tick = 0; tick < 20; tick++) await new Promise((resolve) => setImmediate(resolve));
};

let workflows = 0;

/** A workflow of its own, whose executions share n8n's store of keys. */
function workflow(id: string | undefined = `memories-${++workflows}`) {
	const database = deduplication();
	const execution = (staticData: IDataObject = {}, store: IDataObject = {}) => {
		const clock = new FakeClock();
		const { context } = executionContext({
			store,
			helpers: database.helpers as never,
			overrides: {
				getWorkflow: () => ({ id, active: true }) as never,
				getWorkflowStaticData: () => staticData,
			},
		});
		const ports = { context, clock, notStored: jest.fn() };
		const open = async (option?: string, dryRun = false) => await memoriesOf(ports, option, dryRun);
		return { open, clock, store, staticData };
	};
	return { ...database, execution };
}

/** The memories, where the keys can be trusted. */
async function opened(found: ReturnType<typeof memoriesOf>): Promise<readonly Memory[]> {
	const memories = await found;
	if ('reason' in memories) throw new Error(memories.reason);
	return memories;
}

const asked = async (memories: readonly Memory[]) =>
	await Promise.all(memories.map(async (memory) => await memory.begin(MESSAGE)));

const lostOf = (keys: string) => ({
	reason: 'keyStore',
	delivered: 'no',
	transient: false,
	input: {
		message: `The ${keys} of this workflow are gone from n8n's deduplication store`,
		remedy:
			"Nothing was sent, because messages might be sent twice. Another node has pushed the keys out (a Remove Duplicates node with the scope 'Workflow' and a short history: give it the scope 'Node'), or the store was cleared. Check who has had the message already; the next execution starts with no keys",
	},
});

describe('the memories of a run', () => {
	it('are the ledger alone without keys', async () => {
		const { open, store } = workflow().execution();
		const memories = await opened(open());
		expect(await asked(memories)).toEqual([{ state: 'new' }]);
		for (const memory of memories) await memory.end(MESSAGE, ACCEPTED);
		expect(store).toEqual({ [IDENTITY]: 'm-1' });
		expect(await asked(memories)).toEqual([{ state: 'sent', receipt: { id: 'm-1' } }]);
	});

	it('are the ledger and the keys where an option asks for keys', async () => {
		const { execution, record } = workflow();
		const { open, store, staticData } = execution();
		const memories = await opened(open(KEY));
		expect(await asked(memories)).toEqual([{ state: 'new' }, { state: 'new' }]);
		for (const memory of memories) await memory.end(MESSAGE, ACCEPTED);
		expect([store, staticData]).toEqual([{ [IDENTITY]: 'm-1' }, { hasSendOnceKeys: true }]);
		expect(record()).toHaveLength(3);
	});

	it('of a dry run tell what was sent, and stay as they are', async () => {
		const { execution, record } = workflow();
		const sent = await opened(execution().open(KEY));
		await asked(sent);
		for (const memory of sent) await memory.end(MESSAGE, ACCEPTED);
		const before = record();
		const { open, store } = execution({}, { [IDENTITY]: 'm-1' });
		const known = { state: 'sent', receipt: { id: 'm-1' } };
		expect(await asked(await opened(open(undefined, true)))).toEqual([known]);
		const memories = await opened(open(KEY, true));
		expect(await asked(memories)).toEqual([known, { state: 'sent' }]);
		for (const memory of memories) await memory.end(MESSAGE, { state: 'refused' });
		expect([store, record()]).toEqual([{ [IDENTITY]: 'm-1' }, before]);
	});

	it('do not wait for the same node of another workflow', async () => {
		const first = workflow();
		first.helpers.getProcessedDataCount.mockReturnValue(new Promise(() => undefined));
		void first.execution().open(KEY);
		await ticks();
		const isOpen = jest.fn();
		const second = workflow().execution().open(KEY).then(isOpen);
		await ticks();
		expect(isOpen).toHaveBeenCalledTimes(1);
		await second;
	});
});

describe('keys that others have pushed out', () => {
	const OTHERS = ['of another node'];

	it.each([
		['Send Once Key', 'Send Once Keys'],
		['Once a Day', "keys of 'Once a Day'"],
	])('fail the run, with %s: the %s', async (option, keys) => {
		const { execution, setRecord } = workflow();
		setRecord(OTHERS);
		const { open } = execution({ hasSendOnceKeys: true });
		expect(await open(option)).toEqual(lostOf(keys));
		expect(await open(option)).toEqual(lostOf(keys));
	});

	it('are missed where this process alone knows of them', async () => {
		const { execution, setRecord } = workflow();
		await opened(execution().open(KEY));
		setRecord(OTHERS);
		expect(await execution().open(KEY)).toEqual(lostOf('Send Once Keys'));
	});

	it.each([{}, { hasSendOnceKeys: false }])(
		'are not missed by a workflow that had none: %j',
		async (staticData) => {
			await opened(workflow().execution().open(KEY));
			const { execution, setRecord } = workflow();
			setRecord(OTHERS);
			expect(await opened(execution(staticData).open(KEY))).toHaveLength(2);
		},
	);

	it('are not missed by one workflow without an ID because another had some', async () => {
		const unsaved = () => {
			const { helpers, setRecord } = deduplication();
			setRecord(OTHERS);
			const overrides = { getWorkflow: () => ({ active: false }) as never };
			const { context } = executionContext({ helpers: helpers as never, overrides });
			const ports = { context, clock: new FakeClock(), notStored: jest.fn() };
			return memoriesOf(ports, KEY, false);
		};
		expect(await opened(unsaved())).toHaveLength(2);
		expect(await opened(unsaved())).toHaveLength(2);
	});
});

describe('a store of keys that does not open', () => {
	const TRIED = { [IDENTITY]: 'm-1', triedRun: 0 };
	const away = { reason: 'keyStore', delivered: 'no' };

	it.each(['TypeError', 'AssertionError', 'UserError', 'DeduplicationError'])(
		'is one that this n8n does not have: %s',
		async (name) => {
			const { execution, helpers } = workflow();
			helpers.getProcessedDataCount.mockRejectedValue(Object.assign(new Error('no'), { name }));
			await expect(execution().open('Once a Day')).rejects.toMatchObject({
				name: 'InputError',
				field: 'Once a Day',
				message: "'Once a Day' needs n8n's deduplication store, which this n8n does not offer",
				remedy: 'Remove the option, or update n8n and save the workflow before you run it',
			});
		},
	);

	it.each([new Error('SQLITE_BUSY'), 'a text', undefined])(
		'fails the run where nothing was sent before: %p',
		async (error) => {
			const { execution, helpers } = workflow();
			helpers.getProcessedDataCount.mockRejectedValue(error);
			expect(await execution().open(KEY)).toMatchObject(away);
		},
	);

	it('leaves a run that may have sent before what the ledger knows', async () => {
		const { execution, helpers } = workflow();
		helpers.getProcessedDataCount.mockRejectedValue(new Error('SQLITE_BUSY'));
		const memories = await opened(execution({}, TRIED).open(KEY));
		expect(await asked(memories)).toMatchObject([
			{ state: 'sent' },
			{ state: 'unavailable', failure: away },
		]);
	});

	it.each([{}, TRIED])('is told as a stop after one, with %j in the ledger', async (store) => {
		const { execution, helpers } = workflow();
		helpers.getProcessedDataCount.mockReturnValue(new Promise(() => undefined));
		const { open, clock } = execution({}, { ...store });
		const opening = open(KEY);
		await ticks();
		clock.isStopped = true;
		clock.cut();
		expect(await opening).toEqual(STOPPED);
	});
});

describe('whether an earlier try may have sent messages', () => {
	it.each([
		['a message in this run', { [IDENTITY]: 'm-1', triedRun: 0 }, true],
		['a message in doubt in this run', { [IDENTITY]: '?', triedRun: 0 }, true],
		['a message in an earlier run alone', { [IDENTITY]: 'm-1', triedRun: 1 }, false],
		['a message of which no try is noted', { [IDENTITY]: 'm-1' }, false],
		['a try without messages', { triedRun: 0, isDryRun: true, 'key a-hash': '0 0 b' }, false],
		['nothing', {}, false],
	])('goes by the context, with %s', (_what, store, expected) => {
		expect(mayHaveSent(executionContext({ store }).context)).toBe(expected);
	});

	it('is noted with the number of the run', () => {
		const overrides = { getWorkflowDataProxy: () => ({ $runIndex: 4 }) as never };
		const { context, store } = executionContext({ overrides });
		noteTry(context);
		expect(store).toEqual({ triedRun: 4 });
	});
});
