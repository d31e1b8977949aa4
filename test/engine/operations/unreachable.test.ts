import type { INodeExecutionData } from 'n8n-workflow';

import { beds, type Bed } from '../support/bed';
import {
	anyText,
	contactsOf,
	having,
	hintOf,
	itemOf,
	jsonOf,
	sourceOf,
	textLike,
} from '../support/outcomes';
import { customers, SEND } from '../support/workflows';

const openBed = beds();
const output = { unreachable: 'output' };

/** Ada has an open session, Ben's has expired, and nobody knows Carla. */
async function bedOfThree(): Promise<Bed> {
	const bed = await openBed({ simulator: { unknownContacts: 'reject' } });
	for (const contactId of ['ada', 'ben', 'dora']) bed.simulator.contacts.open({ contactId });
	bed.simulator.contacts.expire('ben');
	return bed;
}

const input = (): INodeExecutionData[] => customers('ada', 'ben', 'carla', 'dora');

const expiredFacts = {
	reason: 'sessionExpired',
	httpCode: '400',
	delivered: 'no',
	attempts: 1,
};
const expired = having(expiredFacts);
const unknown = having({
	reason: 'contactNotFound',
	httpCode: '404',
	delivered: 'no',
	attempts: 1,
});

describe("If Customer Cannot Be Reached: send the item to the 'Unreachable' output", () => {
	it('passes the input on with the details, and sends to the others', async () => {
		const bed = await bedOfThree();
		const result = await bed.run(input(), output);
		expect(result.error).toBeUndefined();
		expect(contactsOf(result)).toEqual(['ada', 'dora']);
		expect(jsonOf(result, 1)).toStrictEqual([
			{
				contactId: 'ben',
				text: 'Hello ben!',
				details: having({
					...expiredFacts,
					message: textLike(/invalid or its session has expired/),
				}),
			},
			{ contactId: 'carla', text: 'Hello carla!', details: unknown },
		]);
		expect(result.outputOf(SEND).map(sourceOf)).toEqual([0, 3]);
		expect(result.outputOf(SEND, 1).map(sourceOf)).toEqual([1, 2]);
		expect(hintOf(result)).toBe('Messages: 2 sent, 2 unreachable.');
		expect(bed.reached()).toEqual(['ada', 'dora']);
		expect(bed.sendCalls).toBe(4);
	});

	it('keeps the files of the item', async () => {
		const bed = await bedOfThree();
		const binary = { invoice: { data: 'cGRm', mimeType: 'application/pdf' } };
		const [item] = customers('ben');
		const result = await bed.run([{ ...item!, binary }], output);
		expect(result.outputOf(SEND, 1)).toMatchObject([{ binary, json: { contactId: 'ben' } }]);
	});

	it('has the error output as a third one for other failures', async () => {
		const bed = await bedOfThree();
		bed.simulator.faults.add({ kind: 'status', status: 409, contactId: 'dora' });
		const result = await bed.run(input(), output, { onError: 'continueErrorOutput' });
		expect(result.error).toBeUndefined();
		expect(contactsOf(result)).toEqual(['ada']);
		expect(contactsOf(result, 1)).toEqual(['ben', 'carla']);
		expect(jsonOf(result, 2)).toStrictEqual([
			{
				contactId: 'dora',
				text: 'Hello dora!',
				error: anyText,
				details: having({ reason: 'conflict' }),
			},
		]);
		expect(hintOf(result)).toBe('Messages: 1 sent, 2 unreachable, 1 failed.');
	});

	it('stops the workflow for another failure', async () => {
		const bed = await bedOfThree();
		bed.simulator.faults.add({ kind: 'status', status: 409, contactId: 'carla' });
		const result = await bed.run(input(), { ...output, delivery: { concurrency: 1 } });
		expect(result.status).toBe('error');
		expect(itemOf(result)).toBe(2);
		expect(bed.reached()).toEqual(['ada']);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const)(
		'is where unreachable customers leave, whatever fields their items have (%s)',
		async (onError) => {
			const bed = await bedOfThree();
			const items = [
				{ json: { error: 'an earlier step said so' } },
				{ json: { error: 'x', message: 'Hi', details: { own: 1 } } },
				{ json: { error: { deep: true }, contactId: 'ben' } },
			];
			const parameters = { ...output, contactId: 'ben', message: 'Hello!' };
			const result = await bed.run(items, parameters, { onError });
			expect(result.error).toBeUndefined();
			expect(result.outputOf(SEND, 1).map(sourceOf)).toEqual([0, 1, 2]);
			expect(jsonOf(result, 1)).toMatchObject(items.map(({ json: { error } }) => ({ error })));
			expect(jsonOf(result, 1)).toEqual([
				having({ details: expired }),
				having({ details: { own: 1 }, genesysCloudDetails: expired }),
				having({ details: expired }),
			]);
			expect(result.outputOf(SEND)).toEqual([]);
			expect(result.outputOf(SEND, 2)).toEqual([]);
		},
	);

	it('takes the place of a retry by n8n: nothing failed', async () => {
		const bed = await bedOfThree();
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await bed.run(customers('ben', 'ada'), output, settings);
		expect(result.error).toBeUndefined();
		expect(bed.sendCalls).toBe(2);
	});
});

describe('If Customer Cannot Be Reached: fail the item', () => {
	it('fails the workflow with the text of the tutorial', async () => {
		const bed = await bedOfThree();
		const result = await bed.run(customers('carla'));
		expect(result.error?.message).toBe("The 'Contact ID' does not exist in Genesys Cloud");
		expect(itemOf(result)).toBe(0);
		expect(result.error?.description).toContain('without this web messaging endpoint');
	});

	it('treats it as a failed item under Continue', async () => {
		const bed = await bedOfThree();
		const result = await bed.run(input(), {}, { onError: 'continueErrorOutput' });
		expect(contactsOf(result)).toEqual(['ada', 'dora']);
		expect(jsonOf(result, 1)).toEqual([
			having({ contactId: 'ben', error: textLike(/expired/), details: expired }),
			having({ contactId: 'carla', error: textLike(/does not exist/), details: unknown }),
		]);
		expect(hintOf(result)).toBe('Messages: 2 sent, 2 failed.');
	});
});

describe('a refusal that is not about the customer', () => {
	const others = [
		['a 404 of a gateway', { status: 404, body: 'html' }, 'notFound'],
		['a 404 without a body', { status: 404, body: 'empty' }, 'notFound'],
		['a 400 of another kind', { status: 400 }, 'badRequest'],
		['a 400 of a gateway', { status: 400, body: 'html' }, 'badRequest'],
	] as const;

	it.each(others)('does not leave by the output: %s', async (_name, answer, reason) => {
		const bed = await openBed({ faults: [{ kind: 'status', ...answer }] });
		const result = await bed.run(customers('ada'), output, { onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1)).toEqual([]);
		expect(jsonOf(result, 2)).toMatchObject([{ contactId: 'ada', details: { reason } }]);
		expect(bed.sendCalls).toBe(1);
	});

	it.each([
		'Contact ID is invalid or session has expired',
		'The session has expired.',
		'Session expired',
		'Invalid contact',
		'contactId is not valid',
	])('unless the API speaks of the session: %s', async (message) => {
		const body = { message, code: 'bad.request', status: 400 };
		const bed = await openBed({ faults: [{ kind: 'status', status: 400, body }] });
		const result = await bed.run(customers('ada'), output);
		expect(jsonOf(result, 1)).toMatchObject([
			{ contactId: 'ada', details: { reason: 'sessionExpired', apiMessage: message } },
		]);
	});
});
