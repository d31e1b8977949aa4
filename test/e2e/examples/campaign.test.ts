import { beds, type Bed } from '../support/bed';
import { Customers } from '../support/customers';
import type { Row } from '../support/dataTable';
import { example } from '../support/examples';
import type { Execution } from '../support/execution';
import { until } from '../support/until';

const openBed = beds();
const DAY_MS = 86_400_000;

/** Saves the campaign with batches of a size; returns what runs it to its end. */
async function save(bed: Bed, batchSize = 2): Promise<{ id: string; run(): Promise<Execution> }> {
	const workflow = example('campaign.json', bed.credential, { 'Batches of 100': { batchSize } });
	const id = await bed.n8n.saveWorkflow(workflow);
	return { id, run: async () => await bed.n8n.ended(await start(bed, id)) };
}

async function start(bed: Bed, id: string): Promise<string> {
	return await bed.n8n.start(id, 'Every day at 9:00');
}

/** Customers with an open Messenger session, known by external contact. */
function reachable(bed: Bed, names: readonly string[]): Row[] {
	return names.map((customer) => {
		const externalContactId = `contact-of-${customer}`;
		bed.simulator.contacts.open({ contactId: customer, externalContactId });
		return { customer, externalContactId };
	});
}

const outcomes = (rows: readonly Row[]) =>
	rows.map(({ customer, outcome, channel }) => [customer, outcome ?? '', channel ?? '']);

describe('the example "Campaign"', () => {
	it('reaches everybody once, and goes on with the rest the next day', async () => {
		const bed = await openBed();
		const [ada, twice] = reachable(bed, ['ada', 'twice']);
		bed.open('carla');
		const customers = await Customers.of(bed.n8n, [
			{ ...ada, firstName: 'Ada' },
			{ ...twice, externalContactId: 'an-earlier-contact', lastSeen: ago(2) },
			{ customer: 'ben', contactId: 'gone', firstName: 'Ben', phone: '+447700900142' },
			{ ...twice, phone: '+12025550143' },
			{ customer: 'carla', contactId: 'carla', campaign: 'spring-sale', outcome: 'sent' },
			{ customer: 'silent', contactId: 'silent' },
			{ customer: 'erin', phone: '+447700900145' },
			{ customer: 'frida', firstName: 'Frida' },
			{ customer: 'done', contactId: 'done', campaign: 'summer-sale', outcome: 'sent' },
			{ customer: 'old', contactId: 'old', lastSeen: ago(61) },
		]);
		const campaign = await save(bed);

		const first = await campaign.run();

		expect(first.error).toBeUndefined();
		expect(bed.reached().sort()).toEqual([
			'+447700900142',
			'+447700900145',
			'ada',
			'carla',
			'twice',
		]);
		const greetings = bed.simulator.journal.all().map(({ message }) => message.split('!')[0]);
		expect(greetings.sort()).toEqual(['Hello', 'Hello', 'Hello', 'Hello Ada', 'Hello Ben']);
		expect(outcomes(await customers.rows())).toEqual([
			['ada', 'sent', 'web'],
			['twice', 'sent', 'web'],
			['ben', 'sent', 'sms'],
			['twice', 'sent', 'web'],
			['carla', 'sent', 'web'],
			['silent', 'unreachable', ''],
			['erin', 'sent', 'sms'],
			['frida', 'unreachable', ''],
			['done', 'sent', ''],
		]);
		expect(first.json('Result')).toEqual(
			expect.arrayContaining([
				{ outcome: 'sent', channel: 'web', count_customer: 4 },
				{ outcome: 'sent', channel: 'sms', count_customer: 2 },
			]),
		);

		bed.open('silent');
		const second = await campaign.run();

		expect(second.status).toBe('success');
		expect(bed.reached().slice(5)).toEqual(['silent']);
	});

	it('goes on after Stop, without repeating anybody', async () => {
		const bed = await openBed();
		const names = ['s1', 's2', 's3', 's4', 's5'];
		const customers = await Customers.of(bed.n8n, reachable(bed, names));
		bed.simulator.faults.add({ kind: 'latency', ms: 3_000, contactId: 'contact-of-s3' });
		const campaign = await save(bed);
		const executionId = await start(bed, campaign.id);
		await customers.when('the first batch', (rows) => rows[1]?.outcome === 'sent');

		await bed.n8n.stop(executionId);
		const stopped = await bed.n8n.ended(executionId);
		const missing = names.length - bed.reached().length;
		const again = await campaign.run();

		expect(stopped.status).toBe('canceled');
		expect(missing).toBeGreaterThan(0);
		expect(again.status).toBe('success');
		expect(bed.reached().sort()).toEqual(names);
		expect((await customers.rows()).map(({ outcome }) => outcome)).toEqual(names.map(() => 'sent'));
	});

	it('ends when the set-up is at fault, with the rest still due', async () => {
		const bed = await openBed();
		const many = reachable(
			bed,
			Array.from({ length: 90 }, (_, index) => `m${index}`),
		);
		const customers = await Customers.of(bed.n8n, many);
		bed.simulator.faults.add({ kind: 'status', status: 403, times: Infinity });
		const campaign = await save(bed, 60);

		const execution = await campaign.run();

		expect(execution.status).toBe('error');
		expect(execution.error?.message).toContain('insufficient permissions');
		const due = (await customers.rows()).filter(({ outcome }) => !outcome);
		expect(due).toHaveLength(30);
		expect(bed.reached()).toEqual([]);

		bed.simulator.faults.clear();
		await campaign.run();
		await until('all customers', () => bed.reached().length === many.length);
	});
});

function ago(days: number): string {
	return new Date(Date.now() - days * DAY_MS).toISOString();
}
