import type { Connection } from '../../../nodes/GenesysCloud/api/connect';
import { failed, succeeded, type Failure } from '../../../nodes/GenesysCloud/failures/failure';
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
		expect(await message.attempt(() => undefined)).toEqual(
			succeeded({ output: { id: 'c-1' }, receipt: { id: '' } }),
		);
		expect(call.mock.calls[0]?.[1]).toBeUndefined();
	});

	it('of a list gives its items, also without Simplify', async () => {
		const message = { id: 'm-1', textBody: 'Hi', messageMetadata: { type: 'Text' } };
		const said = { messageId: 'm-1', messageMetadata: { type: 'Text' } };
		const conversation = { participants: [{ messages: [said] }] };
		const call = jest
			.fn<ReturnType<Connection['call']>, Parameters<Connection['call']>>()
			.mockResolvedValueOnce(succeeded(conversation))
			.mockResolvedValueOnce(succeeded({ entities: [message] }));
		const operation = ['conversation', 'getMessages'] as const;
		const fields = { conversationId: 'c-1', simplify: false };
		const prepared = await messageFrom({ fields, call, operation });
		expect(await prepared.attempt(() => undefined)).toEqual(
			succeeded({ output: [message], receipt: { id: '' } }),
		);
	});

	it('of a dry run logs in and makes no call', async () => {
		const call = jest.fn();
		const message = await messageFrom({ call, source: { dryRun: true } });
		expect(await message.attempt(() => undefined)).toEqual(
			succeeded({
				output: { contactId: 'contact-1', type: 'bot', status: 'dryRun' },
				receipt: { id: '' },
			}),
		);
		expect(call).not.toHaveBeenCalled();
	});

	it('of a dry run fails when the login does', async () => {
		const refused = failed(apiFailure({ reason: 'invalidCredentials', call: 'token' }));
		const login = async () => await Promise.resolve(refused);
		const message = await messageFrom({ login, source: { dryRun: true } });
		expect(await message.attempt(() => undefined)).toBe(refused);
	});

	describe('with a Send Window', () => {
		const days = 'sun,mon,tue,wed,thu,fri,sat';
		const window = { window: { from: '08:00', to: '21:00', days, timeZone: 'UTC' } };
		const fields = { ...FIELDS, delivery: { sendWindow: window } };
		const CLOSED: Failure = {
			reason: 'outsideSendWindow',
			delivered: 'no',
			...{ transient: false, notCalled: true },
		};
		afterEach(() => jest.useRealTimers());

		it('is not made outside of it', async () => {
			jest.useFakeTimers({ now: Date.UTC(2026, 10, 25, 22) });
			const call = jest.fn();
			const message = await messageFrom({ fields, call });
			expect(await message.attempt(() => undefined)).toEqual(
				failed({ ...CLOSED, sendAfter: '2026-11-26T08:00:00.000Z' }),
			);
			expect(call).not.toHaveBeenCalled();
		});

		it('tells no time after which to send when the window does not open again', async () => {
			const never = { isOpen: () => false, nextOpening: () => undefined };
			const windows = { read: () => never } as never;
			const message = await messageFrom({ fields, source: { windows } });
			expect(await message.attempt(() => undefined)).toStrictEqual(failed(CLOSED));
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
