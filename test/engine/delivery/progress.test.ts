import type { IDataObject } from 'n8n-workflow';

import { onLog } from '../../../dev/headless-n8n';
import { beds, type Bed } from '../support/bed';
import { hintOf } from '../support/outcomes';
import { reading, recipients, messageBy } from '../support/messages';
import { contactIds, customers, SEND, sendWorkflow } from '../support/workflows';

const openBed = beds();
const PROGRESS = /^Genesys Cloud: (\d+) of 20 messages done/;

/**
 * Runs 20 messages one after the other, by a clock on which each takes some seconds, and keeps what
 * is reported to the log and to the editor.
 */
async function reportsOf(bed: Bed, secondsEach: number, mode: 'manual' | 'trigger') {
	const start = Date.now();
	jest
		.spyOn(Date, 'now')
		.mockImplementation(() => start + bed.simulator.journal.count * secondsEach * 1000);
	const lines: string[] = [];
	const stop = onLog(({ level, message }) => {
		if (level === 'info' && PROGRESS.test(message)) lines.push(message);
	});
	const workflow = sendWorkflow({ delivery: { concurrency: 1 } });
	const input = customers(...contactIds(20));
	const result = await bed.engine.run(workflow, { input, mode });
	stop();
	const shown = result.uiMessages.map(({ data }) => JSON.stringify(data));
	return { lines, shown: shown.filter((text) => text.includes('messages done')) };
}

describe('a long run', () => {
	const unpaced = { simulator: { rateLimit: null } } as const;

	it('reports its progress at most once in 5 seconds', async () => {
		const bed = await openBed(unpaced);
		const { lines, shown } = await reportsOf(bed, 2, 'trigger');
		expect(lines.map((line) => Number(PROGRESS.exec(line)?.[1]))).toEqual([3, 6, 9, 12, 15, 18]);
		expect(lines[0]).toBe(
			'Genesys Cloud: 3 of 20 messages done (3 sent, 0 already sent, 0 unreachable, 0 failed)',
		);
		expect(shown).toEqual([]);
	});

	it('reports to the editor too when it was started by hand', async () => {
		const bed = await openBed(unpaced);
		const { lines, shown } = await reportsOf(bed, 6, 'manual');
		expect(lines).toHaveLength(20);
		expect(shown).toHaveLength(20);
		expect(shown[0]).toContain('1 of 20 messages done');
	});

	it('of a few seconds reports nothing', async () => {
		const bed = await openBed(unpaced);
		const { lines, shown } = await reportsOf(bed, 0.2, 'manual');
		expect([...lines, ...shown]).toEqual([]);
	});
});

describe('the hint of a finished run', () => {
	it('counts everything, with the seconds that were waited', async () => {
		const bed = await openBed({
			deduplication: 'memory',
			simulator: { unknownContacts: 'reject', rateLimit: { allowed: 4, windowMs: 1000 } },
			faults: [{ kind: 'status', status: 409, contactId: 'c3' }],
		});
		for (const contactId of ['c1', 'c2', 'c3', 'c5', 'c6'])
			bed.simulator.contacts.open({ contactId });
		const delivery = { sendOnceKey: '={{ $json.contactId }}' };
		await bed.run(customers('c1'), { delivery });
		const result = await bed.run(
			customers('c1', 'c2', 'c3', 'nobody', 'c5', 'c6'),
			{ delivery, unreachable: 'output' },
			{ onError: 'continueErrorOutput' },
		);
		expect(hintOf(result)).toMatch(
			/^Messages: 3 sent, 1 unreachable, 1 failed, 1 already sent by an earlier run, waited [12] s for the rate limit\.$/,
		);
		expect(result.hintsOf(SEND)).toMatchObject([{ type: 'warning', location: 'outputPane' }]);
	});

	it.each<[string, IDataObject, string]>([
		['sent', messageBy('sms'), 'Messages: 2 sent.'],
		['read', reading('conversation', 'get', 'conversationId'), 'Items: 2 read.'],
	])('says what was %s', async (_name, parameters, text) => {
		const bed = await openBed();
		const parties = {
			channel: 'sms',
			fromAddress: '+12025550100',
			recipient: '+12025550143',
		} as const;
		const { id } = bed.simulator.conversations.connect(parties);
		const input = recipients('+12025550144', '+12025550145').map(({ json }) => ({
			json: { ...json, id },
		}));
		const result = await bed.run(input, parameters);
		expect(hintOf(result)).toBe(text);
		expect(result.hintsOf(SEND)).toMatchObject([{ type: 'info' }]);
	});
});
