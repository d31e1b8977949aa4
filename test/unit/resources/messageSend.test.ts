import type { JsonObject } from '../../../nodes/GenesysCloud/api/answer';
import type { ApiClient } from '../../../nodes/GenesysCloud/api/client';
import { isUnreachable } from '../../../nodes/GenesysCloud/n8n/results';
import { send } from '../../../nodes/GenesysCloud/resources/message/send';
import { FakeClock } from '../support/clock';
import { parametersOf } from '../support/context';
import { apiFailure } from '../support/failures';
import { inputErrorOf } from '../support/inputErrors';

const FIELDS = {
	channel: 'webmessaging',
	fromAddress: 'deployment-1',
	externalContactId: 'contact-1',
	toAddress: '+1 317 555 5555',
	message: 'Hello',
	templateId: 'template-1',
};
const build = (overrides: Record<string, unknown> = {}) =>
	send.buildRequest(parametersOf({ ...FIELDS, ...overrides }), 0);

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
		expect(build({ channel, fromAddress })).toEqual({
			method: 'POST',
			path: '/api/v2/conversations/messages/agentless',
			body: { fromAddress, toAddressMessengerType: channel, ...rest },
		});
	});

	it('goes by web messaging unless told otherwise', () => {
		expect(build({ channel: undefined }).body.toAddressMessengerType).toBe('webmessaging');
	});

	it('writes into an active conversation only when asked to', () => {
		expect(build({ options: { useExistingActiveConversation: true } }).body).toMatchObject({
			useExistingActiveConversation: true,
		});
		expect(build({ options: { useExistingActiveConversation: 'yes' } }).body).not.toHaveProperty(
			'useExistingActiveConversation',
		);
	});

	it('fills a template from rows and from JSON', () => {
		const whatsapp = { channel: 'whatsapp' };
		const parameter = [{ part: 'body', id: '1', value: 'Ada' }];
		const filled = { responseId: 'template-1', bodyParameters: [{ id: '1', value: 'Ada' }] };
		const rows = build({ ...whatsapp, templateParameters: { parameter } });
		expect(rows.body.messagingTemplate).toEqual(filled);
		const json = { templateParametersInput: 'json', templateParametersJson: '{"1":"Ada"}' };
		expect(build({ ...whatsapp, ...json }).body.messagingTemplate).toEqual(filled);
	});

	it('looks at the conversation first when asked to', () => {
		const options = { checkSessionFirst: true, conversationId: ' c-1 ' };
		expect(build({ options }).openConversationId).toBe('c-1');
		expect(build({ options: { conversationId: 'c-1' } })).not.toHaveProperty('openConversationId');
	});

	it.each([
		[{ channel: 'fax' }, "'Channel' has a value that is not allowed"],
		[{ fromAddress: '' }, "'From' is empty"],
		[{ channel: 'sms', fromAddress: 'x' }, "'From' is not a phone number"],
		[{ externalContactId: '' }, "'External Contact ID' is empty"],
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
		[
			{ options: { checkSessionFirst: true, conversationId: '../x' } },
			"'Conversation ID' is not an ID",
		],
	])('is refused before any call: %j', (overrides, message) => {
		expect(inputErrorOf(() => build(overrides)).message).toContain(message);
	});
});

describe('the output of Message > Send', () => {
	it('has the conversation, the channel and the addresses', () => {
		const timestamp = '2026-11-22T12:00:00.000Z';
		const response = { id: 'm-1', conversationId: 'c-1', timestamp, more: 1 };
		expect(send.toOutput(response, build())).toEqual({
			id: 'm-1',
			conversationId: 'c-1',
			channel: 'webmessaging',
			fromAddress: 'deployment-1',
			externalContactId: 'contact-1',
			status: 'sent',
			timestamp,
		});
		expect(send.toOutput({ id: 'm-1' }, build()).timestamp).toMatch(/^\d{4}-.*Z$/);
	});

	it('of a message that was sent already has what was recorded', () => {
		const receipt = send.toReceipt({ id: 'm-1', conversationId: 'c-1' });
		expect(receipt).toEqual({ id: 'm-1', conversationId: 'c-1' });
		expect(send.toReceipt({ id: 'm-1' })).toEqual({ id: 'm-1' });
		const endless = 'x'.repeat(257);
		expect(send.toReceipt({ id: 'm-1', conversationId: endless })).toEqual({ id: 'm-1' });
		const request = build({ channel: 'open', fromAddress: 'i', toAddress: 't' });
		expect(send.toRecordedOutput(request, receipt)).toEqual({
			id: 'm-1',
			conversationId: 'c-1',
			channel: 'open',
			fromAddress: 'i',
			toAddress: 't',
			status: 'sent',
			alreadySent: true,
		});
	});
});

