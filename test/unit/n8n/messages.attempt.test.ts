import type { Connection } from '../../../nodes/GenesysCloud/api/connect';
import { failed, succeeded } from '../../../nodes/GenesysCloud/failures/failure';
import { apiFailure } from '../support/failures';
import { FIELDS, messageFrom, SENT } from '../support/messages';

describe('an attempt', () => {
	it('is the call that the operation built, told right before', async () => {
		const call = jest.fn<ReturnType<Connection['call']>, Parameters<Connection['call']>>(
			async (_request, aboutToCall) => {
				expect(aboutToCall?.()).toBeUndefined();
				return await Promise.resolve(succeeded(SENT));
			},
		);
		const message = await messageFrom({ call });
		const aboutToCall = jest.fn();
		expect(await message.attempt(aboutToCall)).toEqual(
			succeeded({ output: SENT, receipt: { id: 'm-1' } }),
		);
		expect(aboutToCall).toHaveBeenCalledTimes(1);
		expect(call.mock.calls[0]?.[0]).toMatchObject({
			method: 'POST',
			body: { contactId: 'contact-1', type: 'bot', message: 'Hello' },
		});
	});

	it("gives the endpoint's own failures", async () => {
		const failure = apiFailure({ reason: 'notFound', code: 'not.found' });
		const message = await messageFrom({ call: async () => await Promise.resolve(failed(failure)) });
		expect(await message.attempt(() => undefined)).toMatchObject({
			failure: { reason: 'contactNotFound' },
		});
	});

	it('of a look-up is never about to send', async () => {
		const call = jest.fn<ReturnType<Connection['call']>, Parameters<Connection['call']>>(
			async () => await Promise.resolve(succeeded({ id: 'c-1' })),
		);
		const operation = ['conversation', 'get'] as const;
		const message = await messageFrom({ fields: { conversationId: 'c-1' }, call, operation });
		expect(message.keys).toEqual([]);
		await message.attempt(() => undefined);
		expect(call.mock.calls[0]?.[1]).toBeUndefined();
	});

	it('of a dry run logs in and makes no call', async () => {
		const call = jest.fn();
		const message = await messageFrom({ call, source: { dryRun: true } });
		expect(await message.attempt(() => undefined)).toMatchObject({
			value: { output: { contactId: 'contact-1', status: 'dryRun' } },
		});
		expect(call).not.toHaveBeenCalled();
	});

	describe('with a Send Window', () => {
		const days = 'sun,mon,tue,wed,thu,fri,sat';
		const window = { window: { from: '08:00', to: '21:00', days, timeZone: 'UTC' } };
		const fields = { ...FIELDS, delivery: { sendWindow: window } };
		afterEach(() => jest.useRealTimers());

		it('is not made outside of it', async () => {
			jest.useFakeTimers({ now: Date.UTC(2026, 10, 25, 22) });
			const call = jest.fn();
			const message = await messageFrom({ fields, call });
			expect(await message.attempt(() => undefined)).toMatchObject({
				failure: {
					reason: 'outsideSendWindow',
					notCalled: true,
					sendAfter: '2026-11-26T08:00:00.000Z',
				},
			});
			expect(call).not.toHaveBeenCalled();
		});

		it('is given up when it has closed during a wait for the rate limit', async () => {
			jest.useFakeTimers({ now: Date.UTC(2026, 10, 25, 20, 59) });
			const aboutToCall = jest.fn();
			const message = await messageFrom({
				fields,
				call: async (_request, told) => {
					jest.setSystemTime(Date.UTC(2026, 10, 25, 21));
					const closed = told?.();
					return await Promise.resolve(closed ? failed(closed) : succeeded(SENT));
				},
			});
			expect(await message.attempt(aboutToCall)).toMatchObject({
				failure: { reason: 'outsideSendWindow' },
			});
			expect(aboutToCall).not.toHaveBeenCalled();
		});
	});
});
