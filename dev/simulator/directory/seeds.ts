import { DEMO_CUSTOMERS } from '../demoCustomers';
import type { Directory } from './directory';

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
} as const;

function seedSenders({ deployments, integrations, smsNumbers }: Directory): void {
	const site = 'Messenger on the shop’s pages';
	deployments.add({ id: SEEDED.deploymentId, name: 'Shop website', description: site });
	deployments.add({
		id: id('1001', 2),
		name: 'Customer portal',
		description: 'Signed-in customers',
	});
	deployments.add({ id: id('1001', 3), name: 'Shop app', description: 'iOS and Android' });
	deployments.add({ id: id('1001', 4), name: 'Old landing page', status: 'Inactive' });
	integrations.add({
		id: SEEDED.whatsappIntegrationId,
		name: 'Shop on WhatsApp',
		messengerType: 'whatsapp',
	});
	integrations.add({ id: SEEDED.openIntegrationId, name: 'Loyalty app', messengerType: 'open' });
	integrations.add({
		id: SEEDED.appleIntegrationId,
		name: 'Shop on Apple',
		messengerType: 'apple',
	});
	integrations.add({ id: id('1002', 4), name: 'Shop on Instagram', messengerType: 'instagram' });
	integrations.add({
		id: id('1002', 5),
		name: 'WhatsApp (trial)',
		messengerType: 'whatsapp',
		status: 'Inactive',
	});
	smsNumbers.add({ id: id('1003', 1), name: 'Shop notifications', phoneNumber: SEEDED.smsNumber });
	smsNumbers.add({
		id: id('1003', 2),
		name: 'Shop UK',
		phoneNumber: '+447700900100',
		phoneNumberType: 'mobile',
		countryCode: 'GB',
	});
	smsNumbers.add({
		id: id('1003', 3),
		name: 'Service line',
		phoneNumber: '+18005550199',
		phoneNumberType: 'tollfree',
	});
}

function seedTemplates({ libraries, templates }: Directory): void {
	const libraryId = libraries.add({ id: SEEDED.libraryId, name: 'WhatsApp templates' }).id;
	const canned = libraries.add({ id: id('1004', 2), name: 'Service answers' }).id;
	templates.add({
		id: SEEDED.templateId,
		name: 'Order shipped',
		libraryId,
		text: 'Hello {{1}}! Your order {{2}} has shipped.',
	});
	templates.add({
		id: id('1005', 2),
		name: 'Back in stock',
		libraryId,
		text: 'Hello {{1}}! {{2}} is back in stock.',
	});
	templates.add({
		id: id('1005', 3),
		name: 'Commande expédiée',
		libraryId,
		text: 'Bonjour {{1}} ! Votre commande {{2}} est en route.',
		language: 'fr_FR',
	});
	templates.add({
		id: id('1005', 4),
		name: 'Opening hours',
		libraryId: canned,
		text: 'We are here from 8 to 18 h.',
		language: '',
	});
}

/** Fills a directory: the senders of a small shop, its templates, and the demo's customers. */
export function seedDirectory(directory: Directory): void {
	seedSenders(directory);
	seedTemplates(directory);
	for (const { externalContactId, firstName, lastName, phone, email } of DEMO_CUSTOMERS) {
		directory.externalContacts.add({ id: externalContactId, firstName, lastName, phone, email });
	}
	const agency = { firstName: 'Farid', lastName: 'Haddad', email: 'farid.haddad@example.com' };
	directory.externalContacts.add({ id: id('1006', 1), ...agency });
}
