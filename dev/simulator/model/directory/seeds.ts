import { DEMO_CUSTOMERS } from './demoCustomers';

const id = (group: string, number: number): string =>
	`7d2e4c10-${group}-4b6f-8a21-${String(number).padStart(12, '0')}`;

/** What sends and what is sent in the examples, by channel; each exists in every simulator. */
export const SEEDED = {
	/** Messenger deployment "Shop website", to which new web sessions belong. */
	deploymentId: id('1001', 1),
	/** SMS number "Shop notifications". */
	smsNumber: '+12025550100',
	whatsappIntegrationId: id('1002', 1),
	openIntegrationId: id('1002', 2),
	appleIntegrationId: id('1002', 3),
	/** Library of the WhatsApp templates. */
	libraryId: id('1004', 1),
	/** Template "Order shipped": {{1}} first name, {{2}} order number. */
	templateId: id('1005', 1),
	/** Queue "Service", to which new conversations go. */
	queueId: id('1007', 1),
} as const;

const { libraryId } = SEEDED;
const cannedLibraryId = id('1004', 2);

/** A small shop: its senders, templates and queues, and the demo's customers. */
export const SEEDS = {
	deployments: [
		{
			id: SEEDED.deploymentId,
			name: 'Shop website',
			description: 'Messenger on the shop’s pages',
		},
		{ id: id('1001', 2), name: 'Customer portal', description: 'Signed-in customers' },
		{ id: id('1001', 3), name: 'Shop app', description: 'iOS and Android' },
		{ id: id('1001', 4), name: 'Old landing page', status: 'Inactive' },
	],
	integrations: [
		{ id: SEEDED.whatsappIntegrationId, name: 'Shop on WhatsApp', messengerType: 'whatsapp' },
		{ id: SEEDED.openIntegrationId, name: 'Loyalty app', messengerType: 'open' },
		{ id: SEEDED.appleIntegrationId, name: 'Shop on Apple', messengerType: 'apple' },
		{ id: id('1002', 4), name: 'Shop on Instagram', messengerType: 'instagram' },
		{
			id: id('1002', 5),
			name: 'WhatsApp (trial)',
			messengerType: 'whatsapp',
			status: 'Inactive',
		},
	],
	smsNumbers: [
		{ id: id('1003', 1), name: 'Shop notifications', phoneNumber: SEEDED.smsNumber },
		{
			id: id('1003', 2),
			name: 'Shop UK',
			phoneNumber: '+447700900100',
			phoneNumberType: 'mobile',
			countryCode: 'GB',
		},
		{
			id: id('1003', 3),
			name: 'Service line',
			phoneNumber: '+18005550199',
			phoneNumberType: 'tollfree',
		},
	],
	libraries: [
		{ id: libraryId, name: 'WhatsApp templates' },
		{ id: cannedLibraryId, name: 'Service answers' },
	],
	templates: [
		{
			id: SEEDED.templateId,
			name: 'Order shipped',
			libraryId,
			text: 'Hello {{1}}! Your order {{2}} has shipped.',
		},
		{
			id: id('1005', 2),
			name: 'Back in stock',
			libraryId,
			text: 'Hello {{1}}! {{2}} is back in stock.',
		},
		{
			id: id('1005', 3),
			name: 'Commande expédiée',
			libraryId,
			text: 'Bonjour {{1}} ! Votre commande {{2}} est en route.',
			language: 'fr_FR',
		},
		{
			id: id('1005', 4),
			name: 'Opening hours',
			libraryId: cannedLibraryId,
			text: 'We are here from 8 to 18 h.',
			language: '',
		},
	],
	externalContacts: [
		...DEMO_CUSTOMERS.map(({ externalContactId, firstName, lastName, phone, email }) => ({
			id: externalContactId,
			firstName,
			lastName,
			phone,
			email,
		})),
		{
			id: id('1006', 1),
			firstName: 'Farid',
			lastName: 'Haddad',
			email: 'farid.haddad@example.com',
		},
	],
	queues: [
		{ id: SEEDED.queueId, name: 'Service' },
		{ id: id('1007', 2), name: 'Orders' },
		{ id: id('1007', 3), name: 'Service Premium' },
	],
} as const;
