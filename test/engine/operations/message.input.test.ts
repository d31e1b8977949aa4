import type { IDataObject } from 'n8n-workflow';

import type { Channel } from '../../../dev/simulator';
import { beds } from '../support/bed';
import { AGENTLESS, located, messageBy, reading, recipients } from '../support/messages';
import { detailsOf, having, itemOf, jsonOf, textLike } from '../support/outcomes';

const openBed = beds();
const onError = 'continueRegularOutput';
const number = '+13175555555';

describe('an address', () => {
	it.each<[Channel, string | number, string]>([
		['sms', '+1 (317) 555-5555', number],
		['sms', ' +1.317.555.5555\n', number],
		['sms', '+1\u00a0317\u2011555\u20115555', number],
		['apple', '+1 317 555 5555', number],
		['whatsapp', '+1 317-555-5555', '13175555555'],
		['whatsapp', '1 (317) 555 5555', '13175555555'],
		['whatsapp', 13_175_555_555, '13175555555'],
		['open', '  customer-4711 ', 'customer-4711'],
		['open', '+1 (317) 555', '+1 (317) 555'],
		[
			'webmessaging',
			' 9b7d1e20-6c3f-4d58-8e02-1b4cf2000001 ',
			'9b7d1e20-6c3f-4d58-8e02-1b4cf2000001',
		],
	])('of %s is normalised: %j', async (channel, to, expected) => {
		const bed = await openBed();
		const input = [{ json: { to, text: 'Hi' } }];
		const result = await bed.run(input, messageBy(channel));
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual([expected]);
		const field = channel === 'webmessaging' ? 'externalContactId' : 'toAddress';
		expect(jsonOf(result)).toMatchObject([{ [field]: expected }]);
	});

	it.each<[Channel, unknown, RegExp]>([
		['sms', '317 555 5555', /'To' is not a phone number in international format.*country code/s],
		['sms', '0013175555555', /'To' is not a phone number/],
		['sms', '+1 317 CALL NOW', /'To' is not a phone number/],
		['sms', '+0317555555', /'To' is not a phone number/],
		['sms', '+1234567890123456', /'To' is not a phone number/],
		['sms', '12345', /'To' is not a phone number/],
		['sms', 13_175_555_555, /'To' is not a phone number in international format/],
		['sms', '+49/30/1234567', /'To' holds a slash/],
		['apple', '+49 30 123456/57', /'To' holds a slash/],
		['apple', 'ada@example.com', /'To' is not a phone number/],
		['whatsapp', 'ada', /'To' is not a WhatsApp ID/],
		['whatsapp', '++13175555555', /'To' is not a WhatsApp ID/],
		['open', '   ', /'To' is empty/],
		['open', null, /'To' is empty/],
		['open', 'x'.repeat(257), /'To' is too long: 257 characters/],
		[
			'webmessaging',
			'',
			/'External Contact' is empty.*external contact ID, phone number or e-mail address/s,
		],
		['webmessaging', undefined, /'External Contact' is empty/],
		['webmessaging', { id: 'x' }, /'External Contact' is not text but an object/],
	])('of %s is refused before any call: %j', async (channel, to, text) => {
		const bed = await openBed();
		const input = [{ json: { to, text: 'Hi' } as IDataObject }];
		const result = await bed.run(input, messageBy(channel), { onError });
		expect(jsonOf(result)).toStrictEqual([
			{ error: textLike(text), details: having({ reason: 'invalidInput', delivered: 'no' }) },
		]);
		expect(bed.calls(AGENTLESS)).toBe(0);
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it.each([
		['a number', '+44 7700 900100', '+447700900100'],
		['a short code', '12345', '12345'],
		['a name, as some countries have them', ' Shop 24', 'Shop 24'],
	])('that sends SMS may be %s', async (_what, sender, fromAddress) => {
		const bed = await openBed();
		for (const phoneNumber of ['12345', 'Shop 24']) {
			bed.simulator.directory.smsNumbers.add({ phoneNumber, name: 'Another sender' });
		}
		const fields = { fromAddress: located(sender) };
		const result = await bed.run(recipients(number), messageBy('sms', fields));
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', fromAddress }]);
	});

	it.each(['My Little Shop', '0317 555 5555', '123456789'])(
		'that sends SMS may not be %j',
		async (sender) => {
			const bed = await openBed();
			const fields = { fromAddress: located(sender) };
			const result = await bed.run(recipients(number), messageBy('sms', fields), { onError });
			expect(jsonOf(result)).toMatchObject([
				{ error: textLike(/'From \(Phone Number\)' is not an SMS sender/) },
			]);
			expect(bed.calls(AGENTLESS)).toBe(0);
		},
	);

	it('of an unknown channel is refused', async () => {
		const bed = await openBed();
		const fields = { channel: '={{ "fax" }}', fromAddress: 'x', toAddress: 'y' };
		const result = await bed.run(recipients(number), messageBy('sms', fields), { onError });
		expect(jsonOf(result)).toMatchObject([
			{ error: textLike(/'Channel' has a value that is not allowed.*webmessaging, sms/s) },
		]);
		expect(bed.calls(AGENTLESS)).toBe(0);
	});
});

describe('the text', () => {
	const limits: [Channel, number, string][] = [
		['sms', 765, number],
		['webmessaging', 2000, 'contact-1'],
		['open', 2000, 'c1'],
		['apple', 2000, number],
	];

	it.each(limits)('of %s may have %i characters', async (channel, length, to) => {
		const bed = await openBed();
		const text = 'x'.repeat(length);
		const result = await bed.run([{ json: { to, text } }], messageBy(channel));
		expect(jsonOf(result)).toMatchObject([{ status: 'sent' }]);
		expect(bed.simulator.journal.all()).toMatchObject([{ message: text }]);
	});

	it.each(limits)('of %s may not have more than %i', async (channel, length, to) => {
		const bed = await openBed();
		const text = 'x'.repeat(length + 1);
		const result = await bed.run([{ json: { to, text } }], messageBy(channel), { onError });
		const problem = `'Message' is too long: ${length + 1} characters, and at most ${length} are`;
		expect(jsonOf(result)).toMatchObject([{ error: textLike(new RegExp(problem)) }]);
		expect(bed.calls(AGENTLESS)).toBe(0);
	});

	it('that is blank stops the whole run before any call', async () => {
		const bed = await openBed();
		const input = [...recipients(number), { json: { to: number, text: ' ' } }];
		const result = await bed.run(input, messageBy('sms'));
		expect(result.error?.message).toBe("'Message' is empty");
		expect(itemOf(result)).toBe(1);
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});
});

const hostile = [
	'../users/me',
	'..',
	'.',
	'a/b',
	'a?expand=x',
	'a#b',
	'a%2fb',
	'%2e%2e%2fusers',
	'a\\b',
	'a b',
	'a\r\nX-Evil: 1',
	'ä',
	'x'.repeat(129),
];
const check = { checkSessionFirst: true, conversationId: '={{ $json.id }}' };
const uses: [string, IDataObject][] = [
	['Message > Get Delivery Status', reading('message', 'getStatus', 'messageId')],
	['Conversation > Get', reading('conversation', 'get', 'conversationId')],
	['Check Session First', messageBy('sms', { options: check })],
];

describe.each(uses)('an ID that would break out of the path, in %s', (_name, parameters) => {
	it.each(hostile)('is refused before any call: %j', async (id) => {
		const bed = await openBed();
		const input = [{ json: { id, to: number, text: 'Hi' } }];
		const result = await bed.run(input, parameters, { onError });
		expect(detailsOf(result)).toEqual([having({ reason: 'invalidInput', delivered: 'no' })]);
		expect(jsonOf(result)).toMatchObject([{ error: textLike(/' is not an ID/) }]);
		expect(bed.simulator.stats.snapshot().endpoints).toEqual({});
	});
});