describe('the look at the session before sending', () => {
	const perform = async (openConversationId: string | undefined, ...answers: unknown[]) => {
		const paths: string[] = [];
		const call: ApiClient = async ({ path }) => {
			paths.push(path);
			return answers.shift() as Awaited<ReturnType<ApiClient>>;
		};
		const options =
			openConversationId === undefined
				? {}
				: { checkSessionFirst: true, conversationId: openConversationId };
		const result = await send.perform!({ call, clock: new FakeClock() }, build({ options }));
		return { result, paths };
	};
	const answer = (response: JsonObject) => ({ status: 'sent', response });
	const customer = (state: string) =>
		answer({ id: 'c-1', participants: [{ purpose: 'customer', state }] });
	const SENT = answer({ id: 'm-1' });
	const LOOK = '/api/v2/conversations/messages/c-1';
	const SEND = '/api/v2/conversations/messages/agentless';

	it('is left out unless asked for', async () => {
		expect(await perform(undefined, SENT)).toEqual({ result: SENT, paths: [SEND] });
	});

	it('lets the message go when the customer is there', async () => {
		const done = await perform('c-1', customer('connected'), SENT);
		expect(done).toEqual({ result: SENT, paths: [LOOK, SEND] });
	});

	it('sends nothing when the customer has left', async () => {
		const { result, paths } = await perform('c-1', customer('disconnected'));
		expect(paths).toEqual([LOOK]);
		expect(result).toMatchObject({
			status: 'failed',
			failure: { reason: 'sessionExpired', delivered: 'no', transient: false },
		});
	});

	it('that fails means that nothing was sent', async () => {
		const failure = apiFailure({ reason: 'timeout', delivered: 'unknown' });
		const { result, paths } = await perform('c-1', { status: 'failed', failure });
		expect(paths).toEqual([LOOK]);
		expect(result).toMatchObject({ failure: { reason: 'timeout', delivered: 'no' } });
	});

	it('is not made once the execution is stopped', async () => {
		const { result } = await perform('c-1', { status: 'stopped' });
		expect(result).toEqual({ status: 'stopped' });
	});
});

describe('a failure of Message > Send', () => {
	it.each([
		['An active conversation is already in progress', 'badRequest', 'conflict', false],
		['The recipient has opted out', 'badRequest', 'optedOut', true],
		['RecipientOptedOut', 'badRequest', 'optedOut', true],
		['The session has expired', 'badRequest', 'sessionExpired', true],
		['The web messaging session was closed', 'conflict', 'sessionExpired', true],
		['Value is not valid', 'badRequest', 'badRequest', false],
		['The session has expired', 'forbidden', 'forbidden', false],
		['Not found', 'notFound', 'contactNotFound', true],
	] as const)('that says %j (%s) is %s', (apiMessage, reason, expected, unreachable) => {
		const refined = send.refineFailure(apiFailure({ reason, apiMessage }));
		expect(refined.reason).toBe(expected);
		expect(isUnreachable(refined)).toBe(unreachable);
	});

	it('404 that does not come from the API is a wrong address', () => {
		expect(send.refineFailure(apiFailure({ reason: 'notFound' })).reason).toBe('notFound');
	});

	it('of the token endpoint stays as it is', () => {
		const failure = apiFailure({ call: 'token', apiMessage: 'session has expired' });
		expect(send.refineFailure(failure)).toBe(failure);
		expect(send.explain(failure)).toBeUndefined();
	});

	it('names the option that writes into an active conversation', () => {
		const apiMessage = 'An active conversation is already in progress';
		const failure = apiFailure({ reason: 'conflict', apiMessage });
		expect(send.explain(failure)?.description).toContain("'Use Existing Active Conversation'");
		expect(send.explain(apiFailure({ reason: 'conflict' }))).toBeUndefined();
	});
});
