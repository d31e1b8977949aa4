import type { JsonObject } from '../../../nodes/GenesysCloud/api/answer';
import type { ApiClient } from '../../../nodes/GenesysCloud/api/client';
import { get } from '../../../nodes/GenesysCloud/resources/conversation/get';
import { lookUp } from '../../../nodes/GenesysCloud/resources/externalContact/lookUp';
import { getStatus } from '../../../nodes/GenesysCloud/resources/message/getStatus';
import { FakeClock } from '../support/clock';
import { parametersOf } from '../support/context';
import { apiFailure } from '../support/failures';
import { inputErrorOf } from '../support/inputErrors';

const read = (reason: 'notFound' | 'forbidden', code?: string) =>
	apiFailure({ reason, call: 'read', ...(code !== undefined && { code }) });

describe('Conversation > Get', () => {
	const output = (response: JsonObject) =>
		get.toOutput({ id: 'c-1', ...response }, { method: 'GET', path: '' });

	it('asks for the conversation', () => {
		const request = get.buildRequest(parametersOf({ conversationId: ' c-1 ' }), 0);
		expect(request).toEqual({ method: 'GET', path: '/api/v2/conversations/messages/c-1' });
	});

	it.each(['', 'a/b', '..'])('refuses the ID %j', (conversationId) => {
		const build = () => get.buildRequest(parametersOf({ conversationId }), 0);
		expect(inputErrorOf(build).field).toBe('Conversation ID');
	});

	it('tells the state of the customer, the latest participation last', () => {
		const participants = [
			{ purpose: 'customer', state: 'disconnected', startTime: '2026-11-20T12:00:00Z' },
			{ purpose: 'acd', state: 'connected', startTime: '2026-11-22T12:00:00Z' },
			{
				purpose: 'customer',
				state: 'connected',
				type: 'webmessaging',
				externalContact: { id: 'e-1' },
				messages: [{ messageTime: '2026-11-22T13:00:00Z' }, {}],
			},
		];
		expect(output({ participants })).toEqual({
			id: 'c-1',
			connected: true,
			customerState: 'connected',
			channel: 'webmessaging',
			externalContactId: 'e-1',
			lastActivity: '2026-11-22T13:00:00Z',
		});
	});

	it.each([
		['connected', 'customer', true],
		['parked', 'external', true],
		['disconnected', 'customer', false],
		['connected', 'agent', false],
		[undefined, 'customer', false],
	])('a %s %s: connected is %s', (state, purpose, connected) => {
		const participants = [{ purpose, state, disconnectType: 'peer' }];
		expect(output({ participants })).toMatchObject({ connected });
	});

	it.each([{}, { participants: null }, { participants: [null, 'x'] }])('bears %j', (response) => {
		expect(output(response)).toEqual({ id: 'c-1', connected: false });
	});

	it.each(['purpose', 'state'])('bears a %s that cannot be made a text', (name) => {
		const participant = { purpose: 'customer', state: 'connected', [name]: { toString: 'x' } };
		expect(output({ participants: [participant] })).toEqual({ id: 'c-1', connected: false });
	});

	it('says that the conversation does not exist', () => {
		expect(get.explain(read('notFound'))?.message).toContain('conversation does not exist');
		expect(get.explain(read('forbidden'))).toBeUndefined();
		expect(get.refineFailure(read('notFound', 'c'))).toEqual(read('notFound', 'c'));
	});
});

describe('External Contact > Look Up', () => {
	const build = (fields: JsonObject) => lookUp.buildRequest(parametersOf(fields), 0);
	const output = (contact: JsonObject) => lookUp.toOutput(contact, { method: 'GET', path: '' });

	it.each([
		[undefined, '+1 (317) 555-5555', { type: 'Phone', value: '+13175555555' }],
		['Phone', '+13175555555', { type: 'Phone', value: '+13175555555' }],
		['Email', ' ada@example.com', { type: 'Email', value: 'ada@example.com' }],
	])('asks by %s for %j', (identifierType, identifierValue, body) => {
		expect(build({ identifierType, identifierValue })).toEqual({
			method: 'POST',
			path: '/api/v2/externalcontacts/identifierlookup/contacts',
			body,
		});
	});

	it.each([
		['Phone', '317', 'Phone Number or E-Mail Address'],
		['Email', 'ada', 'Phone Number or E-Mail Address'],
		['Email', '', 'Phone Number or E-Mail Address'],
		['Fax', '1', 'Look Up By'],
	])('refuses %s %j', (identifierType, identifierValue, field) => {
		expect(inputErrorOf(() => build({ identifierType, identifierValue })).field).toBe(field);
	});

	it('gives what an automation needs', () => {
		const contact = {
			id: 'e-1',
			firstName: 'Ada',
			lastName: 'L',
			homePhone: { display: '317' },
			workPhone: { e164: '+1' },
			personalEmail: 'a@b.c',
			surveyOptOut: false,
			modifyDate: 'd',
			more: 1,
		};
		expect(output(contact)).toEqual({
			id: 'e-1',
			firstName: 'Ada',
			lastName: 'L',
			phone: '317',
			email: 'a@b.c',
			surveyOptOut: false,
			modifyDate: 'd',
		});
		expect(output({ id: 'e-1', workPhone: {} }).phone).toBeUndefined();
		expect(output({ id: 'e-1', otherEmail: 'o@b.c' }).email).toBe('o@b.c');
	});

	it("takes only the API's own 404 for a customer who is not known", () => {
		expect(lookUp.refineFailure(read('notFound', 'not.found')).reason).toBe('contactNotFound');
		expect(lookUp.refineFailure(read('notFound')).reason).toBe('notFound');
		const explained = lookUp.explain({ ...read('notFound'), reason: 'contactNotFound' });
		expect(explained?.message).toContain('no external contact');
		expect(lookUp.explain(read('forbidden'))).toBeUndefined();
	});
});

