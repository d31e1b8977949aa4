import { CHANNEL_RULES } from '../../../../../nodes/GenesysCloud/resources/message/send/channels';
import {
	readRecipient,
	recipientText,
} from '../../../../../nodes/GenesysCloud/resources/message/send/recipient';
import { inputErrorOf } from '../../../support/inputErrors';
import { located, readerOf } from '../../../support/reader';

const read = (externalContactId: unknown) =>
	readRecipient(readerOf({ externalContactId }), CHANNEL_RULES.webmessaging);

describe('the external contact', () => {
	it.each([
		[located('list', 'contact-1')],
		[located('id', ' contact-1 ')],
		['contact-1'],
		['\u202acontact-1\u202c\ufeff'],
	])('is taken by its ID: %j', (value) => {
		expect(read(value)).toEqual({ externalContactId: 'contact-1' });
	});

	it('may be a number, as a sheet gives it', () => {
		expect(read(located('id', 4711))).toEqual({ externalContactId: '4711' });
	});

	it.each([
		['phone', '+1 (317) 555-5555', 'Phone', '+13175555555'],
		['email', ' ada@example.com', 'Email', 'ada@example.com'],
	])('is looked up by %s', (mode, value, type, identifier) => {
		expect(read(located(mode, value))).toEqual({
			identifier,
			lookUp: {
				method: 'POST',
				path: '/api/v2/externalcontacts/identifierlookup/contacts',
				body: { type, value: identifier },
				reads: true,
			},
		});
	});

	it.each([
		[located('list', ''), "'External Contact' is empty"],
		[undefined, "'External Contact' is empty"],
		[located('id', '\u200b\u2060'), "'External Contact' is empty"],
		[{ id: 'x' }, "'External Contact' is not text but an object"],
		[located('phone', '317'), "'External Contact' is not a phone number"],
		[located('email', 'ada'), "'External Contact' is not an e-mail address"],
		[
			located('id', 'ada@example.com'),
			"'External Contact' is an e-mail address where an ID is meant",
		],
		...[
			located('id', '+1 (317) 555-5555'),
			'+13175555555',
			'tel:+13175555555',
			'(+49) 170 1234567',
		].map((value) => [value, "'External Contact' is a phone number where an ID is meant"]),
		['ada@example.com', "'External Contact' is an e-mail address where an ID is meant"],
	] as [unknown, string][])('is refused before any call: %j', (value, message) => {
		expect(inputErrorOf(() => read(value)).message).toContain(message);
	});
});

it.each([
	['+13175555555', 'By Phone Number'],
	['ada@example.com', 'By E-Mail'],
])('the remedy for %s in the place of an ID is %s', (value, choice) => {
	expect(inputErrorOf(() => read(value)).remedy).toContain(`'${choice}'`);
});

it('the remedy for a field without a value says what to map', () => {
	const { sms, open, webmessaging } = CHANNEL_RULES;
	const remedyFor = (rules: typeof sms) =>
		inputErrorOf(() => readRecipient(readerOf({}), rules)).remedy;
	expect([sms, open, webmessaging].map(remedyFor)).toEqual([
		'Map the address of the customer on SMS',
		'Map the address of the customer on Open Messaging',
		"Map the customer's external contact ID, phone number or e-mail address",
	]);
});

describe('whom a message is for, as the item has it', () => {
	const READ = readerOf({ toAddress: ' +1 317 ', externalContactId: located('phone', ' +49 ') });

	it.each([
		['webmessaging', '+49'],
		['sms', '+1 317'],
		['open', '+1 317'],
	] as const)('is on %s: %s', (channel, expected) => {
		expect(recipientText(READ, CHANNEL_RULES[channel])).toBe(expected);
	});
});

it('an address of open messaging has no blanks around it', () => {
	expect(CHANNEL_RULES.open.toAddress('To', ' customer 4711\n')).toBe('customer 4711');
});

describe('the address', () => {
	it.each([
		['sms', '+1 317 555 5555', '+13175555555'],
		['apple', '+13175555555', '+13175555555'],
		['whatsapp', 13175555555, '13175555555'],
		['open', ' customer-4711 ', 'customer-4711'],
	] as const)('is brought into the form of %s', (channel, toAddress, expected) => {
		expect(readRecipient(readerOf({ toAddress }), CHANNEL_RULES[channel])).toEqual({
			toAddress: expected,
		});
	});
});
