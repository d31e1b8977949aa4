import {
	emailAddress,
	oneSpelling,
	phoneNumber,
	senderId,
	smsSender,
	whatsAppId,
} from '../../../nodes/GenesysCloud/resources/addresses';
import { idInPath } from '../../../nodes/GenesysCloud/resources/parameters';
import { inputErrorOf } from '../support/inputErrors';

const CHECKS = { phoneNumber, whatsAppId, smsSender, emailAddress, idInPath };
type Check = keyof typeof CHECKS;

it.each<[Check, string, string]>([
	['phoneNumber', '+13175555555', '+13175555555'],
	['phoneNumber', ' +1 (317) 555-5555 ', '+13175555555'],
	['phoneNumber', '+49 (0)170 1234567', '+491701234567'],
	['phoneNumber', '+49 ( 0 )170-1234567', '+491701234567'],
	['phoneNumber', '+39 06 1234567', '+39061234567'],
	['phoneNumber', '+225 07 12 34 56 78', '+2250712345678'],
	['phoneNumber', '+229 01 12 34 56 78', '+2290112345678'],
	['phoneNumber', '+226 07 12 34 56', '+22607123456'],
	['phoneNumber', '(+49) (0)170 1234567', '+491701234567'],
	['phoneNumber', '+49 30 0123456', '+49300123456'],
	['phoneNumber', '+61 (8) 1234 5678', '+61812345678'],
	['phoneNumber', '+7 812 345 67 89', '+78123456789'],
	['phoneNumber', '+998 88 123 45 67', '+998881234567'],
	['phoneNumber', '+4915112345678.0', '+4915112345678'],
	['phoneNumber', '+1\u2013317\u00a05555555', '+13175555555'],
	['phoneNumber', '+1 317\u2212555\ufe635555', '+13175555555'],
	['phoneNumber', 'tel:+1-317-555-5555', '+13175555555'],
	['phoneNumber', ' Tel: +1 317 555 5555', '+13175555555'],
	['phoneNumber', "'+13175555555", '+13175555555'],
	['phoneNumber', '+1 317 555 5555; ', '+13175555555'],
	['phoneNumber', '\uff0b\uff11 \uff08317\uff09 555\uff0d5555', '+13175555555'],
	['smsSender', "'12345", '12345'],
	['whatsAppId', "'13175555555", '13175555555'],
	['whatsAppId', '13175555555', '13175555555'],
	['whatsAppId', '+1 317-555-5555', '13175555555'],
	['whatsAppId', '49 (0)170 1234567', '491701234567'],
	['whatsAppId', '4915112345678.0', '4915112345678'],
	['smsSender', '+13175555555', '+13175555555'],
	['smsSender', '12345', '12345'],
	['smsSender', '10000', '10000'],
	['smsSender', '123-45', '12345'],
	['smsSender', '12345.0', '12345'],
	['smsSender', ' +1 (317) 555-5555', '+13175555555'],
	['smsSender', ' My Shop 24 ', 'My Shop 24'],
	['smsSender', 'Shop-24', 'Shop-24'],
	['emailAddress', ' ada@example.com ', 'ada@example.com'],
	['emailAddress', '<ada@example.com>', 'ada@example.com'],
	['emailAddress', 'Ada Lovelace <ada@example.com>;', 'ada@example.com'],
	['emailAddress', '<ada@example.com> ; ', 'ada@example.com'],
	['emailAddress', 'mailto:ada@example.com', 'ada@example.com'],
	['emailAddress', 'ada@example.com ;', 'ada@example.com'],
	['emailAddress', '"ada@example.com",', 'ada@example.com'],
	['emailAddress', "miles.o'brien@example.com", "miles.o'brien@example.com"],
	['emailAddress', 'a.b+c@sub.example.co.uk', 'a.b+c@sub.example.co.uk'],
	['idInPath', ' 3fa85f64-5717-4562-b3fc-2c963f66afa6 ', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
	['idInPath', 'a_B-9', 'a_B-9'],
])('%s takes %j for %s', (check, text, expected) => {
	expect(CHECKS[check]('To', text)).toBe(expected);
});

it.each<[Check, string]>([
	['phoneNumber', '+39 (0)6 1234567'],
	['phoneNumber', '+39(0)6 1234567'],
	['phoneNumber', '(+39) (0)6 1234567'],
	['phoneNumber', '+ 39 (0)6 1234567'],
	['phoneNumber', '(+225) (0)7 12345678'],
	['phoneNumber', '+49 151 12345678.0'],
	['phoneNumber', '+491 (0)51 12345678'],
	['phoneNumber', '+49 (0)170 1234567 (0)'],
	['phoneNumber', '3175555555'],
	['phoneNumber', 'tel:3175555555'],
	['phoneNumber', 'tel:+13175555555;ext=12'],
	['phoneNumber', '+13175555555, +13175555556'],
	['phoneNumber', '+1317555555\u00b2'],
	['phoneNumber', "''+13175555555"],
	['phoneNumber', '0013175555555'],
	['phoneNumber', '+0123456789'],
	['phoneNumber', '+12345'],
	['phoneNumber', '+1234567890123456'],
	['phoneNumber', '+1317abc5555'],
	['phoneNumber', '++13175555555'],
	['whatsAppId', '++13175555555'],
	['whatsAppId', '1317+5555555'],
	['whatsAppId', '0317555555'],
	['whatsAppId', '(0)171 12345678'],
	['whatsAppId', '(0) 532 123 45 67'],
	['whatsAppId', '(39) (0)6 12345678'],
	['whatsAppId', '1.317555E+10'],
	['whatsAppId', '4915112345678.5'],
	['phoneNumber', '+4915112345678.25'],
	['whatsAppId', 'ada'],
	['smsSender', '12'],
	['smsSender', '3175555555'],
	['smsSender', 'A sender name'],
	['smsSender', 'Grüße'],
	['smsSender', '1.31756E+10'],
	['emailAddress', 'ada'],
	['emailAddress', 'ada@example'],
	['emailAddress', '@example.com'],
	['emailAddress', 'a b@example.com'],
	['emailAddress', 'a@b@example.com'],
	['emailAddress', 'ada@example.com,bob@example.com'],
	['emailAddress', 'ada@example.com,bob'],
	['emailAddress', 'Ada <ada@example.com> Bob'],
	['emailAddress', '<ada@example.com>x'],
	['emailAddress', 'bob@example.com <ada@example.com>'],
	['emailAddress', 'xmailto:ada@example.com'],
	['emailAddress', 'x"ada@example.com"'],
	['emailAddress', '"ada"@example.com'],
	['emailAddress', ' ; '],
	['emailAddress', `${'a'.repeat(65)}@example.com`],
	['idInPath', '../../oauth/clients'],
	['idInPath', 'a/b'],
	['idInPath', 'a?b=c'],
	['idInPath', 'a%2Fb'],
	['idInPath', 'ä'],
	['idInPath', 'x'.repeat(129)],
])('%s refuses %j', (check, text) => {
	const error = inputErrorOf(() => CHECKS[check]('To', text));
	expect(error.message).toMatch(/^'To' is not /);
	expect(error.remedy).toMatch(/example|for example|such as/);
});

it('a slash may stand between two numbers', () => {
	const error = inputErrorOf(() => phoneNumber('To', '+49.30/1234567'));
	expect(error.message).toBe("'To' holds a slash, so that it may be two numbers");
});

it.each([
	'+49 0170 1234567',
	'+49 (0170) 1234567',
	'+44 07700 900123',
	'+353 087 123 4567',
	'+33-06-12-34-56-78',
	'+36 (06) 30 123 4567',
	'+58 0412-1234567',
	'+255 0712 345 678',
	'+593 0991234567',
	'+977 0984 1234567',
	'+995 0555 12 34 56',
])('a trunk zero without brackets may belong to somebody else: %s', (text) => {
	for (const check of [phoneNumber, whatsAppId]) {
		const error = inputErrorOf(() => check('To', text));
		expect(error.message).toBe("'To' has a zero after the country code");
		expect(error.remedy).toContain('+491701234567');
	}
});

it.each(['+370 (8) 612 34567', '+7 8 912 345 67 89', '+998 8 90 123 45 67'])(
	'nor is an eight for sure: %s',
	(text) => {
		for (const check of [phoneNumber, whatsAppId, smsSender]) {
			const error = inputErrorOf(() => check('To', text));
			expect(error.message).toBe("'To' has an eight after the country code");
		}
	},
);

it.each([
	['3FA85F64-5717-4562-B3FC-2C963F66AFA6', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
	['Ada@Example.com', 'ada@example.com'],
	['AbC-1', 'AbC-1'],
])('%s in one spelling is %s', (text, expected) => {
	expect(oneSpelling(text)).toBe(expected);
});

it('a sender is told from a recipient', () => {
	const sender = inputErrorOf(() => smsSender('From (Phone Number)', '3175555555'));
	expect(sender.remedy).toMatch(/your organization's senders from the list/);
	expect(inputErrorOf(() => phoneNumber('To', '3175555555')).remedy).not.toMatch(/sender/);
});

it('an e-mail address is looked for in 1,000 characters, and in no more', () => {
	const wrapped = (length: number) => `${'x'.repeat(length - 18)} <ada@example.com>`;
	expect(emailAddress('To', wrapped(1_000))).toBe('ada@example.com');
	const error = inputErrorOf(() => emailAddress('To', wrapped(1_001)));
	expect(error.message).toBe("'To' is not an e-mail address");
});

it('a phone number is no integration and no deployment, as it is with other services', () => {
	for (const number of [' +1 202 555 0100', 'tel:+12025550100', ' +39 (0)6 1234567']) {
		const error = inputErrorOf(() => senderId('From (Integration)', number));
		expect(error.message).toBe("'From (Integration)' is a phone number where an ID is meant");
		expect(error.remedy).toBe(
			'Choose it from the list, or enter the ID that Genesys Cloud shows for it',
		);
	}
	expect(senderId('From', 'shop+1')).toBe('shop+1');
	expect(senderId('From', ' 12345678-0000-4000-8000-000000000001 ')).toMatch(/^\S{36}$/);
});
