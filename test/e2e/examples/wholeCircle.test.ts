import { seedTable } from '../../../dev/playground/seedTable';
import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { beds } from '../support/bed';
import { browsers } from '../support/browsers';
import { Customers } from '../support/customers';
import { DataTable } from '../support/dataTable';
import { example } from '../support/examples';
import { listening } from '../support/listening';
import { until } from '../support/until';

const openBed = beds();
const openPage = browsers();
const [ADA, BEN, CARLA] = DEMO_CUSTOMERS;
const QUESTIONS = 'Genesys questions';

describe('the examples together, as "npm run n8n" tells them', () => {
	it('go from a customer who writes to an answer that arrives', async () => {
		const bed = await openBed();
		const customers = await Customers.none(bed.n8n);
		await seedTable(bed.n8n.rest);
		await (await DataTable.find(bed.n8n, QUESTIONS))?.remove();
		const save = async (file: string) => await bed.n8n.saveWorkflow(example(file, bed.credential));
		const capture = await save('capture-messenger.json');
		const campaign = await save('campaign.json');
		const ask = await save('ask-and-wait.json');
		const answers = await save('answers.json');
		for (const id of [capture, ask, answers]) await bed.n8n.activate(id);
		await listening(bed);
		for (const { contactId, externalContactId } of [ADA, BEN, CARLA]) {
			bed.simulator.contacts.open({ contactId, externalContactId });
		}

		const page = await openPage(`${bed.simulator.url}/widget?contactId=${ADA.contactId}`);
		const write = async (text: string) => {
			await page.getByPlaceholder('Write as the customer').fill(text);
			await page.getByRole('button', { name: 'Send', exact: true }).click();
		};
		await write('Do you have it in blue?');
		const known = await customers.when('the new row', (rows) => {
			return rows.length === DEMO_CUSTOMERS.length;
		});
		await bed.n8n.ended(await bed.n8n.start(campaign, 'Every day at 9:00'));
		await page.getByText('Hello! We noticed').waitFor();
		await bed.n8n.ended(await bed.n8n.start(ask));
		await page.getByText('May we deliver your order A-1041').waitFor();
		const waiting = await until('the waiting question', async () => {
			return await bed.n8n.waitingOutput(ask, 'Remember question');
		});
		await write('Yes, please');
		const answered = await until('the answer in the execution that waited', async () => {
			const ended = await bed.n8n.executionsOf(ask);
			return ended.find((execution) => execution.ran('Answer'));
		});
		const executions = await Promise.all(
			[capture, campaign, ask, answers].map(async (id) => await bed.n8n.executionsOf(id)),
		);
		for (const id of [answers, ask, capture]) await bed.n8n.deactivate(id);

		expect(known.at(-1)).toMatchObject({ externalContactId: ADA.externalContactId });
		const toAda = bed.simulator.journal
			.all()
			.filter(({ contactId }) => contactId === ADA.contactId);
		expect(toAda.map(({ message }) => message.slice(0, 18))).toEqual([
			'Hello! We noticed ',
			'Hello Ada! May we ',
		]);
		expect(waiting).toMatchObject({ state: 'open' });
		expect(executions.flat().map(({ status }) => status)).not.toContain('error');
		expect(answered.json('Answer')).toEqual([
			expect.objectContaining({ customer: 'shop-1', state: 'answered', answer: 'Yes, please' }),
		]);
	});
});
