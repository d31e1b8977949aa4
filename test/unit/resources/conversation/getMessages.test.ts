import type { JsonObject } from '../../../../nodes/GenesysCloud/delivery/types';
import { getMessages } from '../../../../nodes/GenesysCloud/resources/conversation/getMessages';
import { ItemReader } from '../../../../nodes/GenesysCloud/resources/parameters';
import { callsWith, type Answer } from '../../support/calls';
import { parametersOf } from '../../support/context';
import { apiFailure } from '../../support/failures';
import { inputErrorOf } from '../../support/inputErrors';
import { readerOf } from '../../support/reader';

const time = (minute: number) => new Date(Date.UTC(2026, 10, 25, 8, minute)).toISOString();
const entry = (id: string, minute: number, type = 'Text') => ({
	messageId: id,
	messageTime: time(minute),
	messageMetadata: { type },
});
const data = (id: string, minute: number, more: JsonObject = {}) => ({
	id,
	conversationId: 'c-1',
	direction: 'outbound',
	status: 'sent',
	fromAddress: 'shop',
	toAddress: 'ada',
	timestamp: time(minute),
	normalizedMessage: { type: 'Text', text: `Text of ${id}` },
	...more,
});
const CONVERSATION = {
	id: 'c-1',
	participants: [
		{ purpose: 'customer', messages: [entry('m-2', 2), entry('m-4', 4)] },
		{ purpose: 'api', messages: [entry('m-1', 1), entry('m-3', 3), entry('e-1', 2, 'Event')] },
	],
};
const inbound = { direction: 'inbound' };
const MESSAGES = {
	// In another order than asked for: the API promises none.
	entities: [
		data('m-4', 4, inbound),
		data('m-1', 1),
		null,
		data('m-2', 2, inbound),
		data('m-3', 3),
	],
};

const prepare = (fields: JsonObject = {}) =>
	getMessages.prepare(readerOf({ conversationId: 'c-1', ...fields }));

async function read(fields: JsonObject = {}, ...answers: Answer[]) {
	const calls = callsWith(...(answers.length > 0 ? answers : [CONVERSATION, MESSAGES]));
	const prepared = prepare(fields);
	const result = await prepared.attempt?.(calls);
	if (!result?.ok) return { failure: result?.failure, messages: [], ids: [], calls };
	const messages = prepared.output(result.value) as readonly JsonObject[];
	return { failure: undefined, messages, ids: messages.map(({ id }) => id), calls };
}

