import { DEMO_CUSTOMERS } from '../simulator';
import type { RestClient } from './n8n/restClient';

/** The Data Table of the examples that capture customers and send campaigns. */
export const CUSTOMERS_TABLE = {
	name: 'Genesys customers',
	columns: [
		{ name: 'customer', type: 'string' },
		{ name: 'firstName', type: 'string' },
		{ name: 'phone', type: 'string' },
		{ name: 'externalContactId', type: 'string' },
		{ name: 'contactId', type: 'string' },
		{ name: 'conversationId', type: 'string' },
		{ name: 'lastSeen', type: 'date' },
		{ name: 'campaign', type: 'string' },
		{ name: 'outcome', type: 'string' },
		{ name: 'channel', type: 'string' },
		{ name: 'detail', type: 'string' },
	],
} as const;

/**
 * Creates that table, with the customers of the simulator but for the first one: whoever plays that customer
 * sees the row come.
 *
 * @param client n8n's API, logged in
 */
export async function seedTable(client: RestClient): Promise<void> {
	const personal = await client.call('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${(personal.data as { id: string }).id}/data-tables`;
	const table = await client.call('POST', tables, CUSTOMERS_TABLE);
	const customers = DEMO_CUSTOMERS.map(
		({ contactId, externalContactId, firstName, phone }, index) => ({
			customer: `shop-${index + 1}`,
			firstName,
			phone,
			externalContactId,
			contactId,
			lastSeen: new Date().toISOString(),
		}),
	);
	const data = customers.slice(1);
	const { id } = table.data as { id: string };
	await client.call('POST', `${tables}/${id}/insert`, { data, returnType: 'count' });
}
