import { beds } from '../support/bed';
import { DataTable } from '../support/dataTable';
import { example } from '../support/examples';

const openBed = beds();
const TRIGGER = 'Every day at 9:00';
const COLUMNS = [
	{ name: 'contactId', type: 'string' },
	{ name: 'customerId', type: 'string' },
	{ name: 'firstName', type: 'string' },
	{ name: 'phone', type: 'string' },
	{ name: 'lastSeen', type: 'date' },
	{ name: 'lastCampaign', type: 'string' },
];

describe('the example "Scheduled campaign"', () => {
	it('reaches everybody once, by web message or SMS, and marks them', async () => {
		const bed = await openBed();
		const table = await DataTable.create(bed.n8n, 'Genesys contacts', COLUMNS);
		await table.insert([
			{ contactId: 'open', firstName: 'Ada' },
			{ contactId: 'gone', firstName: 'Ben', phone: '+447700900142' },
			{ contactId: 'silent', firstName: 'Carla' },
			{ contactId: 'earlier', lastCampaign: 'spring-sale' },
			{ contactId: 'done', lastCampaign: 'summer-sale' },
		]);
		bed.open('open', 'gone', 'earlier', 'done');
		bed.simulator.contacts.expire('gone');
		const workflow = example('scheduled-campaign.json', bed.credential);
		const workflowId = await bed.n8n.saveWorkflow(workflow);

		const first = await bed.n8n.ended(await bed.n8n.start(workflowId, TRIGGER));

		expect(first.error).toBeUndefined();
		expect(first.status).toBe('success');
		expect(bed.reached().sort()).toEqual(['+447700900142', 'earlier', 'open']);
		const greetings = bed.simulator.journal.all().map(({ message }) => message.split('!')[0]);
		expect(greetings.sort()).toEqual(['Hello', 'Hello Ada', 'Hello Ben']);
		const marked = (await table.rows()).map(({ contactId, lastCampaign }) => [
			contactId,
			lastCampaign ?? '',
		]);
		expect(marked).toEqual([
			['open', 'summer-sale'],
			['gone', 'summer-sale'],
			['silent', ''],
			['earlier', 'summer-sale'],
			['done', 'summer-sale'],
		]);

		// The next day: the customer without a phone number is back in the chat.
		bed.open('silent');
		const second = await bed.n8n.ended(await bed.n8n.start(workflowId, TRIGGER));
		expect(second.status).toBe('success');
		expect(bed.reached().slice(3)).toEqual(['silent']);
	});
});
