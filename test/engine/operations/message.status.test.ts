import type { IDataObject } from 'n8n-workflow';

import { SEEDED, type FailureReason, type MessageStatus } from '../../../dev/simulator';
import { unknownFields } from '../../contract/sdkTypes';
import { beds, type Bed } from '../support/bed';
import { DETAILS, messageBy, reading, recipients } from '../support/messages';
import { detailsOf, having, hintOf, jsonOf, textLike, until } from '../support/outcomes';

jest.setTimeout(20_000);

const openBed = beds();
const onError = 'continueRegularOutput';
const ada = '+12025550143';
/** Statuses that move by `setStatus` alone. */
const still = { simulator: { messageStatusTimes: null } } as const;

/** Get Delivery Status of the item's `id`. */
function getStatus(options: IDataObject = {}, fields: IDataObject = {}): IDataObject {
	return reading('message', 'getStatus', 'messageId', { options, ...fields });
}

/** Sends an SMS and returns the item that the next node gets. */
async function sendOne(bed: Bed, to = ada) {
	const result = await bed.run(recipients(to), messageBy('sms'));
	const [json = {}] = jsonOf(result);
	return { json, id: json.id as string };
}

describe('the delivery status', () => {
	it('is simple, with all that an automation decides by', async () => {
		const bed = await openBed(still);
		const { json, id } = await sendOne(bed);
		const result = await bed.run([{ json }], getStatus());
		const [entry] = bed.simulator.journal.all();
		expect(jsonOf(result)).toStrictEqual([
			{
				id,
				conversationId: json.conversationId,
				status: 'queued',
				final: false,
				delivered: false,
				channel: 'sms',
				fromAddress: SEEDED.smsNumber,
				toAddress: ada,
				timestamp: entry?.timestamp,
			},
		]);
		expect(hintOf(result)).toBe('Items: 1 read.');
	});

	it.each<[MessageStatus, object]>([
		['queued', { final: false, delivered: false }],
		['sent', { final: false, delivered: false }],
		['delivery-success', { final: true, delivered: true }],
		['read', { final: true, delivered: true }],
		['failed', { final: true, delivered: false, failureReason: 'GeneralError' }],
		['delivery-failed', { final: true, delivered: false, failureReason: 'GeneralError' }],
	])('%s is told as %j', async (status, expected) => {
		const bed = await openBed(still);
		const { json, id } = await sendOne(bed);
		bed.simulator.messages.setStatus(id, status);
		const result = await bed.run([{ json }], getStatus());
		expect(jsonOf(result)).toMatchObject([{ status, ...expected }]);
		expect('failureReason' in jsonOf(result)[0]!).toBe('failureReason' in expected);
	});

	it.each<FailureReason>(['RecipientOptedOut', 'InvalidDestination', 'DataFiltered'])(
		'says why it failed: %s',
		async (failureReason) => {
			const bed = await openBed({ simulator: { messageStatusTimes: { sentMs: 0, finalMs: 0 } } });
			bed.simulator.recipients.set(ada, { kind: 'undeliverable', reason: failureReason });
			const { json } = await sendOne(bed);
			const result = await bed.run([{ json }], getStatus());
			expect(jsonOf(result)).toMatchObject([{ status: 'delivery-failed', failureReason }]);
		},
	);

	it("is the API's own answer without Simplify", async () => {
		const bed = await openBed(still);
		const { json, id } = await sendOne(bed);
		bed.simulator.messages.setStatus(id, 'delivery-failed', 'InvalidDestination');
		const result = await bed.run([{ json }], getStatus({}, { simplify: false }));
		const [answer = {}] = jsonOf(result);
		expect(unknownFields('MessageData', answer)).toEqual([]);
		expect(answer).toMatchObject({ id, direction: 'outbound', status: 'delivery-failed' });
		expect(answer).not.toHaveProperty('final');
	});

	it('of a message that does not exist fails the item and names the field', async () => {
		const bed = await openBed(still);
		const { json } = await sendOne(bed);
		const input = [{ json: { id: 'no-such' } }, { json }];
		const result = await bed.run(input, getStatus(), { onError });
		expect(jsonOf(result)).toEqual([
			{
				error: textLike(/message does not exist in Genesys Cloud.*Message > Send returned/s),
				details: having({ reason: 'notFound', httpCode: '404', attempts: 1 }),
			},
			having({ status: 'queued' }),
		]);
		expect(hintOf(result)).toBe('Items: 1 read, 1 failed.');
	});

	it.each(['', ' ', undefined])('needs an ID, not %j', async (id) => {
		const bed = await openBed();
		const result = await bed.run([{ json: { id } as IDataObject }], getStatus(), { onError });
		expect(jsonOf(result)).toMatchObject([{ error: textLike(/'Message ID' is empty/) }]);
		expect(bed.calls(DETAILS)).toBe(0);
	});
});

