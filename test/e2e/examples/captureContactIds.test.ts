import { beds } from '../support/bed';
import { browsers } from '../support/browsers';
import { Customers } from '../support/customers';
import { example } from '../support/examples';
import { currentSuite } from '../support/suite';

const openBed = beds();
const openPage = browsers();
const PATH = 'genesys-contact';

describe('the example "Capture contact IDs"', () => {
	it('keeps one row for each customer, whatever browser they come with', async () => {
		const bed = await openBed();
		const customers = await Customers.none(bed.n8n);
		const workflowId = await bed.n8n.saveWorkflow(
			example('capture-contact-ids.json', bed.credential),
		);
		await bed.n8n.activate(workflowId);
		const event = async (fields: object) => {
			const { status } = await bed.n8n.callWebhook(PATH, fields);
			expect(status).toBe(204);
		};

		await event({ contactId: 'contact-1' });
		await customers.when('the nameless row', ([row]) => row?.customer === 'contact-1');
		await event({ message: 'an event without a contact ID' });
		await event({ contactId: 'contact-1', customerId: 'shop-1', firstName: 'Ada' });
		await customers.when('the named row alone', (rows) => rows.length === 1 && isAda(rows[0]));
		await event({ contactId: 'contact-2' });
		await customers.when('the second row', (rows) => rows.length === 2);
		await event({ contactId: 'contact-3', customerId: 'shop-1', firstName: 'Ada' });
		const rows = await customers.when(
			'Ada’s new contact ID',
			([row]) => row?.contactId !== 'contact-1',
		);
		await bed.n8n.deactivate(workflowId);

		expect(rows).toEqual([
			expect.objectContaining({ customer: 'shop-1', contactId: 'contact-3', firstName: 'Ada' }),
			expect.objectContaining({ customer: 'contact-2', contactId: 'contact-2' }),
		]);
	});

	it('takes the row that has the contact ID already for a visitor who did not sign in', async () => {
		const bed = await openBed();
		const ada = { customer: 'shop-1', firstName: 'Ada', contactId: 'contact-1' };
		const customers = await Customers.of(bed.n8n, [{ ...ada, lastSeen: '2026-01-01T00:00:00Z' }]);
		const capture = await bed.n8n.saveWorkflow(example('capture-contact-ids.json', bed.credential));
		await bed.n8n.activate(capture);

		await bed.n8n.callWebhook(PATH, { contactId: 'contact-1' });
		const rows = await customers.when('the visit', ([row]) => {
			return !String(row?.lastSeen).startsWith('2026-01-01');
		});
		await bed.n8n.deactivate(capture);

		expect(rows).toEqual([expect.objectContaining(ada)]);
	});

	it('is called by the widget’s page itself; the campaign then reaches that browser', async () => {
		const bed = await openBed();
		const customers = await Customers.none(bed.n8n);
		const capture = await bed.n8n.saveWorkflow(example('capture-contact-ids.json', bed.credential));
		const campaign = await bed.n8n.saveWorkflow(example('campaign.json', bed.credential));
		await bed.n8n.activate(capture);
		const captureUrl = `${currentSuite().url}/webhook/${PATH}`;
		await bed.n8n.callWebhook(PATH, {});

		const page = await openPage(
			`${bed.simulator.url}/widget?captureUrl=${encodeURIComponent(captureUrl)}`,
		);
		const [row] = await customers.when('the browser’s row', (rows) => rows.length === 1);
		await bed.n8n.deactivate(capture);
		const sent = await bed.n8n.ended(await bed.n8n.start(campaign, 'Every day at 9:00'));

		expect(sent.status).toBe('success');
		await page.getByText('Hello! We noticed').waitFor();
		expect(bed.reached()).toEqual([row?.contactId]);
	});
});

function isAda(row: Readonly<Record<string, unknown>> | undefined): boolean {
	return row?.customer === 'shop-1' && row.contactId === 'contact-1';
}
