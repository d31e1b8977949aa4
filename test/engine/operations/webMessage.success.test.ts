import { beds } from '../support/bed';
import { anyText, contactsOf, hintOf, jsonOf, sourceOf } from '../support/outcomes';
import { contactIds, customers, SEND } from '../support/workflows';

const openBed = beds();

describe('a message that is sent', () => {
	it('gives exactly the simplified fields, with the ID and time of the API', async () => {
		const bed = await openBed();
		const result = await bed.run(customers('c1'));
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		const [entry] = bed.simulator.journal.all();
		expect(entry).toMatchObject({ contactId: 'c1', type: 'bot', message: 'Hello c1!' });
		expect(jsonOf(result)).toStrictEqual([
			{
				id: entry?.id,
				contactId: 'c1',
				type: 'bot',
				status: 'sent',
				timestamp: entry?.timestamp,
				attempts: 1,
			},
		]);
		expect(hintOf(result)).toBe('Messages: 1 sent.');
	});

	it("gives the API's own answer without Simplify", async () => {
		const bed = await openBed();
		const result = await bed.run(customers('c1'), { simplify: false });
		const [entry] = bed.simulator.journal.all();
		expect(jsonOf(result)).toStrictEqual([
			{
				id: entry?.id,
				contactId: 'c1',
				type: 'bot',
				message: 'Hello c1!',
				status: 'sent',
				timestamp: entry?.timestamp,
			},
		]);
	});

	it('counts the attempts that it took', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 500, times: 2 }] });
		const result = await bed.run(customers('c1'));
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 3 }]);
		expect(bed.reached()).toEqual(['c1']);
	});

	it.each(['bot', 'agent'])('appears as written by the %s', async (senderType) => {
		const bed = await openBed();
		const result = await bed.run(customers('c1'), { senderType });
		expect(bed.simulator.journal.all()).toMatchObject([{ type: senderType }]);
		expect(jsonOf(result)).toMatchObject([{ type: senderType }]);
	});

	it('keeps its blanks and every letter, and drops blanks around the contact ID', async () => {
		const bed = await openBed();
		const text = '  Grüezi 👋\n\n"Ada" \\ <b>₣</b>  ';
		await bed.run([{ json: { contactId: '  c1\n', text } }]);
		expect(bed.simulator.journal.all()).toMatchObject([{ contactId: 'c1', message: text }]);
	});

	it('may have 2,000 characters', async () => {
		const bed = await openBed();
		await bed.run([{ json: { contactId: 'c1', text: 'x'.repeat(2000) } }]);
		expect(bed.simulator.journal.all()).toMatchObject([{ message: 'x'.repeat(2000) }]);
	});
});

describe('several messages', () => {
	it('resolve contact, text and sender for each item', async () => {
		const bed = await openBed();
		const input = [
			{ json: { to: { id: 'c1' }, name: 'Ada', sender: 'agent' } },
			{ json: { to: { id: 'c2' }, name: 'Ben', sender: 'bot' } },
		];
		const result = await bed.run(input, {
			contactId: '={{ $json.to.id }}',
			message: '=Hello {{ $json.name }}, number {{ $itemIndex + 1 }}',
			senderType: '={{ $json.sender }}',
			delivery: { concurrency: 1 },
		});
		expect(bed.simulator.journal.all()).toMatchObject([
			{ contactId: 'c1', type: 'agent', message: 'Hello Ada, number 1' },
			{ contactId: 'c2', type: 'bot', message: 'Hello Ben, number 2' },
		]);
		expect(jsonOf(result)).toMatchObject([{ type: 'agent' }, { type: 'bot' }]);
	});

	it('leave in the order of the input, also when the later ones are faster', async () => {
		const ids = contactIds(8);
		const bed = await openBed({
			faults: ids.map((contactId, index) => ({ kind: 'latency', contactId, ms: 120 - 15 * index })),
		});
		const result = await bed.run(customers(...ids));
		const arrived = bed.simulator.journal.all().map(({ contactId }) => contactId);
		expect(arrived).not.toEqual(ids);
		expect(bed.reached()).toEqual(ids);
		expect(contactsOf(result)).toEqual(ids);
		expect(result.outputOf(SEND).map(sourceOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
		for (const [index, { id }] of jsonOf(result).entries()) {
			expect(bed.simulator.journal.byContact().get(ids[index]!)).toMatchObject([{ id }]);
		}
	});

	it('to the same contact with the same text are all sent', async () => {
		const bed = await openBed();
		const result = await bed.run(customers('c1', 'c1', 'c1'));
		expect(bed.reached()).toEqual(['c1', 'c1', 'c1']);
		expect(new Set(jsonOf(result).map(({ id }) => id)).size).toBe(3);
		expect(hintOf(result)).toBe('Messages: 3 sent.');
	});

	it('keep to the set number in flight, and use it', async () => {
		const bed = await openBed({ faults: [{ kind: 'latency', ms: 30, times: 12 }] });
		await bed.run(customers(...contactIds(12)), { delivery: { concurrency: 4 } });
		expect(bed.simulator.stats.of('POST /api/v2/webchat/messaging').maxInFlight).toBe(4);
		expect(bed.reached()).toHaveLength(12);
	});

	it('do not change the items of the node before', async () => {
		const bed = await openBed();
		const input = customers('c1', 'c2');
		const result = await bed.run(input);
		expect(result.outputOf('Start')).toMatchObject(customers('c1', 'c2'));
		expect(jsonOf(result)).toMatchObject([{ id: anyText }, { id: anyText }]);
	});
});
