import type { IDataObject } from 'n8n-workflow';

import { unknownFields } from '../../contract/sdkTypes';
import { beds } from '../support/bed';
import { BULK, CONVERSATION, reading } from '../support/messages';
import { detailsOf, having, jsonOf, sourceOf, textLike, until } from '../support/outcomes';
import { SEND } from '../support/workflows';

const openBed = beds();

const get = (fields: IDataObject = {}) =>
	reading('conversation', 'getMessages', 'conversationId', fields);

/** A conversation in which a customer and an agent take turns. */
async function openConversation(texts: readonly string[] = []) {
	const bed = await openBed();
	const { people } = bed.simulator;
	const { id } = people.start({ text: 'Where is my order?' });
	const ids: string[] = [];
	for (const [index, text] of texts.entries()) {
		// Messages of one millisecond have no order.
		const before = Date.now();
		await until(() => Date.now() > before);
		const says = index % 2 === 0 ? people.answer(id, text, 'agent') : people.write(id, text);
		ids.push(says.id);
	}
	return { bed, id, ids, input: [{ json: { id } }] };
}

const TALK = ['On its way', 'When will it come?', 'Tomorrow', 'Thanks'];

describe('Conversation > Get Messages', () => {
	it('gives an item for each message, the oldest first, from its own input item', async () => {
		const { bed, id, input } = await openConversation(TALK);
		const result = await bed.run(input, get());
		expect(jsonOf(result).map(({ direction, text }) => [direction, text])).toEqual([
			['inbound', 'Where is my order?'],
			['outbound', 'On its way'],
			['inbound', 'When will it come?'],
			['outbound', 'Tomorrow'],
			['inbound', 'Thanks'],
		]);
		expect(jsonOf(result)[0]).toMatchObject({ conversationId: id, status: 'received' });
		expect(result.outputOf(SEND).map(sourceOf)).toEqual([0, 0, 0, 0, 0]);
		expect([bed.calls(CONVERSATION), bed.calls(BULK)]).toEqual([1, 1]);
	});

	it('gives what the API said without Simplify', async () => {
		const { bed, input } = await openConversation(TALK);
		const [first = {}] = jsonOf(await bed.run(input, get({ simplify: false })));
		expect(unknownFields('MessageData', first)).toEqual([]);
		expect(first).toMatchObject({ normalizedMessage: { text: 'Where is my order?' } });
	});

	it.each([
		[{ limit: 2 }, ['Where is my order?', 'On its way']],
		[
			{ options: { onlyCustomerMessages: true } },
			['Where is my order?', 'When will it come?', 'Thanks'],
		],
		[{ returnAll: true, limit: 1 }, ['Where is my order?', ...TALK]],
		[{ options: { since: '2999-01-01T00:00:00Z' } }, []],
		[{ options: { since: '2020-01-01' } }, ['Where is my order?', ...TALK]],
	])('with %j gives %j', async (fields, texts) => {
		const { bed, input } = await openConversation(TALK);
		const result = await bed.run(input, get(fields));
		expect(jsonOf(result).map(({ text }) => text)).toEqual(texts);
	});

	it('gives what was said after a message', async () => {
		const { bed, id, ids } = await openConversation(TALK);
		const input = [{ json: { id, sent: ids[2] ?? '' } }];
		const options = { sinceMessageId: '={{ $json.sent }}' };
		expect(jsonOf(await bed.run(input, get({ options }))).map(({ text }) => text)).toEqual([
			'Thanks',
		]);
	});

	it('reads a conversation of 2,500 messages in parts of at most 1,000', async () => {
		const { bed, id, input } = await openConversation();
		for (let index = 1; index < 2_500; index++) bed.simulator.people.write(id, `Text ${index}`);
		const texts = jsonOf(await bed.run(input, get({ returnAll: true }))).map(({ text }) => text);
		expect([texts.length, new Set(texts).size, texts.at(-1)]).toEqual([2_500, 2_500, 'Text 2499']);
		expect(bed.calls(BULK)).toBe(3);
	});

	it('reads again what a short trouble has kept back', async () => {
		const { bed, input } = await openConversation(TALK);
		bed.simulator.faults.add({ kind: 'status', status: 502, endpoint: 'read' });
		expect(jsonOf(await bed.run(input, get()))).toHaveLength(5);
	});

	it('says what cannot be read, item by item', async () => {
		const { bed, id } = await openConversation(TALK);
		const input = [{ json: { id: 'no-such' } }, { json: { id } }];
		const onError = 'continueErrorOutput';
		const result = await bed.run(input, get({ limit: 1 }), { onError });
		expect(jsonOf(result)).toEqual([having({ text: 'Where is my order?' })]);
		expect(jsonOf(result, 1)).toEqual([
			having({ id: 'no-such', error: textLike(/conversation does not exist/) }),
		]);
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'notFound', delivered: 'no' })]);
	});

	it('names the message to begin after when it is not one of the conversation', async () => {
		const { bed, input } = await openConversation(TALK);
		const options = { sinceMessageId: 'another' };
		const onError = 'continueRegularOutput';
		const result = await bed.run(input, get({ options }), { onError });
		expect(jsonOf(result)).toEqual([
			having({ error: textLike(/'Since Message ID' is not a message of this conversation/) }),
		]);
	});
});
