import { beds, contactIds } from './support/bed';
import { until } from './support/until';
import { chain, genesysNode, GENESYS, node } from './support/workflows';

const openBed = beds();

describe('a schedule', () => {
	it('sends by itself, again and again, until the workflow is deactivated', async () => {
		const bed = await openBed();
		const [contactId = ''] = contactIds(1);
		bed.open(contactId);
		const rule = { interval: [{ field: 'seconds', secondsInterval: 1 }] };
		const workflow = chain([
			node('Every second', 'n8n-nodes-base.scheduleTrigger', 1.2, { rule }),
			genesysNode(bed.credential, {
				resource: 'webMessage',
				operation: 'send',
				contactId,
				message: '=It is {{ $json.timestamp }}',
			}),
		]);
		const workflowId = await bed.n8n.saveWorkflow(workflow);
		await bed.n8n.activate(workflowId);
		await until('two messages', () => bed.simulator.journal.count >= 2);
		await bed.n8n.deactivate(workflowId);

		const executions = await until('two executions', async () => {
			const ended = await bed.n8n.executionsOf(workflowId);
			return ended.length >= 2 && ended;
		});
		expect(executions.map(({ status }) => status)).not.toContain('error');
		expect(executions[0]?.json(GENESYS)[0]).toMatchObject({ contactId, status: 'sent' });
		const messages = bed.simulator.journal.all().map(({ message }) => message);
		expect(messages[0]).toMatch(/^It is \d{4}-/);
		expect(new Set(messages).size).toBe(messages.length);
	});
});
