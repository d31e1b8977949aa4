import type { IDataObject } from 'n8n-workflow';

import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext, type ContextOptions } from '../support/context';
import { SECRET } from '../support/credentials';
import { deduplication } from '../support/deduplication';
import { inQuickTime } from '../support/quickTime';

const items = (count: number): IDataObject[] => Array.from({ length: count }, () => ({}));
const NOT_FOUND = () => ({ statusCode: 404, body: '{"message":"not found","code":"not.found"}' });

/** Runs the node with Delivery Options. */
async function play(delivery: object, { parameters, ...options }: ContextOptions = {}) {
	const settings = { concurrency: 1, backoffSeconds: 0, ...delivery };
	const execution = executionContext({
		...options,
		parameters: { ...parameters, delivery: settings },
	});
	const outputs = await run(execution.context);
	return { ...execution, outputs, json: outputs[0]?.map((item) => item.json) ?? [] };
}

/** n8n's store, as it stays from execution to execution; each workflow has its own. */
let workflows = 0;
function workflow() {
	const database = deduplication();
	const id = `w-${++workflows}`;
	const staticData: IDataObject = {};
	const overrides = {
		getWorkflow: () => ({ id, name: id, active: true }),
		getWorkflowStaticData: () => staticData,
	};
	const credentials = { environment: 'mypurecloud.de', clientId: id, clientSecret: SECRET };
	const options = { helpers: database.helpers as never, overrides, credentials };
	return { ...database, options };
}

describe('Send Once Keys', () => {
	const keys = { sendOnceKey: (index: number) => `order-${index}` };

	it('send each message once, in later executions too', async () => {
		const { options } = workflow();
		const first = await play(keys, { ...options, items: items(3) });
		expect(first.sent()).toEqual(['message-0', 'message-1', 'message-2']);
		const second = await play(keys, { ...options, items: items(3) });
		expect(second.sent()).toEqual([]);
		expect(second.json[2]).toEqual({
			contactId: 'contact-2',
			type: 'bot',
			status: 'sent',
			alreadySent: true,
		});
	});

	it('of one customer are those of no other: such an item is skipped and says so', async () => {
		const { options } = workflow();
		const same = { sendOnceKey: () => 'order-shipped' };
		const { json, sent, hints } = await play(same, { ...options, items: items(3) });
		expect(sent()).toEqual(['message-0']);
		expect(json[2]).toMatchObject({
			status: 'skipped',
			contactId: 'contact-2',
			details: { sameKeyAsItem: 0, message: expect.stringContaining('another customer') as string },
		});
		expect(hints).toMatchObject([{ type: 'warning' }]);
	});

	it('that are constant are refused before any call', async () => {
		const constant = { sendOnceKey: 'order-shipped' };
		const { json, calls } = await play(constant, { ...workflow().options, continues: true });
		expect(calls).toHaveLength(0);
		expect(json[0]?.error).toContain("'Send Once Key' is always the same");
	});

	it('that others have pushed out end the run, once', async () => {
		const { options, setRecord } = workflow();
		await play(keys, { ...options, items: items(2) });
		setRecord(['an entry of another node']);
		const lost = await play(keys, { ...options, items: items(2), continues: true });
		expect(lost.calls).toHaveLength(0);
		expect(lost.json).toHaveLength(2);
		expect(lost.json[0]).toMatchObject({
			error: expect.stringContaining("are gone from n8n's deduplication store") as string,
			details: { reason: 'keyStore', delivered: 'no', attempts: 0 },
		});
		expect((await play(keys, { ...options, items: items(2) })).calls).toHaveLength(2);
	});

	it('need a store that this n8n may not have', async () => {
		const { options, helpers } = workflow();
		helpers.getProcessedDataCount.mockRejectedValue(new TypeError('not a function'));
		const { json, calls } = await play(keys, { ...options, continues: true });
		expect(calls).toHaveLength(0);
		expect(json[0]).toMatchObject({
			error: expect.stringContaining('which this n8n does not offer') as string,
			details: { reason: 'invalidInput' },
		});
	});

	it('tell a database in trouble from an input, and what it means for the message', async () => {
		const { options, helpers } = workflow();
		helpers.getProcessedDataCount.mockRejectedValue(new Error('SQLITE_BUSY'));
		const { json } = await play(keys, { ...options, continues: true });
		expect(json[0]).toMatchObject({
			error: expect.stringContaining('SQLITE_BUSY') as string,
			details: { reason: 'keyStore', delivered: 'no' },
		});
	});

	it('that could not be stored after the sending are told', async () => {
		const { options, helpers } = workflow();
		const api = () => {
			helpers.checkProcessedAndRecord.mockRejectedValue(new Error('SQLITE_FULL'));
			return { statusCode: 200, body: { id: 'm-1' } };
		};
		const played = async () => await play(keys, { ...options, api });
		const { log, hints, json } = await inQuickTime(played);
		expect(json[0]).toMatchObject({ status: 'sent' });
		expect(log.warn).toHaveBeenCalledWith(expect.stringContaining('SQLITE_FULL'));
		expect(JSON.stringify(hints)).toContain(
			"Keys of 'Send Once Key' that n8n's database could not store: 1.",
		);
	});

	it('wait for no killed worker once the execution is stopped', async () => {
		const { options, helpers, heldByAnother } = workflow();
		heldByAnother();
		const execution = executionContext({ ...options, parameters: { delivery: keys } });
		const outputs = run(execution.context);
		setTimeout(() => execution.stop.abort(), 20);
		expect(await outputs).toEqual([[]]);
		expect(execution.calls).toHaveLength(0);
		// Who waits for the lock ends, too.
		await helpers.clearAllProcessedItems('node');
	});
});

