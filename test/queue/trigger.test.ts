import { beds } from '../e2e/support/bed';
import { listening, silent } from '../e2e/support/listening';
import { EVENT, say, toldWhen, triggeredWorkflow } from '../e2e/support/triggers';
import { useWorkers } from './support/useWorkers';

const openBed = beds();
const workers = useWorkers(1);

const EVENTS = 20;

describe('the trigger in queue mode', () => {
	it('listens in the main process alone, and a worker runs one execution for each event', async () => {
		const bed = await openBed();
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		await bed.n8n.activate(workflowId);
		await listening(bed);
		const texts = Array.from({ length: EVENTS }, (_, index) => `text ${index}`);

		for (const text of texts) say(bed, text);
		const told = await toldWhen(bed.n8n, workflowId, EVENTS);
		const executions = await bed.n8n.executionsOf(workflowId);
		await bed.n8n.deactivate(workflowId);
		await silent(bed);

		expect([...told].sort()).toEqual([...texts].sort());
		expect(executions.every((execution) => execution.ran(EVENT))).toBe(true);
		const onWorker = workers.flatMap((worker) => worker.executions());
		expect(onWorker.sort()).toEqual(executions.map(({ id }) => id).sort());
		expect(bed.simulator.notifications.peakSockets).toBe(1);
	});
});
