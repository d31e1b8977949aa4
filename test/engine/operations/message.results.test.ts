import type { IDataObject } from 'n8n-workflow';

import { missingFields, unknownFields } from '../../contract/sdkTypes';
import { beds } from '../support/bed';
import { AGENTLESS, messageBy, recipients, SENDERS } from '../support/messages';
import { contactIds, sendWorkflow } from '../support/workflows';
import { anyText, having, hintOf, jsonOf, sourceOf } from '../support/outcomes';
import { SEND } from '../support/workflows';

const openBed = beds();
const [ada, ben, carla] = ['+12025550143', '+12025550144', '+12025550145'];
const oneByOne = { delivery: { concurrency: 1 } };

describe('the output of a message', () => {
	it.each([200, 202] as const)('is simple: what was sent where (%i)', async (agentlessStatus) => {
		const bed = await openBed({ simulator: { agentlessStatus } });
		const result = await bed.run(recipients(ada), messageBy('sms'));
		const [entry] = bed.simulator.journal.all();
		expect(jsonOf(result)).toStrictEqual([
			{
				id: entry?.id,
				conversationId: entry?.conversationId,
				channel: 'sms',
				fromAddress: SENDERS.sms,
				toAddress: ada,
				status: 'sent',
				timestamp: entry?.timestamp,
				attempts: 1,
			},
		]);
		expect(hintOf(result)).toBe('Messages: 1 sent.');
	});

	it('names the external contact of a web message', async () => {
		const bed = await openBed();
		const result = await bed.run(recipients('contact-1'), messageBy('webmessaging'));
		const [item] = jsonOf(result);
		expect(item).toMatchObject({ channel: 'webmessaging', externalContactId: 'contact-1' });
		expect(item).not.toHaveProperty('toAddress');
	});

	it("is the API's own answer without Simplify", async () => {
		const bed = await openBed();
		const result = await bed.run(recipients(ada), { ...messageBy('sms'), simplify: false });
		const [answer = {}] = jsonOf(result);
		const model = 'SendAgentlessOutboundMessageResponse';
		expect(unknownFields(model, answer)).toEqual([]);
		expect(missingFields(model, answer)).toEqual([]);
		const [entry] = bed.simulator.journal.all();
		expect(answer).toMatchObject({
			id: entry?.id,
			messengerType: 'sms',
			toAddress: ada,
			message: { direction: 'outbound', status: 'queued' },
		});
		expect(answer).not.toHaveProperty('attempts');
	});

	it('follows the order of the input', async () => {
		const bed = await openBed({ faults: [{ kind: 'latency', ms: 80, contactId: ada }] });
		const result = await bed.run(recipients(ada, ben, carla), messageBy('sms'));
		expect(jsonOf(result).map(({ toAddress }) => toAddress)).toEqual([ada, ben, carla]);
		expect(result.outputOf(SEND).map(sourceOf)).toEqual([0, 1, 2]);
	});
});

describe('a message that was sent already', () => {
	const refuseBen = { kind: 'status', status: 409, contactId: ben } as const;
	const recorded = (toAddress: string, sent?: IDataObject): IDataObject => ({
		...sent,
		channel: 'sms',
		fromAddress: SENDERS.sms,
		toAddress,
		status: 'sent',
		alreadySent: true,
	});

	it('is returned by Retry Execution with its ID and conversation', async () => {
		const bed = await openBed({ faults: [refuseBen] });
		const failed = await bed.run(recipients(ada, ben, carla), { ...messageBy('sms'), ...oneByOne });
		expect(failed.status).toBe('error');
		const [entry] = bed.simulator.journal.all();
		const sent = { id: entry?.id ?? '', conversationId: entry?.conversationId ?? '' };
		const result = await bed.engine.retry(failed);
		expect(jsonOf(result)).toStrictEqual([
			recorded(ada, sent),
			having({ toAddress: ben, attempts: 1, conversationId: anyText }),
			having({ toAddress: carla, attempts: 1 }),
		]);
		expect(bed.reached()).toEqual([ada, ben, carla]);
		expect(bed.calls(AGENTLESS)).toBe(4);
	});

	it.each(['stopWorkflow', 'continueErrorOutput'] as const)(
		'is not sent again by Retry On Fail (%s)',
		async (onError) => {
			const bed = await openBed({ faults: [{ ...refuseBen, contactId: ada }] });
			const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onError };
			const result = await bed.run(recipients(ada, ben, carla), messageBy('sms'), settings);
			expect(result.error).toBeUndefined();
			expect(bed.reached()).toEqual([ada, ben, carla]);
			expect(jsonOf(result)).toHaveLength(3);
			expect(jsonOf(result)).toContainEqual(having({ toAddress: ben, conversationId: anyText }));
		},
	);

	it('is a new one on another channel or with another text', async () => {
		const bed = await openBed({ faults: [refuseBen] });
		const failed = await bed.run(recipients(ada, ben), { ...messageBy('sms'), ...oneByOne });
		const workflow = sendWorkflow(messageBy('apple'));
		const result = await bed.engine.retry(failed, { workflow });
		expect(jsonOf(result)).toMatchObject([{ channel: 'apple' }, { channel: 'apple' }]);
		expect(bed.simulator.journal.all().map(({ channel }) => channel)).toEqual([
			'sms',
			'apple',
			'apple',
		]);
	});

	it('by its Send Once Key is told without an ID, which no execution knows', async () => {
		const bed = await openBed({ deduplication: 'memory' });
		const delivery = { sendOnceKey: '={{ $json.to }}' };
		await bed.run(recipients(ada), { ...messageBy('sms'), delivery });
		const result = await bed.run(recipients(ada), { ...messageBy('sms'), delivery });
		expect(jsonOf(result)).toStrictEqual([recorded(ada)]);
		expect(bed.reached()).toEqual([ada]);
	});

	it('leaves neither addresses nor texts in the saved context', async () => {
		const bed = await openBed({ faults: [{ ...refuseBen, contactId: 'c5' }] });
		const parameters = { ...messageBy('open'), ...oneByOne };
		const failed = await bed.run(recipients(...contactIds(6)), parameters);
		const saved = JSON.stringify(failed.context);
		for (const { id, conversationId } of bed.simulator.journal.all()) {
			expect(saved).toContain(`${id} ${conversationId}`);
		}
		expect(saved).not.toMatch(/Hello|"c\d"/);
	});
});
