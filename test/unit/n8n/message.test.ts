import type { ApiClient } from '../../../nodes/GenesysCloud/api/client';
import { InputError } from '../../../nodes/GenesysCloud/failures/inputError';
import { inputFailure, keyNotChecked } from '../../../nodes/GenesysCloud/n8n/inputFailure';
import { messageOf, uncertainEarlier } from '../../../nodes/GenesysCloud/n8n/message';
import { findOperation } from '../../../nodes/GenesysCloud/resources';
import { FakeClock } from '../support/clock';
import { parametersOf } from '../support/context';
import { apiFailure } from '../support/failures';

const FIELDS = { contactId: 'contact-1', senderType: 'bot', message: 'Hello' };

interface Overrides {
	readonly client?: ApiClient;
	readonly runIndex?: number;
	readonly sendsOnce?: boolean;
	readonly operation?: readonly [string, string];
}

function build(fields: Record<string, unknown> = FIELDS, itemIndex = 0, more: Overrides = {}) {
	const { client = jest.fn(), runIndex = 0, sendsOnce = false } = more;
	const [resource, name] = more.operation ?? ['webMessage', 'send'];
	const operation = findOperation(resource, name)!;
	const parameters = parametersOf(fields);
	const source = { parameters, operation, client, runIndex, sendsOnce, clock: new FakeClock() };
	return messageOf(source, itemIndex);
}

function messageFrom(...args: Parameters<typeof build>) {
	const message = build(...args);
	if ('invalid' in message) throw new Error('invalid');
	return message;
}

describe('the key of a message', () => {
	it('says nothing of the customer or the text', () => {
		expect(messageFrom().key).toMatch(/^0:0:[\w-]{16}$/);
	});

	it('is the same for the same message at the same place', () => {
		expect(messageFrom().key).toBe(messageFrom().key);
	});

	it.each([
		['contact', { ...FIELDS, contactId: 'contact-2' }, 0, 0],
		['text', { ...FIELDS, message: 'Hello!' }, 0, 0],
		['sender', { ...FIELDS, senderType: 'agent' }, 0, 0],
		['item', FIELDS, 1, 0],
		['run of a loop', FIELDS, 0, 1],
	])('differs by the %s', (_name, fields, itemIndex, runIndex) => {
		expect(messageFrom(fields, itemIndex, { runIndex }).key).not.toBe(messageFrom().key);
	});

	it('is joined by the Send Once Key where there is one', () => {
		const fields = { ...FIELDS, delivery: { sendOnceKey: 'order-1' } };
		expect(messageFrom(fields, 0, { sendsOnce: true }).onceKey).toBe('order-1');
		expect(messageFrom(fields)).not.toHaveProperty('onceKey');
	});
});

describe('a message', () => {
	it('is sent as the operation built it', async () => {
		const client = jest.fn<ReturnType<ApiClient>, Parameters<ApiClient>>();
		client.mockResolvedValue({ status: 'sent', response: { id: 'm-1' } });
		const message = messageFrom(FIELDS, 0, { client });
		expect(await message.send()).toEqual({ status: 'sent', response: { id: 'm-1' } });
		expect(client).toHaveBeenCalledWith(message.request);
		expect(message.receipt({ id: 'm-1' })).toEqual({ id: 'm-1' });
	});

	it("turns a general failure into the endpoint's own", async () => {
		const failure = apiFailure({ reason: 'notFound', code: 'not.found' });
		const message = messageFrom(FIELDS, 0, { client: async () => ({ status: 'failed', failure }) });
		expect(await message.send()).toEqual({
			status: 'failed',
			failure: { ...failure, reason: 'contactNotFound' },
		});
	});

	it('takes more than one call where its operation asks for them', async () => {
		const client = jest.fn<ReturnType<ApiClient>, Parameters<ApiClient>>();
		client.mockResolvedValueOnce({ status: 'sent', response: { id: 'm-1', status: 'queued' } });
		client.mockResolvedValueOnce({ status: 'sent', response: { id: 'm-1', status: 'read' } });
		const fields = { messageId: 'm-1', options: { waitForFinal: true } };
		const operation = ['message', 'getStatus'] as const;
		expect(await messageFrom(fields, 0, { client, operation }).send()).toMatchObject({
			response: { status: 'read' },
		});
		expect(client).toHaveBeenCalledTimes(2);
	});

	it('passes on that the execution was stopped', async () => {
		const message = messageFrom(FIELDS, 0, { client: async () => ({ status: 'stopped' }) });
		expect(await message.send()).toEqual({ status: 'stopped' });
	});

	it.each([
		['send', 'read', 'no'],
		['token', 'token', 'unknown'],
	] as const)('that only looks something up delivers nothing: %s', async (call, as, delivered) => {
		const failure = apiFailure({ reason: 'timeout', call, delivered: 'unknown' });
		const client: ApiClient = async () => ({ status: 'failed', failure });
		const message = messageFrom({ conversationId: 'c-1' }, 0, {
			client,
			operation: ['conversation', 'get'],
		});
		expect(await message.send()).toMatchObject({ failure: { call: as, delivered } });
		expect(message.receipt({ id: 'c-1' })).toEqual({ id: '' });
	});

	it.each([
		['an empty contact', { ...FIELDS, contactId: '' }, "'Contact ID' is empty"],
		['an empty message', { ...FIELDS, message: ' ' }, "'Message' is empty"],
		['a message that is no text', { ...FIELDS, message: {} }, "'Message' is not text"],
	])('cannot be built from %s', (_name, fields, text) => {
		expect(build(fields)).toMatchObject({
			invalid: {
				reason: 'invalidInput',
				delivered: 'no',
				transient: false,
				input: { message: expect.stringContaining(text) as string },
			},
		});
	});

	it('cannot be built from an expression that n8n refuses', () => {
		const broken = () => {
			throw new Error('Referenced node is unexecuted');
		};
		expect(build({ ...FIELDS, message: broken })).toMatchObject({
			invalid: { input: { message: 'Referenced node is unexecuted' } },
		});
	});
});

describe('inputFailure', () => {
	it.each([
		[new InputError('Message', 'is empty', 'Enter it'), "'Message' is empty", 'Enter it'],
		[new Error('No credentials'), 'No credentials', expect.stringContaining('Check')],
		['text', 'A value cannot be read', expect.stringContaining('Check')],
		[undefined, 'A value cannot be read', expect.stringContaining('Check')],
	])('of %p', (error, message, remedy: unknown) => {
		expect(inputFailure(error)).toEqual({
			reason: 'invalidInput',
			delivered: 'no',
			transient: false,
			input: { message, remedy },
		});
	});

	it.each([
		[new Error('SQLITE_BUSY'), "n8n's deduplication store: SQLITE_BUSY"],
		['odd', "n8n's deduplication store"],
	])('of a key that could not be looked up: %p', (error, end) => {
		const { input } = keyNotChecked(error);
		expect(input?.message).toBe(`'Send Once Key' could not be looked up in ${end}`);
		expect(input?.remedy).toContain('it was not sent');
	});
});

describe('uncertainEarlier', () => {
	it.each(['serverError', 'network', 'timeout', 'unexpectedResponse'])('keeps %s', (reason) => {
		expect(uncertainEarlier(reason)).toEqual({
			reason,
			delivered: 'unknown',
			transient: false,
			earlier: true,
		});
	});

	it.each(['', 'badRequest', 'constructor'])('takes %j for a lost connection', (reason) => {
		expect(uncertainEarlier(reason).reason).toBe('network');
	});
});
