import type { JsonObject } from '../../../../../nodes/GenesysCloud/delivery/types';
import { send } from '../../../../../nodes/GenesysCloud/resources/message/send';
import { callsWith } from '../../../support/calls';
import { apiFailure } from '../../../support/failures';
import { inputErrorOf } from '../../../support/inputErrors';
import { located, readerOf } from '../../../support/reader';

const FIELDS = {
	channel: 'webmessaging',
	fromAddress: 'deployment-1',
	externalContactId: 'contact-1',
	toAddress: '+1 317 555 5555',
	message: 'Hello',
	templateId: 'template-1',
};
const prepare = (overrides: Record<string, unknown> = {}) =>
	send.prepare(readerOf({ ...FIELDS, ...overrides }));
const bodyOf = (overrides: Record<string, unknown> = {}) =>
	prepare(overrides).request.body as JsonObject;

describe('the request of Message > Send', () => {
	it.each([
		['webmessaging', 'deployment-1', { externalContactId: 'contact-1', textBody: 'Hello' }],
		['sms', '+13175550100', { toAddress: '+13175555555', textBody: 'Hello' }],
		['open', 'integration-1', { toAddress: '+1 317 555 5555', textBody: 'Hello' }],
		['apple', 'integration-1', { toAddress: '+13175555555', textBody: 'Hello' }],
		[
			'whatsapp',
			'integration-1',
			{ toAddress: '13175555555', messagingTemplate: { responseId: 'template-1' } },
		],
	])('has exactly what %s takes', (channel, fromAddress, rest) => {
		expect(prepare({ channel, fromAddress }).request).toEqual({
			method: 'POST',
			path: '/api/v2/conversations/messages/agentless',
			body: { fromAddress, toAddressMessengerType: channel, ...rest },
		});
	});

	it('goes by web messaging unless told otherwise', () => {
		expect(bodyOf({ channel: undefined }).toAddressMessengerType).toBe('webmessaging');
	});

	it('writes into an active conversation only when asked to', () => {
		const bodyWith = (useExistingActiveConversation: unknown) =>
			bodyOf({ options: { useExistingActiveConversation } });
		for (const on of [true, 'true', ' TRUE ']) {
			expect(bodyWith(on)).toMatchObject({ useExistingActiveConversation: true });
		}
		for (const off of [false, 'false', '', undefined, null]) {
			expect(bodyWith(off)).not.toHaveProperty('useExistingActiveConversation');
		}
		const error = inputErrorOf(() => bodyWith('yes'));
		expect(error.message).toBe("'Use Existing Active Conversation' is neither true nor false");
	});

	it('fills a template', () => {
		const json = { templateParametersInput: 'json', templateParametersJson: '{"1":"Ada"}' };
		expect(bodyOf({ channel: 'whatsapp', ...json }).messagingTemplate).toEqual({
			responseId: 'template-1',
			bodyParameters: [{ id: '1', value: 'Ada' }],
		});
	});

	it.each([
		[{ channel: 'fax' }, "'Channel' has a value that is not allowed"],
		[{ fromAddress: '' }, "'From (Deployment)' is empty"],
		[{ channel: 'sms', fromAddress: '!' }, "'From (Phone Number)' is not an SMS sender"],
		[{ channel: 'whatsapp', fromAddress: '' }, "'From (Integration)' is empty"],
		[{ channel: 'whatsapp', fromAddress: '+1 317' }, "'From (Integration)' is a phone number"],
		[{ fromAddress: '+13175550100' }, "'From (Deployment)' is a phone number"],
		[{ externalContactId: '' }, "'External Contact' is empty"],
		[{ channel: 'open', toAddress: '' }, "'To' is empty"],
		[{ channel: 'sms', fromAddress: '12345', toAddress: '317' }, "'To' is not a phone number"],
		[{ channel: 'whatsapp', toAddress: 'ada' }, "'To' is not a WhatsApp ID"],
		[{ channel: 'whatsapp', templateId: '' }, "'Template' is empty"],
		[{ message: '' }, "'Message' is empty"],
		[{ message: 'x'.repeat(2_001) }, "'Message' is too long"],
		[
			{ channel: 'sms', fromAddress: '12345', message: 'x'.repeat(766) },
			"'Message' is too long: 766 characters, and at most 765 are allowed",
		],
		[{ options: { checkSessionFirst: true } }, "'Conversation ID' is empty"],
		[{ options: { checkSessionFirst: 'si' } }, "'Check Session First' is neither true nor false"],
		[
			{ options: { checkSessionFirst: true, conversationId: '../x' } },
			"'Conversation ID' is not an ID",
		],
	])('is refused before any call: %j', (overrides, message) => {
		expect(inputErrorOf(() => prepare(overrides)).message).toContain(message);
	});
});

