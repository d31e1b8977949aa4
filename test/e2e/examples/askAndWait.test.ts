import { randomUUID } from 'node:crypto';

import { DEMO_CUSTOMERS, type DemoCustomer } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { browsers } from '../support/browsers';
import { DataTable, type Row } from '../support/dataTable';
import { example } from '../support/examples';
import { listening } from '../support/listening';
import { ownN8ns } from '../support/ownN8n';
import { until } from '../support/until';

const openBed = beds();
const openPage = browsers();
const startOwn = ownN8ns();
const TABLE = 'Genesys questions';
const [ADA, BEN, CARLA] = DEMO_CUSTOMERS;

/** The two workflows, published, with a session for each customer who is asked. */
async function publish(bed: Bed, changes = {}): Promise<{ ask: string; answers: string }> {
	await (await DataTable.find(bed.n8n, TABLE))?.remove();
	for (const { contactId, externalContactId } of [ADA, BEN, CARLA]) {
		bed.simulator.contacts.open({ contactId, externalContactId });
	}
	const ask = await bed.n8n.saveWorkflow(example('ask-and-wait.json', bed.credential, changes));
	const answers = await bed.n8n.saveWorkflow(example('answers.json', bed.credential));
	await bed.n8n.activate(ask);
	await bed.n8n.activate(answers);
	await listening(bed);
	return { ask, answers };
}

async function questionsWhen(bed: Bed, what: string, fits: (rows: Row[]) => boolean, ms?: number) {
	const look = async () => {
		const rows = (await (await DataTable.find(bed.n8n, TABLE))?.rows()) ?? [];
		return fits(rows) && rows;
	};
	return await until(what, look, ms);
}

const inState = (state: string, count: number) => (rows: Row[]) =>
	rows.filter((row) => row.state === state).length === count;

const byCustomer = (a: Row, b: Row) => String(a.customer).localeCompare(String(b.customer));

function write(bed: Bed, { contactId }: DemoCustomer, text: string): void {
	bed.simulator.people.reply({ contactId, text });
}

describe('the examples "Ask and wait for the answer" and "Answers to questions"', () => {
	it('give each question its own answer, the first one', async () => {
		const bed = await openBed();
		const { ask, answers } = await publish(bed);
		const page = await openPage(`${bed.simulator.url}/widget?contactId=${ADA.contactId}`);
		const started = await bed.n8n.ended(await bed.n8n.start(ask));
		expect(started.error).toBeUndefined();
		await questionsWhen(bed, 'three open questions', inState('open', 3));

		write(bed, BEN, 'No');
		await page.getByText('May we deliver your order A-1041').waitFor();
		await page.getByPlaceholder('Write as the customer').fill('Yes, please');
		await page.getByRole('button', { name: 'Send', exact: true }).click();
		await questionsWhen(bed, 'two answers', inState('answered', 2));
		write(bed, BEN, 'No, wait: yes');
		await until('the second answer', async () => {
			const ended = await bed.n8n.executionsOf(answers);
			return ended.some((execution) => execution.ran('Not an answer') || execution.ran('Too late'));
		});
		const rows = (await questionsWhen(bed, 'the rows', () => true)).sort(byCustomer);
		await bed.n8n.deactivate(answers);
		await bed.n8n.deactivate(ask);

		expect(rows).toEqual([
			expect.objectContaining({ customer: 'shop-1', state: 'answered', answer: 'Yes, please' }),
			expect.objectContaining({ customer: 'shop-2', state: 'answered', answer: 'No' }),
			expect.objectContaining({ customer: 'shop-3', state: 'open' }),
		]);
		const texts = (await bed.n8n.executionsOf(ask)).flatMap((execution) =>
			execution.json('Answer'),
		);
		expect(texts.map(({ answer }) => answer).sort()).toEqual(['No', 'Yes, please']);
		expect(bed.reached()).toHaveLength(3);
	});

	it('ask on when a whole batch cannot be reached, and nobody twice', async () => {
		const bed = await openBed();
		const people = Array.from({ length: 22 }, (_, index) => ({
			customer: `shop-${index + 1}`,
			externalContactId: randomUUID(),
			occasion: 'delivery',
			question: 'May we deliver on Thursday?',
		}));
		const reachable = people.slice(20);
		const questions = { Questions: { jsonOutput: JSON.stringify({ questions: people }) } };
		const { ask, answers } = await publish(bed, questions);
		for (const { externalContactId } of reachable) {
			bed.simulator.contacts.open({ externalContactId });
		}
		const first = await bed.n8n.ended(await bed.n8n.start(ask));
		await questionsWhen(bed, 'two open questions', inState('open', 2));
		const again = await bed.n8n.ended(await bed.n8n.start(ask));
		await bed.n8n.deactivate(answers);
		await bed.n8n.deactivate(ask);

		expect(first.json('Not asked')).toHaveLength(20);
		expect([first.status, again.status]).toEqual(['success', 'success']);
		expect(again.ran('One execution a question')).toBe(false);
		expect(bed.reached()).toHaveLength(2);
	});

	it('end a question whose time is over; what comes later is an ordinary message', async () => {
		const bed = await openBed();
		const limit = { resumeAmount: 1, resumeUnit: 'seconds' };
		const { ask, answers } = await publish(bed, { 'Wait for the answer': limit });
		await bed.n8n.start(ask);
		// n8n looks once a minute whose time is over.
		await questionsWhen(bed, 'the end of the questions', inState('no answer', 3), 90_000);

		write(bed, CARLA, 'Yes');
		const [late] = await bed.n8n.whenEnded(answers, 1);
		await bed.n8n.deactivate(answers);
		await bed.n8n.deactivate(ask);

		expect(late?.ran('Not an answer')).toBe(true);
		expect(late?.ran('Wake the question')).toBe(false);
	});

	it('survive a crash of n8n: an answer that came meanwhile wakes its question', async () => {
		const own = await startOwn();
		const bed = await openBed({}, own.n8n);
		const { ask } = await publish(bed);
		await bed.n8n.ended(await bed.n8n.start(ask));
		await questionsWhen(bed, 'three open questions', inState('open', 3));
		// The trigger keeps in n8n's database up to when it has listened, with each event.
		write(bed, BEN, 'No');
		await questionsWhen(bed, 'the first answer', inState('answered', 1));

		await own.kill();
		write(bed, ADA, 'Yes');
		await own.start();
		const rows = await questionsWhen(bed, 'the second answer', inState('answered', 2), 90_000);

		const answers = rows.map(({ customer, answer }) => [customer, answer ?? '']);
		expect(answers).toEqual(
			expect.arrayContaining([
				['shop-1', 'Yes'],
				['shop-2', 'No'],
				['shop-3', ''],
			]),
		);
	});
});
