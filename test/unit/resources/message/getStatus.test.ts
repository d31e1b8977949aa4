import type { ApiClient } from '../../../../nodes/GenesysCloud/api/client';
import type { JsonObject } from '../../../../nodes/GenesysCloud/delivery/types';
import {
	failed,
	STOPPED,
	succeeded,
	type Failure,
} from '../../../../nodes/GenesysCloud/failures/failure';
import { getStatus } from '../../../../nodes/GenesysCloud/resources/message/getStatus';
import { FakeClock } from '../../support/clock';
import { apiFailure } from '../../support/failures';
import { inputErrorOf } from '../../support/inputErrors';
import { readerOf } from '../../support/reader';

const read = (reason: 'notFound' | 'forbidden', code?: string) =>
	apiFailure({ reason, call: 'read', ...(code !== undefined && { code }) });

describe('Message > Get Delivery Status', () => {
	const prepare = (options?: JsonObject | null, messageId: unknown = 'm-1') =>
		getStatus.prepare(readerOf({ messageId, options }));
	const output = (answer: JsonObject) => prepare().output(answer) as JsonObject;

	it('asks for the details of the message', () => {
		expect(prepare().request).toEqual({
			method: 'GET',
			path: '/api/v2/conversations/messages/m-1/details',
			reads: true,
		});
	});

	it.each([
		[undefined, 0],
		[null, 0],
		[{}, 0],
		[{ waitForFinal: true }, 60],
		[{ waitForFinal: 'true', waitSeconds: '5' }, 5],
		[{ waitSeconds: 5 }, 5],
		[{ waitForFinal: false, waitSeconds: 5 }, 0],
	])('with %j waits up to %i s', async (options, seconds) => {
		expect(await waitedMs(options)).toBe(seconds * 1_000);
	});

	it.each([0, -1, 86_401, 'x'])('refuses to wait %j seconds', (waitSeconds) => {
		const error = inputErrorOf(() => prepare({ waitForFinal: true, waitSeconds }));
		expect(error.field).toBe('Wait at Most (Seconds)');
		expect(error.message).toBe("'Wait at Most (Seconds)' must be a number from 1 to 86400");
		expect(error.remedy).toBe("Change it under 'Options'; the default is 60");
	});

	it('refuses to wait or not by a word that is neither', () => {
		const error = inputErrorOf(() => prepare({ waitForFinal: 'yes' }));
		expect(error.message).toBe("'Wait for Final Status' is neither true nor false");
	});

	it('refuses an item without an ID', () => {
		const { message, remedy } = inputErrorOf(() => prepare({}, ''));
		expect([message, remedy]).toEqual(["'Message ID' is empty", 'Map the ID of the message']);
	});

	it('refuses an ID that would lead elsewhere', () => {
		expect(inputErrorOf(() => prepare({}, '../x')).field).toBe('Message ID');
	});

	it.each([
		['queued', false, false],
		['sent', false, false],
		['delivery-success', true, true],
		['read', true, true],
		['published', true, true],
		['delivery-failed', true, false],
		['failed', true, false],
		[undefined, false, false],
	])('%s: final is %s, delivered is %s', (status, final, delivered) => {
		expect(output({ id: 'm-1', status })).toMatchObject({ final, delivered });
	});

	it.each([
		[{ normalizedReceipts: [{ reasons: [{ code: 'A' }] }, { reasons: [{ code: 'B' }] }] }, 'B'],
		[{ normalizedMessage: { reasons: [{ message: 'Opted out' }] } }, 'Opted out'],
		[{ normalizedReceipts: [{}, null] }, undefined],
		[{ normalizedMessage: { reasons: [{ code: 7 }] } }, undefined],
	])('of %j tells the reason %s', (message, reason) => {
		expect(output({ status: 'failed', ...message }).failureReason).toBe(reason);
	});

	it.each(['delivery-success', 'read', 'sent'])('of %s tells no reason of a failure', (status) => {
		const receipts = [{ status: 'Failed', reasons: [{ code: 'RateLimited' }] }];
		expect(output({ status, normalizedReceipts: receipts })).not.toHaveProperty('failureReason');
	});

	it('bears a status that cannot be made a text', () => {
		const answer = { id: 'm-1', status: { toString: 'x' } };
		expect(output(answer)).toMatchObject({ final: false, delivered: false });
	});

	it('says that the message does not exist', () => {
		expect(getStatus.explain?.(read('notFound'))).toEqual({
			message: 'The message does not exist in Genesys Cloud',
			description:
				'Use the ID that Message > Send returned, with a credential of the same organization. The ID of a web message has no delivery status.',
		});
		expect(getStatus.explain?.(read('forbidden'))).toBeUndefined();
	});

	/** For how long a message that never becomes final is looked at. */
	const waitedMs = async (options: JsonObject | null | undefined) => {
		const clock = new FakeClock();
		const start = clock.now();
		const call: ApiClient = async () => succeeded({ id: 'm-1', status: 'sent' });
		await prepare(options).attempt?.({ call, clock });
		return clock.now() - start;
	};

	describe('waiting for the final status', () => {
		const poll = async (waitSeconds: number, looks: (string | Failure)[], clock: FakeClock) => {
			let count = 0;
			const call: ApiClient = async () => {
				const look = looks[Math.min(count++, looks.length - 1)];
				return typeof look === 'object' ? failed(look) : succeeded({ id: 'm-1', status: look });
			};
			const result = await prepare({ waitSeconds }).attempt?.({ call, clock });
			return { result, looks: count };
		};

		it('makes one plain call unless asked to wait', () => {
			expect(prepare().attempt).toBeUndefined();
		});

		it('looks again, ever more rarely, until it is final', async () => {
			const clock = new FakeClock();
			const { result } = await poll(600, ['queued', 'sent', 'sent', 'read'], clock);
			expect(result).toMatchObject({ ok: true, value: { status: 'read' } });
			expect(clock.waitedMs).toEqual([1_000, 2_000, 4_000]);
			expect(new Set(clock.waits.map(({ reason }) => reason))).toEqual(new Set(['backoff']));
		});

		it('gives the status as it is when the time is up', async () => {
			const clock = new FakeClock();
			const { result, looks } = await poll(200, ['sent'], clock);
			expect(result).toMatchObject({ value: { status: 'sent' } });
			expect(clock.waitedMs.reduce((sum, ms) => sum + ms, 0)).toBe(200_000);
			expect(Math.max(...clock.waitedMs)).toBeLessThanOrEqual(60_000);
			expect(looks).toBe(clock.waits.length + 1);
		});

		it('ends with the execution', async () => {
			const stopping = new FakeClock();
			stopping.onWait = () => (stopping.isStopped = true);
			expect((await poll(600, ['sent'], stopping)).looks).toBe(1);
		});

		it('waits for a message that is not known yet, and bears a passing failure', async () => {
			const unknown = apiFailure({ reason: 'notFound', call: 'read', code: 'not.found' });
			const passing = apiFailure({ reason: 'serverError', call: 'read', transient: true });
			const clock = new FakeClock();
			const { result } = await poll(600, [unknown, 'sent', passing, 'read'], clock);
			expect(result).toMatchObject({ value: { status: 'read' } });
		});

		it.each([
			['the end of a look by a stop', STOPPED],
			['a message that is not found any more', read('notFound')],
		])('keeps the status that is known over %s', async (_what, failure) => {
			const { result } = await poll(600, ['sent', failure, 'read'], new FakeClock());
			expect(result).toMatchObject({ value: { status: 'read' } });
			const last = await poll(60, ['sent', failure], new FakeClock());
			expect(last.result).toMatchObject({ ok: true, value: { status: 'sent' } });
		});

		it.each([
			['is about something else', read('forbidden', 'not.found')],
			['has no code', read('notFound')],
			["is not the API's own", { ...read('notFound', 'not.found'), isForeign: true }],
		])('is left out when the first failure %s', async (_what, failure) => {
			const { result, looks } = await poll(600, [failure, 'read'], new FakeClock());
			expect([result, looks]).toEqual([{ ok: false, failure }, 1]);
		});

		it('ends with a failure that will stay', async () => {
			const { result } = await poll(600, ['sent', read('forbidden')], new FakeClock());
			expect(result).toEqual({ ok: false, failure: read('forbidden') });
		});
	});
});
