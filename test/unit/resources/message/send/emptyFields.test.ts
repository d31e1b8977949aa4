import { send } from '../../../../../nodes/GenesysCloud/resources/message/send';
import { inputErrorOf } from '../../../support/inputErrors';
import { readerOf } from '../../../support/reader';

describe('a field of Message > Send that is empty', () => {
	const FIELDS = { channel: 'sms', fromAddress: '12345', toAddress: '+13175555555', message: 'Hi' };
	const TEMPLATE = { channel: 'whatsapp', fromAddress: 'i-1', templateId: '' };
	const SESSION = "Map the ID of the customer's conversation, or switch 'Check Session First' off";
	const check = (conversationId?: unknown) => ({
		options: { checkSessionFirst: true, conversationId },
	});

	it.each([
		[
			{ fromAddress: '' },
			"'From (Phone Number)' is empty",
			'Choose what sends the message: the deployment, phone number or integration',
		],
		[{ toAddress: '' }, "'To' is empty", 'Map the address of the customer on SMS'],
		[{ message: '' }, "'Message' is empty", 'Enter the text that the customer is to get'],
		[TEMPLATE, "'Template' is empty", 'Choose an approved message template'],
		[check(), "'Conversation ID' is empty, and 'Check Session First' needs it", SESSION],
		[check(' '), "'Conversation ID' is empty, and 'Check Session First' needs it", SESSION],
		[
			check('c-undefined'),
			"'Conversation ID' holds 'undefined', as an expression in it gives nothing",
			SESSION,
		],
	])('has its remedy: %j', (fields, message, remedy) => {
		const error = inputErrorOf(() => send.prepare(readerOf({ ...FIELDS, ...fields })));
		expect([error.message, error.remedy]).toEqual([message, remedy]);
	});

	it('is told by its recipient before the message is read', () => {
		expect(send.recipient(readerOf({ ...FIELDS, message: '' }))).toBe('+13175555555');
		const ofContact = readerOf({ externalContactId: 'contact-1' });
		expect(send.recipient(ofContact)).toBe('contact-1');
	});
});
