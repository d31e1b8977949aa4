import { beds, contactIds, sendWorkflow, type SendOptions } from '../support/bed';
import { editors } from '../support/editors';
import { Panel } from '../support/panel';
import { until } from '../support/until';
import { GENESYS } from '../support/workflows';

const openBed = beds();
const openEditor = editors();

/** Opens a workflow that sends to these customers, and presses Execute Workflow. */
async function executed(
	bed: Awaited<ReturnType<typeof openBed>>,
	customers: readonly string[],
	options?: SendOptions,
) {
	const workflow = sendWorkflow(bed.credential, customers, options);
	const editor = await openEditor();
	await editor.openWorkflow(await bed.n8n.saveWorkflow(workflow));
	await editor.part('execute-workflow-button').last().click();
	return editor;
}

describe('what a person reads after a run', () => {
	it('names the failed item, its customer and the place where Retry sends only the rest', async () => {
		const bed = await openBed();
		const [first = '', unknown = '', last = ''] = contactIds(3);
		bed.open(first, last);
		const editor = await executed(bed, [first, unknown, last]);
		await editor.page.getByText('Problem in node').first().waitFor();
		await editor.node(GENESYS).dblclick();

		const message = await editor.part('node-error-message').innerText();
		expect(message).toBe("The 'Contact ID' does not exist in Genesys Cloud [item 1]");
		const remedy = await editor.part('node-error-description').innerText();
		expect(remedy).toContain(`It concerns ${unknown}. 2 of 3 messages were sent.`);
		expect(remedy).toContain("open this execution under 'Executions' and choose 'Retry'");
		expect(remedy).toContain("'Execute Step' and a new execution would send to all again");

		await editor.closeNode();
		bed.open(unknown);
		await editor.part('radio-button-executions').click();
		await editor.part('execution-preview-retry-button').click();
		await new Panel(editor).take('Retry with currently saved workflow');
		await until('the rest', async () => await Promise.resolve(bed.reached().length >= 3));
		await editor.page.getByText('Retry successful').first().waitFor();
		expect(bed.reached()).toEqual([first, last, unknown]);
	});

	it('is warned when nobody could be reached, and finds a sentence at each customer', async () => {
		const bed = await openBed();
		const parameters = { unreachable: 'output' };
		const editor = await executed(bed, contactIds(12), { parameters });
		await editor.page.getByText('Workflow executed successfully').first().waitFor();
		await editor.node(GENESYS).dblclick();

		const hint = editor.output.getByText('Not one customer could be reached');
		expect(await hint.innerText()).toContain('0 sent, 12 unreachable.');
		const sentence = "The 'Contact ID' does not exist in Genesys Cloud.";
		await editor.output.getByText(sentence).first().waitFor();
		expect(await editor.output.innerText()).toContain('Unreachable Branch (12 items)');
	});

	it('is told by a dry run how many are ready, and that nothing was sent', async () => {
		const bed = await openBed();
		const customers = contactIds(2);
		bed.open(...customers);
		const parameters = { delivery: { dryRun: 'manual' } };
		const editor = await executed(bed, customers, { parameters });
		await editor.page.getByText('Workflow executed successfully').first().waitFor();
		await editor.node(GENESYS).dblclick();

		const hint = editor.output.getByText('Dry run, nothing was sent');
		expect(await hint.innerText()).toContain('2 ready');
		await editor.output.getByText('dryRun').first().waitFor();
		expect(bed.reached()).toEqual([]);
	});

	it('finds the fields of the input beside the result where they were asked for', async () => {
		const bed = await openBed();
		const customers = contactIds(1);
		bed.open(...customers);
		const parameters = { options: { includeInputFields: true } };
		const editor = await executed(bed, customers, { parameters });
		await editor.page.getByText('Workflow executed successfully').first().waitFor();
		await editor.node(GENESYS).dblclick();

		await editor.output.getByText(`Hello ${customers[0]}!`).first().waitFor();
		expect(await editor.output.innerText()).toContain('sent');
	});
});
