import { oneOf, TEXT } from '../../support/checks';
import type { Check } from '../../support/checks';
import { Collection } from './collection';
import type {
	Deployment,
	ExternalContact,
	Integration,
	Library,
	Queue,
	SmsNumber,
	Template,
} from './records';
import { SEEDS } from './seeds';

const STATUS = oneOf('Active', 'Inactive');
const ANY_TEXT: Check = [(value) => typeof value === 'string', 'a text'];
const E164: Check = [
	(value) => typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value),
	'a number such as +12025550143',
];
const SMS_NUMBER: Check = [
	(value) =>
		typeof value === 'string' && /^(?:\+?\d{3,15}|(?=.*[A-Za-z])[\w &+.-]{1,11})$/.test(value),
	'a number such as +12025550143, a short code, or a name such as SHOP',
];

/** What the simulated organisation has: senders, templates, queues and its customers' records. */
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
	/** Queues. */
	readonly queues = new Collection<Queue>({ name: TEXT }, {}, ['name']);

	/** Makes the directory with its seed data. */
	constructor() {
		this.#seed();
	}

	/** Goes back to the seed data. */
	reset(): void {
		this.deployments.clear();
		this.integrations.clear();
		this.smsNumbers.clear();
		this.libraries.clear();
		this.templates.clear();
		this.externalContacts.clear();
		this.queues.clear();
		this.#seed();
	}

	#seed(): void {
		for (const record of SEEDS.deployments) this.deployments.add(record);
		for (const record of SEEDS.integrations) this.integrations.add(record);
		for (const record of SEEDS.smsNumbers) this.smsNumbers.add(record);
		for (const record of SEEDS.libraries) this.libraries.add(record);
		for (const record of SEEDS.templates) this.templates.add(record);
		for (const record of SEEDS.externalContacts) this.externalContacts.add(record);
		for (const record of SEEDS.queues) this.queues.add(record);
	}
}
