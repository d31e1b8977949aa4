import { oneOf, TEXT } from '../checks';
import type { Check } from '../checks';
import { Collection } from './collection';
import type {
	Deployment,
	ExternalContact,
	Integration,
	Library,
	SmsNumber,
	Template,
} from './records';
import { seedDirectory } from './seeds';

const STATUS = oneOf('Active', 'Inactive');
const ANY_TEXT: Check = [(value) => typeof value === 'string', 'a text'];
const E164: Check = [
	(value) => typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value),
	'a number such as +12025550143',
];
const SMS_NUMBER: Check = [
	(value) => typeof value === 'string' && /^\+?\d{3,15}$/.test(value),
	'a number such as +12025550143, or a short code',
];

/** What the simulated organisation has: senders, templates and the records of its customers. */
export class Directory {
	/** Messenger deployments. */
	readonly deployments = new Collection<Deployment, 'id' | 'description' | 'status'>(
		{ name: TEXT, description: ANY_TEXT, status: STATUS },
		{ description: '', status: 'Active' },
		['name'],
	);
	/** Messaging integrations. */
	readonly integrations = new Collection<Integration, 'id' | 'status'>(
		{
			name: TEXT,
			messengerType: oneOf('whatsapp', 'open', 'apple', 'instagram'),
			status: STATUS,
		},
		{ status: 'Active' },
		['name', 'messengerType'],
	);
	/** SMS numbers. */
	readonly smsNumbers = new Collection<
		SmsNumber,
		'id' | 'name' | 'phoneNumberType' | 'countryCode'
	>(
		{
			name: ANY_TEXT,
			phoneNumber: SMS_NUMBER,
			phoneNumberType: oneOf('local', 'mobile', 'tollfree', 'shortcode'),
			countryCode: TEXT,
		},
		{ name: '', phoneNumberType: 'local', countryCode: 'US' },
		['phoneNumber'],
	);
	/** Libraries of responses. */
	readonly libraries = new Collection<Library>({ name: TEXT }, {}, ['name']);
	/** Responses, most of them messaging templates. */
	readonly templates = new Collection<Template, 'id' | 'language'>(
		{ name: TEXT, libraryId: TEXT, text: TEXT, language: ANY_TEXT },
		{ language: 'en_US' },
		['name', 'libraryId', 'text'],
	);
	/** External contacts. */
	readonly externalContacts = new Collection<ExternalContact, 'id' | 'phone' | 'email'>(
		{ firstName: TEXT, lastName: TEXT, phone: E164, email: TEXT },
		{},
		['firstName', 'lastName'],
	);

	/** Makes the directory with its seed data. */
	constructor() {
		seedDirectory(this);
	}

	/** Goes back to the seed data. */
	reset(): void {
		this.deployments.clear();
		this.integrations.clear();
		this.smsNumbers.clear();
		this.libraries.clear();
		this.templates.clear();
		this.externalContacts.clear();
		seedDirectory(this);
	}
}
