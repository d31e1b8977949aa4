import type { IDataObject } from 'n8n-workflow';

import { WorkflowDatabase } from '../../../dev/headless-n8n';
import { beds, engineWith } from '../support/bed';
import { messageBy, phoneNumbers, recipients } from '../support/messages';
import { contactsOf, detailsOf, having, hintOf, jsonOf } from '../support/outcomes';
import { WatchedStore } from '../support/stores';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

jest.setTimeout(30_000);

const openBed = beds();
const dry = { delivery: { dryRun: 'always' } };
const onError = 'continueErrorOutput';
const LOGIN = 'POST /oauth/token';

describe('a dry run', () => {
	it('of 5,000 items takes under 10 s, logs in once and calls nothing else', async () => {
		const bed = await openBed();
		const startedAt = performance.now();
		const result = await bed.run(customers(...contactIds(5_000)), dry);
		expect(performance.now() - startedAt).toBeLessThan(10_000);
		expect(jsonOf(result)).toHaveLength(5_000);
		expect(jsonOf(result)[0]).toStrictEqual({ contactId: 'c1', type: 'bot', status: 'dryRun' });
		expect(hintOf(result)).toBe(
			'Dry run, nothing was sent: 5000 ready. At the rate limit, sending takes about 17 minutes.',
		);
		expect(Object.keys(bed.simulator.stats.snapshot().endpoints)).toEqual([LOGIN]);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});

	it('changes nothing: no ledger, no key, no static data, no message', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		const database = new WorkflowDatabase();
		const engine = await engineWith(bed.credential, { deduplication: store, database });
		const delivery = { dryRun: 'always', sendOnceKey: '={{ $json.contactId }}', onceADay: true };
		const workflow = sendWorkflow({ delivery });
		const input = customers(...contactIds(30));
		const rehearsed = await engine.run(workflow, { input });
		expect(rehearsed.error).toBeUndefined();
		expect(Object.values(rehearsed.context).flatMap((kept) => Object.keys(kept as object))).toEqual(
			[],
		);
		expect(database.staticDataOf('wf')).toEqual({});
		expect(bed.simulator.journal.count).toBe(0);
		expect(bed.sendCalls).toBe(0);
		const real = { ...delivery, dryRun: 'never' };
		const sent = await engine.run(sendWorkflow({ delivery: real }), { input });
		expect(jsonOf(sent)).toEqual(input.map(() => having({ attempts: 1 })));
		expect(bed.simulator.journal.count).toBe(30);
	});

	it('tells who would be skipped, and forgets nobody who was sent to', async () => {
		const bed = await openBed({ deduplication: 'memory' });
		const delivery = { sendOnceKey: '={{ $json.contactId }}' };
		await bed.run(customers('c1', 'c2'), { delivery });
		const input = customers('c1', 'c2', 'c3');
		for (const round of [1, 2]) {
			const result = await bed.run(input, { delivery: { ...delivery, dryRun: 'always' } });
			expect(jsonOf(result).map(({ status, alreadySent }) => [status, alreadySent])).toEqual([
				['dryRun', true],
				['dryRun', true],
				['dryRun', undefined],
			]);
			expect(hintOf(result)).toContain('1 ready, 2 would be skipped');
			expect(bed.sendCalls).toBe(2 * Math.sign(round));
		}
		const result = await bed.run(input, { delivery });
		expect(jsonOf(result).map(({ alreadySent }) => alreadySent)).toEqual([true, true, undefined]);
	});

	it('shows what cannot be used, beside what is ready', async () => {
		const bed = await openBed();
		const [first = '', second = ''] = phoneNumbers(2);
		const input = recipients(first, '0317 555', second);
		const result = await bed.run(input, messageBy('sms', dry), { onError });
		expect(jsonOf(result)).toEqual([
			having({ status: 'dryRun', toAddress: first }),
			having({ status: 'dryRun', toAddress: second }),
		]);
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'invalidInput' })]);
		expect(hintOf(result)).toContain('2 ready, 1 not ready');
	});

	it('finds a credential that does not log in, by one call', async () => {
		const bed = await openBed({ credential: { clientSecret: 'wrong' } });
		const result = await bed.run(customers(...contactIds(20)), dry, { onError });
		expect(detailsOf(result, 1)).toHaveLength(20);
		expect(detailsOf(result, 1)[19]).toEqual(having({ reason: 'invalidCredentials' }));
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});

	it.each<['manual' | 'trigger' | 'webhook', string, number]>([
		['manual', 'manual', 0],
		['trigger', 'manual', 1],
		['webhook', 'manual', 1],
		['manual', 'never', 1],
		['trigger', 'always', 0],
	])('in a %s execution with "%s" sends %i', async (mode, dryRun, sent) => {
		const bed = await openBed();
		const workflow = sendWorkflow({ delivery: { dryRun } });
		const result = await bed.engine.run(workflow, { input: customers('c1'), mode });
		expect(jsonOf(result)).toEqual([having({ status: sent ? 'sent' : 'dryRun' })]);
		expect(bed.reached()).toHaveLength(sent);
	});

	it('by hand that failed is one again when it is retried', async () => {
		const bed = await openBed();
		const broken = [...customers('c1', 'c2'), { json: { contactId: '', text: 'Hi' } }];
		const workflow = sendWorkflow({ delivery: { dryRun: 'manual' } });
		const failed = await bed.engine.run(workflow, { input: broken, mode: 'manual' });
		expect(failed.error?.description).toContain('It was a dry run: nothing was sent.');
		const settings = { onError: 'continueErrorOutput' } as const;
		const mended = sendWorkflow({ delivery: { dryRun: 'manual' } }, settings);
		const result = await bed.engine.retry(failed, { workflow: mended });
		expect(jsonOf(result)).toEqual([having({ status: 'dryRun' }), having({ status: 'dryRun' })]);
		expect(bed.reached()).toEqual([]);
	});

	it('of a production run that is retried sends', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 403, contactId: 'c2' }] });
		const workflow = sendWorkflow({ delivery: { dryRun: 'manual', concurrency: 1 } });
		const failed = await bed.engine.run(workflow, { input: customers('c1', 'c2') });
		await bed.engine.retry(failed);
		expect(bed.reached()).toEqual(['c1', 'c2']);
	});

	it('before Retry Execution leaves all to be sent', async () => {
		const bed = await openBed();
		const broken = [...customers('c1', 'c2'), { json: { contactId: '', text: 'Hi' } }];
		const failed = await bed.run(broken, dry);
		expect(failed.status).toBe('error');
		const settings = { onError: 'continueErrorOutput' } as const;
		const result = await bed.engine.retry(failed, { workflow: sendWorkflow({}, settings) });
		expect(contactsOf(result)).toEqual(['c1', 'c2']);
		expect(bed.reached()).toEqual(['c1', 'c2']);
	});

	it('waits for no rate limit, because it makes no call', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 5, windowMs: 60_000 } } });
		await bed.run(customers(...contactIds(5)));
		const startedAt = performance.now();
		const result = await bed.run(customers(...contactIds(20)), dry);
		expect(jsonOf(result)).toHaveLength(20);
		expect(performance.now() - startedAt).toBeLessThan(2_000);
		expect(bed.sendCalls).toBe(5);
	});

	it('asks nothing of a look-up: reading is no sending', async () => {
		const bed = await openBed();
		const { id } = bed.simulator.conversations.connect({
			channel: 'sms',
			fromAddress: '+12025550100',
			recipient: '+12025550143',
		});
		const parameters: IDataObject = { resource: 'conversation', operation: 'get', ...dry };
		const result = await bed.run([{ json: { id } }], { ...parameters, conversationId: id });
		expect(jsonOf(result)).toEqual([having({ id, connected: true })]);
	});
});
