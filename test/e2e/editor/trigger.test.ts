import { beds } from '../support/bed';
import { editors } from '../support/editors';
import { listening } from '../support/listening';
import { Panel } from '../support/panel';
import { EVENT, say, triggeredWorkflow } from '../support/triggers';

const openBed = beds();
const openEditor = editors();

describe('the trigger in the editor', () => {
	it('shows a customer message while a person listens', async () => {
		const bed = await openBed();
		const editor = await openEditor();
		await editor.openWorkflow(await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential)));
		await editor.node(EVENT).dblclick();
		await editor.field('queues').getByText('Service').waitFor();
		await editor.executeStep();
		await listening(bed);

		say(bed, 'Is somebody there?');
		await editor.output.getByText('customerMessage').first().waitFor();
		await editor.output.getByTestId('radio-button-json').click();
		const shown = editor.output.getByText('Is somebody there?').first();
		expect(await shown.innerText()).toContain('Is somebody there?');
	});

	it('asks for what each event needs', async () => {
		const bed = await openBed();
		const editor = await openEditor();
		await editor.openWorkflow(await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential)));
		await editor.node(EVENT).dblclick();
		const panel = new Panel(editor);
		const ofQueues = ['Event', 'Queue Names or IDs', 'Channels', 'Fetch Message Text', 'Simplify'];
		expect(await panel.labels()).toEqual(ofQueues);
		expect(await panel.choices('event')).toEqual([
			...['Customer Message', 'Conversation Started', 'Conversation Ended'],
			...['Message Status Changed', 'Message Undelivered', 'Other Topic'],
		]);
		await panel.take('Message Undelivered');
		const ofDeployments = ['Event', 'Deployment Names or IDs', 'Fetch Message Text', 'Simplify'];
		expect(await panel.labels()).toEqual(ofDeployments);
	});

	it('says which permission is missing when a person listens', async () => {
		const client = { clientId: 'limited-trigger', clientSecret: 'secret', permissions: false };
		const bed = await openBed({ clients: [client] });
		const credential = await bed.n8n.saveCredential('Limited', {
			...bed.credentialData,
			...{ clientId: client.clientId, clientSecret: client.clientSecret },
		});
		const editor = await openEditor();
		await editor.openWorkflow(await bed.n8n.saveWorkflow(triggeredWorkflow(credential)));
		await editor.node(EVENT).dblclick();
		await editor.executeStep();

		const message = await editor.part('node-error-message').innerText();
		expect(message).toContain('The OAuth client is missing a permission: routing:queue:view');
	});
});
