import type { JsonObject } from '../../../../nodes/GenesysCloud/delivery/types';
import { get } from '../../../../nodes/GenesysCloud/resources/conversation/get';
import { apiFailure } from '../../support/failures';
import { inputErrorOf } from '../../support/inputErrors';
import { readerOf } from '../../support/reader';

const read = (reason: 'notFound' | 'forbidden', code?: string) =>
	apiFailure({ reason, call: 'read', ...(code !== undefined && { code }) });

describe('Conversation > Get', () => {
	const prepare = (conversationId: unknown = 'c-1') => get.prepare(readerOf({ conversationId }));
	const output = (answer: JsonObject) => prepare().output({ id: 'c-1', ...answer });

	it('asks for the conversation', () => {
		expect(prepare(' c-1\ufeff ').request).toEqual({
			method: 'GET',
			path: '/api/v2/conversations/messages/c-1',
			reads: true,
		});
	});

	it.each(['', 'a/b', '..'])('refuses the ID %j', (conversationId) => {
		expect(inputErrorOf(() => prepare(conversationId)).field).toBe('Conversation ID');
	});

	it('says what to do about an ID that is not there', () => {
		expect(inputErrorOf(() => prepare(null)).remedy).toBe('Map the ID of the conversation');
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

	it('tells how the customer left, and the latest time, whoever has it', () => {
		const participants = [
			{
				purpose: 'customer',
				state: 'disconnected',
				disconnectType: 'peer',
				endTime: '2026-11-22T14:00:00Z',
				messages: [{ messageTime: '2026-11-22T12:30:00Z' }],
			},
			{ purpose: 'acd', connectedTime: '2026-11-22T13:00:00Z' },
		];
		expect(output({ participants })).toStrictEqual({
			id: 'c-1',
			connected: false,
			customerState: 'disconnected',
			disconnectType: 'peer',
			lastActivity: '2026-11-22T14:00:00Z',
		});
	});

	it('leaves out what the conversation does not tell', () => {
		expect(output({ participants: [{ purpose: 'customer', state: 'connected' }] })).toStrictEqual({
			id: 'c-1',
			connected: true,
			customerState: 'connected',
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
		expect(get.explain?.(read('notFound'))).toEqual({
			message: 'The conversation does not exist in Genesys Cloud',
			description:
				"Check the 'Conversation ID', and that the credential is of the same organization. Only conversations of messages can be read here, no calls and no e-mails.",
		});
		expect(get.explain?.(read('forbidden'))).toBeUndefined();
	});
});
