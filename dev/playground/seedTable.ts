import { DEMO_CUSTOMERS } from '../simulator';
import type { RestClient } from './n8n/restClient';

const NAME = 'Genesys contacts';
const COLUMNS = [
	{ name: 'contactId', type: 'string' },
	{ name: 'customerId', type: 'string' },
	{ name: 'firstName', type: 'string' },
	{ name: 'phone', type: 'string' },
	{ name: 'lastSeen', type: 'date' },
	{ name: 'lastCampaign', type: 'string' },
];

/**
 * Fills the Data Table of the examples "Capture contact IDs" and "Scheduled campaign" with the
 * customers of the simulator.
 *
 * @param client n8n's API, logged in
 */
export async function seedTable(client: RestClient): Promise<void> {
	const personal = await client.call('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${(personal.data as { id: string }).id}/data-tables`;
	const table = await client.call('POST', tables, { name: NAME, columns: COLUMNS });
	const rows = DEMO_CUSTOMERS.map(({ contactId, firstName, phone }, index) => ({
		contactId,
		customerId: `shop-${index + 1}`,
		firstName,
		phone,
		lastSeen: new Date().toISOString(),
	}));
	const { id } = table.data as { id: string };
	await client.call('POST', `${tables}/${id}/insert`, { data: rows, returnType: 'count' });
}
