import type { IDataObject } from 'n8n-workflow';

import { beds } from '../support/bed';
import { located, messageBy, reading } from '../support/messages';
import { contactsOf, detailsOf, having, itemOf, jsonOf, sourceOf } from '../support/outcomes';
import { customers, SEND } from '../support/workflows';

const openBed = beds();

const bad: [string, IDataObject, RegExp][] = [
	['an empty contact ID', { contactId: '' }, /'Contact ID' is empty/],
	['a blank contact ID', { contactId: ' \n\t' }, /'Contact ID' is empty/],
	['no contact ID', { contactId: null }, /'Contact ID' is empty/],
	['a switch as contact ID', { contactId: true }, /'Contact ID' is not text but a boolean/],
	['an object as contact ID', { contactId: { id: 'x' } }, /'Contact ID' is not text but an object/],
	['a list as contact ID', { contactId: ['x'] }, /'Contact ID' is not text but a list/],
	['a contact ID that is too long', { contactId: 'x'.repeat(257) }, /'Contact ID' is too long/],
	['an empty message', { text: '' }, /'Message' is empty/],
	['a blank message', { text: '   ' }, /'Message' is empty/],
	['no message', { text: null }, /'Message' is empty/],
	['an object as message', { text: { a: 1 } }, /'Message' is not text but an object/],
	['a list as message', { text: ['Hi'] }, /'Message' is not text but a list/],
	['2,001 characters', { text: 'x'.repeat(2001) }, /'Message' is too long: 2001 .*at most 2000/],
	['an object within the message', { text: 'Hi [object Object]' }, /'Message' holds '\[object/],
	['a contact ID without its number', { contactId: 'c-undefined' }, /'Contact ID' holds 'undef/],
	['an unknown sender', { sender: 'robot' }, /'Sender Type' has a value that is not allowed/],
];

/** Three items of which the second has these fields. */
function threeWith(fields: IDataObject) {
	return customers('c1', 'c2', 'c3').map(({ json }, index) => ({
		json: { sender: 'bot', ...json, ...(index === 1 && fields) },
	}));
}

const parameters = { senderType: '={{ $json.sender }}' };

describe('bad input', () => {
	it.each(bad)('%s: names field and item, before any call', async (_name, fields, text) => {
		const bed = await openBed();
		const result = await bed.run(threeWith(fields), parameters);
		expect(result.status).toBe('error');
		expect(result.error?.name).toBe('NodeOperationError');
		expect(result.error?.message).toMatch(text);
		expect(itemOf(result)).toBe(1);
		expect(result.error?.description).toMatch(/\w{3}/);
		expect(bed.sendCalls).toBe(0);
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it.each(bad)('%s: the other items are sent under Continue', async (_name, fields, text) => {
		const bed = await openBed();
		const settings = { onError: 'continueRegularOutput' } as const;
		const result = await bed.run(threeWith(fields), parameters, settings);
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual(['c1', 'c3']);
		const [first, failed, last] = jsonOf(result);
		expect([first?.contactId, last?.contactId]).toEqual(['c1', 'c3']);
		expect(Object.keys(failed ?? {}).sort()).toEqual(['details', 'error']);
		expect(failed?.error).toMatch(text);
		expect(detailsOf(result)[1]).toStrictEqual({
			reason: 'invalidInput',
			attempts: 0,
			delivered: 'no',
		});
	});

	it('an expression that fails for one item fails that item alone', async () => {
		const bed = await openBed();
		const message = '={{ $json.contactId === "c2" ? $("Nowhere").first().json.x : "Hi" }}';
		const settings = { onError: 'continueErrorOutput' } as const;
		const result = await bed.run(customers('c1', 'c2', 'c3'), { message }, settings);
		expect(result.error).toBeUndefined();
		expect(contactsOf(result)).toEqual(['c1', 'c3']);
		expect(jsonOf(result, 1)).toMatchObject([
			{ contactId: 'c2', details: { reason: 'invalidInput', attempts: 0 } },
		]);
		expect(result.outputOf(SEND, 1).map(sourceOf)).toEqual([1]);
		expect(bed.reached()).toEqual(['c1', 'c3']);
	});

	it('an expression that fails for one item stops the workflow before any call', async () => {
		const bed = await openBed();
		const message = '={{ $json.contactId === "c2" ? $("Nowhere").first().json.x : "Hi" }}';
		const result = await bed.run(customers('c1', 'c2', 'c3'), { message });
		expect(itemOf(result)).toBe(1);
		expect(bed.sendCalls).toBe(0);
	});

	const NOWHERE = '={{ $("Nowhere").first().json.x }}';
	const inTemplate = {
		templateParametersInput: 'template',
		templateValues: { mappingMode: 'defineBelow', value: { 'body.1': NOWHERE } },
	};
	it.each<[string, IDataObject]>([
		['Message', { message: NOWHERE }],
		['Contact ID', { contactId: '={{ $json. }}' }],
		['To', messageBy('sms', { toAddress: NOWHERE })],
		['From (Phone Number)', messageBy('sms', { fromAddress: located(NOWHERE) })],
		[
			'External Contact',
			messageBy('webmessaging', { externalContactId: located(NOWHERE, 'phone') }),
		],
		['Template Values', messageBy('whatsapp', inTemplate)],
		['Include Input Fields', { options: { includeInputFields: NOWHERE } }],
		['Options', messageBy('sms', { options: { conversationId: NOWHERE } })],
		['Simplify', { simplify: NOWHERE }],
		['Max Attempts', { delivery: { maxAttempts: NOWHERE } }],
		['Send Once Key', { delivery: { sendOnceKey: NOWHERE } }],
		['Send Window', { delivery: { sendWindow: { window: { from: NOWHERE, to: '21:00' } } } }],
		['Limit', reading('conversation', 'getMessages', 'conversationId', { limit: NOWHERE })],
	])('an expression that fails is told with its field: %s', async (field, fields) => {
		const bed = await openBed({ deduplication: 'memory' });
		const input = [{ json: { to: '+12025550143', text: 'Hi', contactId: 'c1', id: 'x' } }];
		const result = await bed.run(input, fields);
		const said = field === 'Contact ID' ? 'invalid syntax' : "Referenced node doesn't exist";
		expect(result.error?.message).toBe(`'${field}' cannot be read: ${said}`);
		expect(itemOf(result)).toBe(0);
		expect(result.error?.description).toContain('Check the expression of this field');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it('a field left empty in the node stops the workflow before the node runs', async () => {
		const bed = await openBed();
		const result = await bed.run(customers('c1'), { contactId: '' });
		expect(result.error?.message).toContain('issues');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});
});

describe('a number where text is meant', () => {
	it.each<[string, IDataObject, string, string]>([
		['as contact ID', { contactId: 42 }, '42', 'Hello c2!'],
		['as message', { text: 7 }, 'c2', '7'],
	])('%s is sent as its digits', async (_name, fields, contactId, message) => {
		const bed = await openBed();
		const result = await bed.run(threeWith(fields), parameters);
		expect(result.error).toBeUndefined();
		expect(bed.simulator.journal.all()).toContainEqual(having({ contactId, message }));
	});

	it('is refused when it is too long to be exact', async () => {
		const bed = await openBed();
		const result = await bed.run(threeWith({ contactId: 2 ** 60 }), parameters);
		expect(result.error?.message).toBe("'Contact ID' is a number that is too long to be exact");
		expect(bed.sendCalls).toBe(0);
	});

	it('is refused when its expression gives none', async () => {
		const bed = await openBed();
		const item = [{ json: { phone: 'none' } }];
		const result = await bed.run(
			item,
			messageBy('sms', { toAddress: '={{ Number($json.phone) }}', message: 'Hi' }),
		);
		expect(result.error?.message).toBe("'To' is NaN: its expression gives no number");
		expect(bed.sendCalls).toBe(0);
	});

	it('is refused with words behind it', async () => {
		const bed = await openBed();
		const item = [{ json: { phone: '+49 170 1234567 (mobil)' } }];
		const result = await bed.run(
			item,
			messageBy('sms', { toAddress: '={{ $json.phone }}', message: 'Hi' }),
		);
		expect(result.error?.message).toBe("'To' is not a phone number in international format");
		expect(bed.sendCalls).toBe(0);
	});
});
