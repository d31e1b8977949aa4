import { beds, contactIds } from './support/bed';
import { isBeforeN8n } from './support/suite';
import {
	chain,
	GENESYS,
	genesysNode,
	manualWorkflow,
	node,
	WEB_MESSAGE,
} from './support/workflows';

const openBed = beds();

describe('Dry Run in manual executions', () => {
	it('sends nothing when started by hand, nor in a sub-workflow that is called by hand', async () => {
		const bed = await openBed();
		const [contactId = ''] = contactIds(1);
		bed.open(contactId);
		const parameters = { ...WEB_MESSAGE, delivery: { dryRun: 'manual' } };
		const genesys = genesysNode(bed.credential, parameters);
		const items = [{ contactId, text: 'Hello!' }];

		const byHand = await bed.n8n.run(manualWorkflow(items, genesys));
		expect(byHand.json(GENESYS)).toEqual([expect.objectContaining({ status: 'dryRun' })]);
		expect(bed.reached()).toEqual([]);

		const trigger = { inputSource: 'passthrough' };
		const called = await bed.n8n.saveWorkflow(
			chain([node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, trigger), genesys]),
		);
		// Only since 2.0 must a sub-workflow be published to be called.
		const isPublished = !isBeforeN8n('2.0');
		if (isPublished) await bed.n8n.activate(called);
		const workflowId = { __rl: true, mode: 'id', value: called };
		const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, { workflowId, options: {} });
		const calling = await bed.n8n.run(manualWorkflow(items, call));
		if (isPublished) await bed.n8n.deactivate(called);

		expect(calling.status).toBe('success');
		// Older versions do not tell a sub-workflow how its execution was started.
		expect(bed.reached()).toEqual(isBeforeN8n('2.0') ? [contactId] : []);
	});
});