describe('Conversation > Get Messages', () => {
	it('asks for the conversation, then for what its messages say', async () => {
		const { calls } = await read();
		expect(calls.requests).toEqual([
			{ method: 'GET', path: '/api/v2/conversations/messages/c-1', reads: true },
			{
				method: 'POST',
				path: '/api/v2/conversations/messages/c-1/messages/bulk',
				body: ['m-1', 'm-2', 'm-3', 'm-4'],
				reads: true,
				answer: 'list',
			},
		]);
	});

	it('gives an item for each message, the oldest first', async () => {
		const { ids, messages } = await read();
		expect(ids).toEqual(['m-1', 'm-2', 'm-3', 'm-4']);
		expect(messages[1]).toEqual({
			id: 'm-2',
			conversationId: 'c-1',
			direction: 'inbound',
			text: 'Text of m-2',
			status: 'sent',
			from: 'shop',
			to: 'ada',
			timestamp: time(2),
		});
	});

	it('gives the messages as they came without Simplify', async () => {
		const { messages } = await read({ simplify: false });
		expect(messages[0]).toEqual(data('m-1', 1));
		expect(prepare().raw?.({ entities: messages })).toBe(messages);
	});

	it.each([
		[{ limit: 2 }, ['m-1', 'm-2']],
		[{ limit: '2' }, ['m-1', 'm-2']],
		[{ limit: 2, returnAll: true }, ['m-1', 'm-2', 'm-3', 'm-4']],
		[{ limit: 2, returnAll: 'true' }, ['m-1', 'm-2', 'm-3', 'm-4']],
		[{ options: { onlyCustomerMessages: true } }, ['m-2', 'm-4']],
		[{ options: { onlyCustomerMessages: 'true' }, limit: 1 }, ['m-2']],
		[{ options: { since: time(3) } }, ['m-3', 'm-4']],
		[{ options: { since: '' } }, ['m-1', 'm-2', 'm-3', 'm-4']],
		[{ options: { sinceMessageId: ' m-2 ' } }, ['m-3', 'm-4']],
		[{ options: { sinceMessageId: 'm-1' } }, ['m-2', 'm-3', 'm-4']],
		[{ options: { sinceMessageId: 'm-2', onlyCustomerMessages: true } }, ['m-4']],
		[{ options: { sinceMessageId: 'm-4' } }, []],
	])('with %j gives %j', async (fields, expected) => {
		expect((await read(fields)).ids).toEqual(expected);
	});

	it('asks for no message that has no ID', async () => {
		const nameless = [{ ...entry('', 1) }, { messageTime: time(2) }, entry('m-3', 3)];
		const conversation = { id: 'c-1', participants: [{ messages: nameless }] };
		const { calls } = await read({}, conversation, { entities: [data('m-3', 3)] });
		expect(calls.requests[1]?.body).toEqual(['m-3']);
	});

	it('leaves out what nobody has said', async () => {
		const receipt = data('m-2', 2, { normalizedMessage: { type: 'Receipt' } });
		const { ids } = await read({}, CONVERSATION, { entities: [receipt, data('m-3', 3)] });
		expect(ids).toEqual(['m-3']);
	});

	it.each([
		[{ normalizedMessage: { type: 'Structured' } }, ''],
		[{ normalizedMessage: null, textBody: 'Old' }, 'Old'],
		[{ normalizedMessage: { content: [{ buttonResponse: { text: 'Yes' } }] } }, 'Yes'],
	])('has the text of %j', async (more, text) => {
		const { messages } = await read({}, CONVERSATION, { entities: [data('m-1', 1, more)] });
		expect(messages[0]?.text).toBe(text);
	});

	it('bears times that cannot be made a text', async () => {
		const time = { toString: 'x' };
		const conversation = {
			id: 'c-1',
			participants: [{ messages: [{ ...entry('m-1', 1), messageTime: time }, entry('m-2', 2)] }],
		};
		const answer = { entities: [data('m-1', 1, { timestamp: time }), data('m-2', 2)] };
		const { ids } = await read({ options: { since: '2026-01-01' } }, conversation, answer);
		expect(ids).toEqual(['m-2']);
	});

	it('makes no further call for a conversation without messages', async () => {
		const { ids, calls } = await read({}, { id: 'c-1', participants: [{}] });
		expect([ids, calls.requests.length]).toEqual([[], 1]);
	});

	it('reads a long conversation in parts of 1,000, as far as it has to', async () => {
		const all = Array.from({ length: 2_500 }, (_value, index) => `m-${index}`);
		const conversation = {
			id: 'c-1',
			participants: [{ messages: all.map((id, index) => entry(id, index)) }],
		};
		const parts = [0, 1_000, 2_000].map((start) => ({
			entities: all.slice(start, start + 1_000).map((id, index) => data(id, start + index)),
		}));
		const whole = await read({ returnAll: true }, conversation, ...parts);
		expect(whole.ids).toEqual(all);
		expect(whole.calls.requests.slice(1).map(({ body }) => (body as unknown[]).length)).toEqual([
			1_000, 1_000, 500,
		]);
		const limited = await read({ limit: 10 }, conversation, ...parts);
		expect([limited.ids.length, limited.calls.requests.length]).toEqual([10, 2]);
	});

	it.each([
		['8D1C7F7E-0D2A-4F57-9D1B-0F2B8C0A0001', '8d1c7f7e-0d2a-4f57-9d1b-0f2b8c0a0001'],
		['8d1c7f7e-0d2a-4f57-9d1b-0f2b8c0a0001', '8D1C7F7E-0D2A-4F57-9D1B-0F2B8C0A0001'],
	])('begins after %s where Genesys Cloud writes %s', async (sinceMessageId, id) => {
		const conversation = {
			id: 'c-1',
			participants: [{ messages: [entry('m-1', 1), entry(id, 2), entry('m-3', 3)] }],
		};
		const answers = [conversation, { entities: [data('m-3', 3)] }];
		const { ids } = await read({ options: { sinceMessageId } }, ...answers);
		expect(ids).toEqual(['m-3']);
	});

	it('says that the message to begin after is not one of the conversation', async () => {
		const { failure, calls } = await read({ options: { sinceMessageId: 'other' } });
		expect(failure).toMatchObject({
			reason: 'invalidInput',
			input: { message: "'Since Message ID' is not a message of this conversation" },
		});
		expect(calls.requests).toHaveLength(1);
	});

	it.each([
		['the conversation', [apiFailure({ reason: 'notFound', call: 'read' })]],
		['the messages', [CONVERSATION, apiFailure({ reason: 'forbidden', call: 'read' })]],
	])('fails with %s', async (_what, answers) => {
		expect((await read({}, ...answers)).failure).toBe(answers.at(-1));
	});

	it.each([
		[{ conversationId: '' }, 'Conversation ID'],
		[{ conversationId: '../x' }, 'Conversation ID'],
		[{ limit: 0 }, 'Limit'],
		[{ limit: 1.5 }, 'Limit'],
		[{ returnAll: 'yes' }, 'Return All'],
		[{ simplify: 'yes' }, 'Simplify'],
		[{ options: { since: 'yesterday' } }, 'Since'],
		[{ options: { sinceMessageId: 'a/b' } }, 'Since Message ID'],
		[{ options: { sinceMessageId: ['m-1'] } }, 'Since Message ID'],
		[{ options: { onlyCustomerMessages: 'yes' } }, 'Only Customer Messages'],
	])('refuses %j before any call', (fields, field) => {
		expect(inputErrorOf(() => prepare(fields)).field).toBe(field);
	});

	it.each([
		[{ conversationId: '' }, 'Map the ID of the conversation'],
		[{ limit: 0 }, "Change it, or switch 'Return All' on; the default is 50"],
		[
			{ options: { sinceMessageId: 'm-undefined' } },
			'Map the ID of a message of this conversation',
		],
	])('has a remedy for %j', (fields, remedy) => {
		expect(inputErrorOf(() => prepare(fields)).remedy).toBe(remedy);
	});

	it.each([
		['simplify', 'Simplify'],
		['returnAll', 'Return All'],
		['limit', 'Limit'],
	])('names the field whose expression cannot be evaluated: %s', (name, field) => {
		const broken = () => {
			throw new Error('no such node');
		};
		const source = parametersOf({ conversationId: 'c-1', [name]: broken });
		const error = inputErrorOf(() => getMessages.prepare(new ItemReader(source, 0)));
		expect(error.message).toBe(`'${field}' cannot be read: no such node`);
	});

	it('has the words for an unknown conversation', () => {
		const failure = apiFailure({ reason: 'notFound', call: 'read' });
		expect(getMessages.explain?.(failure)?.message).toContain('conversation does not exist');
	});
});