describe('Once a Day', () => {
	it('sends the same text to the same customer once, without a key', async () => {
		const { options } = workflow();
		const first = await play({ onceADay: true }, { ...options, items: items(2) });
		expect(first.sent()).toHaveLength(2);
		const again = await play({ onceADay: true }, { ...options, items: items(2) });
		expect(again.sent()).toEqual([]);
		expect(again.json).toMatchObject([{ alreadySent: true }, { alreadySent: true }]);
		const parameters = { message: (index: number) => `other-${index}` };
		const other = await play({ onceADay: true }, { ...options, items: items(2), parameters });
		expect(other.sent()).toEqual(['other-0', 'other-1']);
	});

	it("sends it again on the next day of the workflow's time zone", async () => {
		jest.useFakeTimers({ now: Date.UTC(2026, 10, 25, 22, 30), advanceTimers: true });
		try {
			const { options: own } = workflow();
			const overrides = { ...own.overrides, getTimezone: () => 'Europe/Berlin' };
			const options = { ...own, overrides };
			await play({ onceADay: true }, options);
			// Midnight in Berlin is 23:00 UTC.
			jest.setSystemTime(Date.UTC(2026, 10, 25, 23, 30));
			expect((await play({ onceADay: true }, options)).sent()).toHaveLength(1);
		} finally {
			jest.useRealTimers();
		}
	});
});

describe('Dry Run', () => {
	it('changes nothing anywhere', async () => {
		const { options, record } = workflow();
		const keys = { sendOnceKey: (index: number) => `order-${index}`, dryRun: 'always' };
		const { json, calls, store, hints } = await play(keys, { ...options, items: items(2) });
		expect(calls).toHaveLength(0);
		expect(json).toMatchObject([
			{ contactId: 'contact-0', status: 'dryRun' },
			{ contactId: 'contact-1', status: 'dryRun' },
		]);
		expect(store).toEqual({});
		expect(record()).toEqual([]);
		expect(JSON.stringify(hints)).toContain('Dry run, nothing was sent: 2 ready');
	});

	it.each([
		['manual', 'manual', 0],
		['manual', 'evaluation', 0],
		['manual', 'trigger', 1],
		['manual', 'integrated', 1],
		['never', 'manual', 1],
	])('%s, in mode %s, makes %i calls', async (dryRun, mode, calls) => {
		const overrides = { getMode: () => mode } as never;
		expect((await play({ dryRun }, { overrides })).calls).toHaveLength(calls);
	});

	it.each([
		['manual', 0],
		['evaluation', 0],
		['webhook', 1],
	])('of a sub-workflow goes by the execution that calls it: %s', async (root, calls) => {
		const additionalData = { rootExecutionMode: root };
		const overrides = { getMode: () => 'integrated', additionalData } as never;
		expect((await play({ dryRun: 'manual' }, { overrides })).calls).toHaveLength(calls);
	});
});

describe('Stop After Failures', () => {
	it('ends a run in which nobody is known, and sends none of them to the fallback', async () => {
		const { json, outputs, calls } = await play(
			{ stopAfterFailures: 3 },
			{
				items: items(6),
				continues: true,
				api: NOT_FOUND,
				parameters: { unreachable: 'output' },
			},
		);
		expect(calls).toHaveLength(3);
		expect(outputs[1]).toEqual([]);
		expect(json.map(({ details }) => details)).toMatchObject([
			...Array.from({ length: 3 }, () => ({ reason: 'contactNotFound', attempts: 1 })),
			...Array.from({ length: 3 }, () => ({ reason: 'runStopped', attempts: 0, delivered: 'no' })),
		]);
		expect(json[5]?.error).toContain("'Stop After Failures'");
	});
});
