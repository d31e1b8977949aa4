import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { beds } from '../support/bed';
import { browsers } from '../support/browsers';
import { Customers } from '../support/customers';
import { example } from '../support/examples';
import { listening } from '../support/listening';

const openBed = beds();
const openPage = browsers();
const [ADA] = DEMO_CUSTOMERS;

describe('the example "Capture Messenger customers"', () => {
	it('keeps the newest session of each customer, and the campaign reaches it', async () => {
		const bed = await openBed();
		const customers = await Customers.none(bed.n8n);
		const capture = await bed.n8n.saveWorkflow(example('capture-messenger.json', bed.credential));
		const campaign = await bed.n8n.saveWorkflow(example('campaign.json', bed.credential));
		await bed.n8n.activate(capture);
		await listening(bed);
		const { contactId, externalContactId } = ADA;
		bed.simulator.contacts.open({ contactId, externalContactId });
		const page = await openPage(`${bed.simulator.url}/widget?contactId=${contactId}`);

		// A visitor who did not sign in …
		await page.getByPlaceholder('Write as the customer').fill('Do you have it in blue?');
		await page.getByRole('button', { name: 'Send', exact: true }).click();
		await customers.when('the nameless row', ([row]) => row?.customer === externalContactId);
		// … and then does.
		await page.getByText('New conversation with custom attributes').click();
		await page.getByLabel('Attributes (JSON)').fill('{ "customerKey": "shop-1" }');
		await page.getByRole('button', { name: 'Start conversation' }).click();
		const rows = await customers.when('the named row alone', (all) => {
			return all.length === 1 && all[0]?.customer === 'shop-1';
		});
		await bed.n8n.deactivate(capture);
		const sent = await bed.n8n.ended(await bed.n8n.start(campaign, 'Every day at 9:00'));

		const newest = bed.simulator.conversations.all().at(-1);
		expect(rows).toEqual([
			expect.objectContaining({ externalContactId, conversationId: newest?.id }),
		]);
		expect(sent.status).toBe('success');
		await page.getByText('Hello! We noticed').waitFor();
		expect(bed.reached()).toEqual([contactId]);
	});

	it('does not let an event that comes late replace a newer one', async () => {
		const bed = await openBed();
		const later = new Date(Date.now() + 3_600_000).toISOString();
		const key = { customer: 'shop-1', externalContactId: 'newer', lastSeen: later };
		const customers = await Customers.of(bed.n8n, [key]);
		const capture = await bed.n8n.saveWorkflow(example('capture-messenger.json', bed.credential));
		await bed.n8n.activate(capture);
		await listening(bed);

		bed.simulator.people.start({ attributes: { customerKey: 'shop-1' } });
		const [execution] = await bed.n8n.whenEnded(capture, 1);
		await bed.n8n.deactivate(capture);

		expect(execution?.status).toBe('success');
		expect(execution?.ran('Remember customer')).toBe(false);
		expect(await customers.rows()).toEqual([expect.objectContaining(key)]);
	});

	it('takes the row that has the contact already for a visitor who did not sign in', async () => {
		const bed = await openBed();
		const { contactId, externalContactId } = ADA;
		bed.simulator.contacts.open({ contactId, externalContactId });
		const ada = { customer: 'shop-1', firstName: 'Ada', externalContactId };
		const customers = await Customers.of(bed.n8n, [ada]);
		const capture = await bed.n8n.saveWorkflow(example('capture-messenger.json', bed.credential));
		await bed.n8n.activate(capture);
		await listening(bed);

		const { id } = bed.simulator.people.start({ contactId, text: 'Hello?' });
		const rows = await customers.when('the conversation', ([row]) => row?.conversationId === id);
		await bed.n8n.deactivate(capture);

		expect(rows).toEqual([expect.objectContaining(ada)]);
	});
});
