import { beds } from '../support/bed';
import { listening, membersChange, silent } from '../support/listening';
import { pause } from '../support/until';
import { EVENT, say, told, toldWhen, triggeredWorkflow } from '../support/triggers';

const openBed = beds();
/** Longer than an event takes from the simulator to an execution. */
const LONG_ENOUGH_MS = 2_000;

describe('a published trigger', () => {
	it('starts one execution for each event, with the text of the message', async () => {
		const bed = await openBed();
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		await bed.n8n.activate(workflowId);
		await listening(bed);

		const conversationId = say(bed, 'first');
		await toldWhen(bed.n8n, workflowId, 1);
		say(bed, 'second', conversationId);
		await toldWhen(bed.n8n, workflowId, 2);
		await pause(LONG_ENOUGH_MS);
		const executions = await bed.n8n.executionsOf(workflowId);
		await bed.n8n.deactivate(workflowId);

		expect(executions).toHaveLength(2);
		expect(executions[0]?.json(EVENT)).toEqual([
			expect.objectContaining({
				event: 'customerMessage',
				conversationId,
				text: 'first',
				channel: 'webmessaging',
				source: 'live',
			}),
		]);
	});

	it('leaves nothing behind and starts nothing when it is deactivated', async () => {
		const bed = await openBed();
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		await bed.n8n.activate(workflowId);
		await listening(bed);

		await bed.n8n.deactivate(workflowId);
		await silent(bed);
		say(bed, 'nobody hears this');
		await pause(LONG_ENOUGH_MS);

		const { notifications } = bed.simulator;
		expect(notifications.openSockets).toBe(0);
		expect(notifications.channels.all().flatMap(({ names }) => [...names])).toEqual([]);
		expect(await told(bed.n8n, workflowId)).toEqual([]);
	});

	it('goes on as one when it is published again', async () => {
		const bed = await openBed();
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		await bed.n8n.activate(workflowId);
		await listening(bed);
		await bed.n8n.deactivate(workflowId);
		await silent(bed);
		await bed.n8n.activate(workflowId);
		await listening(bed);

		say(bed, 'once');
		await toldWhen(bed.n8n, workflowId, 1);
		await pause(LONG_ENOUGH_MS);
		const texts = await told(bed.n8n, workflowId);
		await bed.n8n.deactivate(workflowId);
		await silent(bed);

		expect(texts).toEqual(['once']);
		expect(bed.simulator.notifications.openSockets).toBe(0);
	});

	it('shares one connection with the other workflows of its client', async () => {
		const bed = await openBed();
		const ids = [];
		for (const event of ['customerMessage', 'conversationStarted']) {
			const workflow = triggeredWorkflow(bed.credential, { event });
			const id = await bed.n8n.saveWorkflow(workflow);
			await bed.n8n.activate(id);
			await listening(bed);
			ids.push(id);
		}
		const [messages = '', conversations = ''] = ids;

		say(bed, 'hello');
		await toldWhen(bed.n8n, messages, 1);
		await bed.n8n.whenEnded(conversations, 1);
		await membersChange(bed, async () => await bed.n8n.deactivate(conversations));
		say(bed, 'the other one is gone');
		const texts = await toldWhen(bed.n8n, messages, 2);
		const peak = bed.simulator.notifications.peakSockets;
		await bed.n8n.deactivate(messages);

		expect(texts).toEqual(['hello', 'the other one is gone']);
		expect(await bed.n8n.executionsOf(conversations)).toHaveLength(1);
		expect(peak).toBe(1);
	});

	it('says at the publication which permission is missing', async () => {
		const client = { clientId: 'no-queues', clientSecret: 'secret', permissions: [] };
		const bed = await openBed({ clients: [client] });
		const data = { ...bed.credentialData, clientId: 'no-queues', clientSecret: 'secret' };
		const credential = await bed.n8n.saveCredential('No permissions', data);
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(credential));

		await expect(bed.n8n.activate(workflowId)).rejects.toThrow('missing a permission');

		expect(bed.simulator.notifications.openSockets).toBe(0);
	});
});