describe('Message > Get Delivery Status', () => {
	const build = (options?: JsonObject | null, messageId = 'm-1') =>
		getStatus.buildRequest(parametersOf({ messageId, options }), 0);

	it('asks for the details of the message', () => {
		expect(build()).toEqual({
			method: 'GET',
			path: '/api/v2/conversations/messages/m-1/details',
			waitMs: 0,
		});
	});

	it.each([
		[{ waitForFinal: true }, 60_000],
		[{ waitForFinal: true, waitSeconds: 5 }, 5_000],
		[{ waitForFinal: false, waitSeconds: 5 }, 0],
	])('with %j waits up to %i ms', (options, waitMs) => {
		expect(build(options).waitMs).toBe(waitMs);
	});

	it.each([0, -1, 86_401, '5'])('refuses to wait %j seconds', (waitSeconds) => {
		const error = inputErrorOf(() => build({ waitForFinal: true, waitSeconds }));
		expect(error.field).toBe('Wait at Most (Seconds)');
	});

	it('refuses an ID that would lead elsewhere', () => {
		expect(inputErrorOf(() => build({}, '../x')).field).toBe('Message ID');
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
		expect(getStatus.toOutput({ id: 'm-1', status }, build())).toMatchObject({ final, delivered });
	});

	it.each([
		[{ normalizedReceipts: [{ reasons: [{ code: 'A' }] }, { reasons: [{ code: 'B' }] }] }, 'B'],
		[{ normalizedMessage: { reasons: [{ message: 'Opted out' }] } }, 'Opted out'],
		[{ normalizedReceipts: [{}, null] }, undefined],
		[{ normalizedMessage: { reasons: [{ code: 7 }] } }, undefined],
	])('of %j tells the reason %s', (message, reason) => {
		expect(getStatus.toOutput({ status: 'failed', ...message }, build()).failureReason).toBe(
			reason,
		);
	});

	it('bears a status that cannot be made a text', () => {
		const request = build({ waitForFinal: true });
		const response = { id: 'm-1', status: { toString: 'x' } };
		expect(getStatus.toOutput(response, request)).toMatchObject({ final: false, delivered: false });
	});

	it('does not wait when the options are null', () => {
		expect(build(null).waitMs).toBe(0);
	});

	it('says that the message does not exist', () => {
		expect(getStatus.explain(read('notFound'))?.message).toContain('message does not exist');
		expect(getStatus.explain(read('forbidden'))).toBeUndefined();
		expect(getStatus.refineFailure(read('notFound'))).toEqual(read('notFound'));
	});

	describe('waiting for the final status', () => {
		const poll = async (waitSeconds: number | undefined, statuses: string[], clock: FakeClock) => {
			let looks = 0;
			const call: ApiClient = async () => {
				const status = statuses[Math.min(looks++, statuses.length - 1)];
				if (status === 'broken') return { status: 'failed', failure: apiFailure() };
				return { status: 'sent', response: { id: 'm-1', status } };
			};
			const options = waitSeconds === undefined ? {} : { waitForFinal: true, waitSeconds };
			const result = await getStatus.perform!({ call, clock }, build(options));
			return { result, looks };
		};

		it('looks once unless asked to wait', async () => {
			const clock = new FakeClock();
			expect((await poll(undefined, ['queued'], clock)).looks).toBe(1);
			expect(clock.waits).toEqual([]);
		});

		it('looks again, ever more rarely, until it is final', async () => {
			const clock = new FakeClock();
			const { result } = await poll(600, ['queued', 'sent', 'sent', 'read'], clock);
			expect(result).toMatchObject({ status: 'sent', response: { status: 'read' } });
			expect(clock.waitedMs).toEqual([1_000, 2_000, 4_000]);
		});

		it('gives the status as it is when the time is up', async () => {
			const clock = new FakeClock();
			const { result, looks } = await poll(200, ['sent'], clock);
			expect(result).toMatchObject({ response: { status: 'sent' } });
			expect(clock.waitedMs.reduce((sum, ms) => sum + ms, 0)).toBe(200_000);
			expect(Math.max(...clock.waitedMs)).toBeLessThanOrEqual(60_000);
			expect(looks).toBe(clock.waits.length + 1);
		});

		it('ends with the execution and with a failure', async () => {
			const stopping = new FakeClock();
			stopping.onWait = () => (stopping.isStopped = true);
			expect((await poll(600, ['sent'], stopping)).looks).toBe(1);
			const { result } = await poll(600, ['sent', 'broken'], new FakeClock());
			expect(result.status).toBe('failed');
		});
	});
});
