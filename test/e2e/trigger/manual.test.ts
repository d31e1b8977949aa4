import { beds } from '../support/bed';
import { listening, silent } from '../support/listening';
import { EVENT, say, triggeredWorkflow } from '../support/triggers';

const openBed = beds();

describe('a manual test of the trigger', () => {
	it('takes the first event, and then listens no more', async () => {
		const bed = await openBed();
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		const executionId = await bed.n8n.start(workflowId, EVENT);
		await listening(bed);

		say(bed, 'a test');
		const execution = await bed.n8n.ended(executionId);
		await silent(bed);

		expect(execution.json(EVENT)).toEqual([expect.objectContaining({ text: 'a test' })]);
		expect(execution.ran('Then')).toBe(true);
		expect(bed.simulator.notifications.openSockets).toBe(0);
	});

	it('ends at Stop', async () => {
		const bed = await openBed();
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		const executionId = await bed.n8n.start(workflowId, EVENT);
		await listening(bed);

		await bed.n8n.stop(executionId);
		await silent(bed);

		expect(bed.simulator.notifications.openSockets).toBe(0);
	});
});
