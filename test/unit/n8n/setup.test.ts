import type { IDataObject } from 'n8n-workflow';

import { STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { runContext, setUp, type Setup } from '../../../nodes/GenesysCloud/n8n/setup';
import { executionContext, type ContextOptions } from '../support/context';
import { SECRET } from '../support/credentials';
import { deduplication } from '../support/deduplication';
import { inQuickTime } from '../support/quickTime';

const GET = { resource: 'conversation', operation: 'get', conversationId: 'c-1' };

const preparing = async (options: ContextOptions, signal = new AbortController().signal) =>
	await setUp(runContext(executionContext(options).context, signal));

async function prepared(options: ContextOptions): Promise<Setup> {
	const setup = await preparing(options);
	if ('reason' in setup) throw new Error(setup.reason);
	return setup;
}

describe('what a run needs', () => {
	it('is found in the parameters, with their defaults', async () => {
		expect(await prepared({})).toMatchObject({
			operation: { kind: 'send' },
			dryRun: false,
			simplify: true,
			includeInputFields: false,
		});
		const parameters = { simplify: 'false', options: { includeInputFields: true } };
		expect(await prepared({ parameters })).toMatchObject({
			simplify: false,
			includeInputFields: true,
		});
	});

	it.each([
		['Simplify', { simplify: 'maybe' }],
		['Include Input Fields', { options: { includeInputFields: 'maybe' } }],
	])('cannot be had where %s is no switch', async (field, parameters) => {
		await expect(preparing({ parameters })).rejects.toMatchObject({
			field,
			message: `'${field}' is neither true nor false`,
		});
	});

	it.each([
		{ operation: 'ofALaterVersion' },
		{ resource: 'ofALaterVersion' },
		{ operation: undefined },
	])('cannot be had for %j', async (parameters) => {
		await expect(preparing({ parameters })).rejects.toMatchObject({
			name: 'InputError',
			field: 'Operation',
			message: "'Operation' is not known to this version of the node",
			remedy: 'Choose an operation from the list, or update the node',
		});
	});

	it('for a look-up is no memory, and no dry run', async () => {
		const { helpers } = deduplication();
		const delivery = { dryRun: 'always', onceADay: true };
		const options = { parameters: { ...GET, delivery }, helpers: helpers as never };
		const { memories, dryRun, operation } = await prepared(options);
		expect([memories, dryRun, operation.kind]).toEqual([[], false, 'read']);
		expect(helpers.getProcessedDataCount).not.toHaveBeenCalled();
	});

	it('is not found after a stop while n8n reads the credential', async () => {
		const getCredentials = async () => await new Promise<never>(() => undefined);
		const setup = await preparing({ overrides: { getCredentials } }, AbortSignal.abort());
		expect(setup).toEqual(STOPPED);
	});
});

describe('Dry Run in manual executions', () => {
	const delivery = { dryRun: 'manual' };
	const inMode = async (mode: string, store: IDataObject) => {
		const overrides = { getMode: () => mode as never };
		return (await prepared({ parameters: { delivery }, overrides, store })).dryRun;
	};

	it('is kept for the Retry of such an execution', async () => {
		const store = {};
		expect(await inMode('manual', store)).toBe(true);
		expect(store).toEqual({ isDryRun: true });
		expect(await inMode('retry', store)).toBe(true);
	});

	it('is not for the Retry of another execution', async () => {
		const store = {};
		expect(await inMode('trigger', store)).toBe(false);
		expect(store).toEqual({});
		expect(await inMode('retry', store)).toBe(false);
		expect(await inMode('retry', { isDryRun: 'yes' })).toBe(false);
	});

	it('is not for another execution, whatever was kept', async () => {
		expect(await inMode('webhook', { isDryRun: true })).toBe(false);
	});
});

describe('the keys of an execution', () => {
	const same = (dryRun: string) => ({ sendOnceKey: () => 'order', dryRun, concurrency: 1 });

	it('count in a dry run of a later round of a loop, which adds none', async () => {
		const { helpers } = deduplication();
		const credentials = { environment: 'mypurecloud.de', clientId: 'rounds', clientSecret: SECRET };
		const store: IDataObject = {};
		const round = async (contactId: string, dryRun: string, $runIndex: number) => {
			const overrides = { getWorkflowDataProxy: () => ({ $runIndex }) as never };
			const parameters = { contactId, delivery: same(dryRun) };
			const options = { credentials, helpers: helpers as never, parameters, store, overrides };
			const [[item] = []] = await run(executionContext(options).context);
			return item?.json;
		};
		expect(await round('anna', 'never', 0)).toMatchObject({ status: 'sent' });
		const before = { ...store };
		expect(await round('bob', 'always', 1)).toMatchObject({ status: 'skipped' });
		expect(store).toEqual(before);
	});

	it.each([
		['Send Once Key', { sendOnceKey: () => 'order-of-anna' }],
		['Once a Day', { onceADay: true }],
	])('are told as those of %s when they could not be stored', async (option, guard) => {
		const { helpers } = deduplication();
		const { context, log } = executionContext({
			parameters: { delivery: { ...guard, backoffSeconds: 0 } },
			helpers: helpers as never,
			api: () => {
				helpers.checkProcessedAndRecord.mockRejectedValue(new Error('SQLITE_FULL'));
				return { statusCode: 200, body: { id: 'm-1' } };
			},
		});
		await inQuickTime(async () => await run(context));
		expect(log.warn.mock.calls).toEqual([
			[`A key of '${option}' was not stored: Error: SQLITE_FULL`],
		]);
	});
});