describe('Wait for Final Status', () => {
	const wait = (waitSeconds?: number) =>
		getStatus({ waitForFinal: true, ...(waitSeconds !== undefined && { waitSeconds }) });

	it('looks just once at a message that is delivered', async () => {
		const bed = await openBed(still);
		const { json, id } = await sendOne(bed);
		bed.simulator.messages.setStatus(id, 'delivery-success');
		const result = await bed.run([{ json }], wait());
		expect(jsonOf(result)).toMatchObject([{ status: 'delivery-success', final: true }]);
		expect(bed.calls(DETAILS)).toBe(1);
	});

	it('looks again until the message has failed, and says why', async () => {
		const bed = await openBed(still);
		const { json, id } = await sendOne(bed);
		const running = bed.start([{ json }], wait());
		await until(() => bed.simulator.stats.of(DETAILS).statuses[200] === 1);
		bed.simulator.messages.setStatus(id, 'delivery-failed', 'RecipientOptedOut');
		const { result } = running;
		expect(jsonOf(await result)).toMatchObject([
			{ status: 'delivery-failed', failureReason: 'RecipientOptedOut', final: true },
		]);
		expect(bed.calls(DETAILS)).toBe(2);
	});

	it('sees a status that moves by itself', async () => {
		const bed = await openBed({ simulator: { messageStatusTimes: { sentMs: 100, finalMs: 800 } } });
		const { json } = await sendOne(bed);
		const result = await bed.run([{ json }], wait(10));
		expect(jsonOf(result)).toMatchObject([{ status: 'delivery-success', delivered: true }]);
	});

	it('returns the last status when the time is up', async () => {
		const bed = await openBed(still);
		const { json, id } = await sendOne(bed);
		bed.simulator.messages.setStatus(id, 'sent');
		const startedAt = performance.now();
		const result = await bed.run([{ json }], wait(1));
		const tookMs = performance.now() - startedAt;
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', final: false, delivered: false }]);
		expect(tookMs).toBeGreaterThanOrEqual(990);
		expect(tookMs).toBeLessThan(2500);
		expect(bed.calls(DETAILS)).toBe(2);
	});

	it('waits no longer because a look failed', async () => {
		const bed = await openBed(still);
		const { json } = await sendOne(bed);
		bed.simulator.faults.add({ kind: 'status', status: 503, endpoint: 'read', nth: 3 });
		const startedAt = performance.now();
		const result = await bed.run([{ json }], wait(2));
		expect(jsonOf(result)).toMatchObject([{ status: 'queued' }]);
		expect(performance.now() - startedAt).toBeLessThan(3000);
	});

	it('waits for all items at the same time', async () => {
		const bed = await openBed(still);
		const sent = await Promise.all([sendOne(bed), sendOne(bed, '+12025550144')]);
		const startedAt = performance.now();
		const input = sent.map(({ json }) => ({ json }));
		expect(jsonOf(await bed.run(input, wait(1)))).toHaveLength(2);
		expect(performance.now() - startedAt).toBeLessThan(1900);
	});

	it.each([false, true])('ends at once on Stop (Retry On Fail: %s)', async (retryOnFail) => {
		const bed = await openBed(still);
		const { json } = await sendOne(bed);
		const settings = { retryOnFail, maxTries: 3, waitBetweenTries: 1 };
		const running = bed.start([{ json }], wait(3600), settings);
		await until(() => bed.simulator.stats.of(DETAILS).statuses[200] === 1);
		const stoppedAt = performance.now();
		running.cancel();
		expect((await running.result).status).toBe('canceled');
		expect(performance.now() - stoppedAt).toBeLessThan(900);
		expect(bed.calls(DETAILS)).toBe(1);
	});

	it.each([0, -1, 86_401, 'a minute', Number.NaN])(
		'does not take %j seconds',
		async (waitSeconds) => {
			const bed = await openBed();
			const options = { waitForFinal: true, waitSeconds };
			const result = await bed.run([{ json: { id: 'm-1' } }], getStatus(options), { onError });
			expect(detailsOf(result)).toEqual([having({ reason: 'invalidInput' })]);
			expect(jsonOf(result)).toMatchObject([{ error: textLike(/'Wait at Most \(Seconds\)'/) }]);
			expect(bed.calls(DETAILS)).toBe(0);
		},
	);
});
