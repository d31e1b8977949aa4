import { beds } from '../support/bed';
import { DataTable, type Row } from '../support/dataTable';
import { example } from '../support/examples';
import { until } from '../support/until';

const openBed = beds();
const TABLE = 'Genesys contacts';

describe('the example "Capture contact IDs"', () => {
	it('keeps one row for each contact of the widget, made by its first event', async () => {
		const bed = await openBed();
		await (await DataTable.find(bed.n8n, TABLE))?.remove();
		const workflow = example('capture-contact-ids.json', bed.credential);
		const workflowId = await bed.n8n.saveWorkflow(workflow);
		await bed.n8n.activate(workflowId);
		const event = async (fields: object) => {
			const { status } = await bed.n8n.callWebhook('genesys-contact', fields);
			expect(status).toBe(204);
		};
		const rowsWhen = async (what: string, fits: (rows: Row[]) => boolean) =>
			await until(what, async () => {
				const rows = (await (await DataTable.find(bed.n8n, TABLE))?.rows()) ?? [];
				return fits(rows) && rows;
			});

		await event({ contactId: 'contact-1', customerId: 'shop-1', firstName: 'Ada' });
		const [first] = await rowsWhen('the first row', (rows) => rows.length === 1);
		await event({ message: 'an event without a contact ID' });
		await event({ contactId: 'contact-2', phone: '+12025550143' });
		await rowsWhen('the second row', (rows) => rows.length === 2);
		await event({ contactId: 'contact-1', customerId: 'shop-1', firstName: 'Ada' });
		const rows = await rowsWhen('an update', ([row]) => row?.lastSeen !== first?.lastSeen);
		await bed.n8n.deactivate(workflowId);

		expect(rows.map(({ contactId }) => contactId)).toEqual(['contact-1', 'contact-2']);
		expect(rows[0]).toMatchObject({ customerId: 'shop-1', firstName: 'Ada' });
		expect(rows[1]).toMatchObject({ phone: '+12025550143' });
		expect(rows[0]?.lastCampaign ?? '').toBe('');
	});
});
