import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { saveModelCredential } from '../support/agent';
import { beds, type Bed } from '../support/bed';
import { browsers } from '../support/browsers';
import { startChatModel, type ChatModel } from '../support/chatModel';
import { example } from '../support/examples';
import { listening } from '../support/listening';
import { until } from '../support/until';

const openBed = beds();
const openPage = browsers();
const [ADA] = DEMO_CUSTOMERS;
const DRAFT = 'It comes in blue and in red.';
const models: ChatModel[] = [];

afterAll(async () => {
	await Promise.all(models.map(async (model) => await model.stop()));
});

/** Publishes the example with a model that drafts, and lets Ada write; the form that opens. */
async function draftFor(bed: Bed): Promise<{ form: string; model: ChatModel; workflowId: string }> {
	const model = await startChatModel([() => ({ text: DRAFT })]);
	models.push(model);
	const openAiApi = await saveModelCredential(bed, model);
	const workflow = example('reply-with-ai.json', bed.credential);
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Chat model' ? { ...node, credentials: { openAiApi } } : node,
	);
	const workflowId = await bed.n8n.saveWorkflow({ ...workflow, nodes });
	await bed.n8n.activate(workflowId);
	await listening(bed);
	const { contactId, externalContactId } = ADA;
	bed.simulator.contacts.open({ contactId, externalContactId });
	bed.simulator.people.start({ contactId, text: 'Do you have it in blue?' });
	const form = await until('the form', async () => {
		const waiting = await bed.n8n.waitingOutput(workflowId, 'Tell the team');
		return waiting?.form as string | undefined;
	});
	return { form, model, workflowId };
}

describe('the example "Reply with AI"', () => {
	it('sends the draft as a person has changed it', async () => {
		const bed = await openBed();
		const { form, model, workflowId } = await draftFor(bed);
		const page = await openPage(form);
		const answer = page.getByLabel('Answer');
		await answer.waitFor();
		expect(await answer.inputValue()).toBe(DRAFT);
		await answer.fill('It comes in blue.');
		await page.getByLabel('Decision').selectOption('Send it');
		expect(bed.reached()).toEqual([]);
		await page.getByRole('button', { name: 'Submit' }).click();

		const [execution] = await bed.n8n.whenEnded(workflowId, 1);
		await bed.n8n.deactivate(workflowId);

		expect(execution?.json('Answered')).toHaveLength(1);
		expect(bed.simulator.journal.all()).toEqual([
			expect.objectContaining({
				message: 'It comes in blue.',
				externalContactId: ADA.externalContactId,
			}),
		]);
		expect(JSON.stringify(model.requests[0]?.messages)).toContain(
			'Customer: Do you have it in blue?',
		);
	});

	it('sends nothing when a person takes over', async () => {
		const bed = await openBed();
		const { form, workflowId } = await draftFor(bed);
		const page = await openPage(form);
		await page.getByLabel('Decision').selectOption('I answer myself');
		await page.getByRole('button', { name: 'Submit' }).click();

		const [execution] = await bed.n8n.whenEnded(workflowId, 1);
		await bed.n8n.deactivate(workflowId);

		expect(execution?.ran('A person answers')).toBe(true);
		expect(bed.reached()).toEqual([]);
	});
});