describe('the output of Message > Send', () => {
	it('has the conversation, the channel and the addresses', () => {
		const timestamp = '2026-11-22T12:00:00.000Z';
		const message = prepare();
		expect(message.output({ id: 'm-1', conversationId: 'c-1', timestamp, more: 1 })).toEqual({
			id: 'm-1',
			conversationId: 'c-1',
			channel: 'webmessaging',
			fromAddress: 'deployment-1',
			externalContactId: 'contact-1',
			status: 'sent',
			timestamp,
		});
		expect(message.output({ id: 'm-1' })).toMatchObject({
			timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
		});
	});

	it('of a message that was sent already has what was recorded', () => {
		const message = prepare({ channel: 'open', fromAddress: 'i', toAddress: 't' });
		expect(message.receipt({ id: 'm-1', conversationId: 'c-1' })).toEqual({
			id: 'm-1',
			conversationId: 'c-1',
		});
		expect(message.receipt({ id: 'm-1' })).toEqual({ id: 'm-1' });
		expect(message.receipt({ id: 'm-1', conversationId: 'x'.repeat(257) })).toEqual({ id: 'm-1' });
		expect(message.known()).toEqual({
			channel: 'open',
			fromAddress: 'i',
			toAddress: 't',
			status: 'sent',
		});
	});

	it('of a dry run counts the parts of an SMS', () => {
		const preview = prepare({ channel: 'sms', fromAddress: '12345' }).preview?.();
		expect(preview).toEqual({ characters: 5, encoding: 'GSM-7', parts: 1 });
		expect(prepare().preview).toBeUndefined();
	});
});

describe('whom a message is for', () => {
	it.each([
		[{}, ['webmessaging', 'contact-1']],
		[{ externalContactId: located('phone', '+1 317 555 5555') }, ['webmessaging', '+13175555555']],
		[{ externalContactId: located('email', 'a@b.co') }, ['webmessaging', 'a@b.co']],
		[{ channel: 'sms', fromAddress: '12345' }, ['sms', '+13175555555']],
	])('is told by what the item has: %j', (fields, recipient) => {
		expect(prepare(fields).recipient).toEqual(recipient);
	});

	it('does not depend on the text', () => {
		const { content } = prepare({ message: 'Bye' });
		expect(content).toEqual({ textBody: 'Bye' });
		expect(prepare({ message: 'Bye' }).recipient).toEqual(prepare().recipient);
	});

	it('is told what a template tells, whatever the order of its values', () => {
		const [content, other] = ['{"a": "x", "b": "y"}', '{"b": "y", "a": "x"}'].map(
			(json) =>
				prepare({
					channel: 'whatsapp',
					templateParametersInput: 'json',
					templateParametersJson: json,
				}).content,
		);
		expect(JSON.stringify(content)).toBe(JSON.stringify(other));
	});
});

describe('a customer by phone or e-mail', () => {
	const byPhone = { externalContactId: located('phone', '+13175555555') };

	it('is looked up; then the message is complete', async () => {
		const message = prepare({ ...byPhone, options: { useExistingActiveConversation: true } });
		const calls = callsWith({ id: 'contact-7', firstName: 'Ada' });
		const found = await message.lookUp?.(calls);
		expect(calls.requests).toMatchObject([{ body: { type: 'Phone', value: '+13175555555' } }]);
		if (!found?.ok) throw new Error('not found');
		expect(found.value.request.body).toEqual({
			fromAddress: 'deployment-1',
			toAddressMessengerType: 'webmessaging',
			externalContactId: 'contact-7',
			textBody: 'Hello',
			useExistingActiveConversation: true,
		});
		expect(found.value.known()).toMatchObject({ externalContactId: 'contact-7' });
		expect(found.value.lookUp).toBeUndefined();
	});

	it('who is not known cannot be reached', async () => {
		const unknown = apiFailure({ reason: 'notFound', call: 'read', code: 'not.found' });
		const found = await prepare(byPhone).lookUp?.(callsWith(unknown));
		expect(found).toMatchObject({ ok: false, failure: { reason: 'contactNotFound' } });
	});

	it.each([
		{ reason: 'notFound', call: 'read' },
		{ reason: 'forbidden', call: 'read', code: 'missing.permissions' },
	] as const)('is not taken for unknown by %j', async (said) => {
		const failure = apiFailure(said);
		expect(await prepare(byPhone).lookUp?.(callsWith(failure))).toEqual({ ok: false, failure });
	});

	it('by ID needs no look-up', () => {
		expect(prepare().lookUp).toBeUndefined();
	});
});

describe('the look at the session before sending', () => {
	const OPTIONS = { checkSessionFirst: true, conversationId: ' c-1\u200b' };
	const LOOK = '/api/v2/conversations/messages/c-1';
	const SEND = '/api/v2/conversations/messages/agentless';
	const attempt = async (...answers: Parameters<typeof callsWith>) => {
		const calls = callsWith(...answers);
		const result = await prepare({ options: OPTIONS }).attempt?.(calls);
		return { result, paths: calls.requests.map(({ path }) => path) };
	};
	const customer = (state: string) => ({
		id: 'c-1',
		participants: [{ purpose: 'customer', state }],
	});

	it('is left out unless asked for', () => {
		for (const options of [{}, { conversationId: 'c-1' }, { checkSessionFirst: 'false' }]) {
			expect(prepare({ options }).attempt).toBeUndefined();
		}
	});

	it('lets the message go when the customer is there', async () => {
		const done = await attempt(customer('connected'), { id: 'm-1' });
		expect(done).toEqual({ result: { ok: true, value: { id: 'm-1' } }, paths: [LOOK, SEND] });
	});

	it('sends nothing when the customer has left', async () => {
		const { result, paths } = await attempt(customer('disconnected'));
		expect(paths).toEqual([LOOK]);
		expect(result).toMatchObject({
			failure: { reason: 'sessionExpired', delivered: 'no', transient: false },
		});
	});

	it('that fails means that nothing was sent', async () => {
		const failure = apiFailure({ reason: 'timeout', call: 'read' });
		expect(await attempt(failure)).toEqual({ result: { ok: false, failure }, paths: [LOOK] });
	});
});
