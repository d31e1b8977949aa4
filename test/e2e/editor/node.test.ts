import { beds, contactIds, type Bed } from '../support/bed';
import { editors } from '../support/editors';

const openBed = beds();
const openEditor = editors();

/** A new workflow, in which the node is to send a web message. */
async function openWebMessage({ credential }: Bed) {
	const editor = await openEditor();
	await editor.newWorkflow();
	await editor.addNode('Genesys', 'Send a web message');
	await editor.chooseCredential(credential.id);
	return editor;
}

describe('the node in the editor', () => {
	it('is found by searching "Genesys", with an action for each operation', async () => {
		const editor = await openEditor();
		await editor.newWorkflow();
		const found = await editor.searchNodes('Genesys');
		expect(await found.allInnerTexts()).toEqual(['Genesys Cloud']);
		await found.click();
		await editor.unfoldActions();
		await found.getByText('Send a web message', { exact: true }).waitFor();
		expect(await found.allInnerTexts()).toEqual(
			expect.arrayContaining([
				'On customer message',
				'On message undelivered',
				'Get a conversation',
				'Get the messages of a conversation',
				'Look up an external contact',
				'Send a message by web messaging, SMS or WhatsApp',
				'Get the delivery status of a message',
				'Send a web message',
				'Send an SMS',
				'Send a WhatsApp template',
			]),
		);
	});

	it('is found by the words that people have for it', async () => {
		const editor = await openEditor();
		await editor.newWorkflow();
		await editor.part('node-creator-plus-button').first().click();
		for (const words of ['web message', 'messenger', 'sms', 'whatsapp', 'contact center']) {
			await editor.part('node-creator-search-bar').fill(words);
			const found = editor.part('node-creator-item-name').filter({ hasText: 'Genesys Cloud' });
			await found.waitFor();
			expect(await found.count()).toBe(1);
			await editor.part('node-creator-search-bar').fill('');
			await found.waitFor({ state: 'detached' });
		}
	});

	it('opens with the channel of the action that was picked', async () => {
		const editor = await openEditor();
		await editor.newWorkflow();
		await editor.addNode('Genesys', 'Send a WhatsApp template');
		expect(await editor.field('resource').getByRole('combobox').inputValue()).toBe('Message');
		expect(await editor.field('operation').getByRole('combobox').inputValue()).toBe('Send');
		expect(await editor.field('channel').getByRole('combobox').inputValue()).toBe('WhatsApp');
		await editor.field('templateId').waitFor();
	});

	it('is filled in and run, and the customer gets the message', async () => {
		const bed = await openBed();
		const [contactId = ''] = contactIds(1);
		bed.open(contactId);
		const editor = await openWebMessage(bed);
		await editor.fill('contactId', contactId);
		await editor.fill('message', 'Hello from the editor!');
		await editor.choose('senderType', 'Agent');
		await editor.executeStep();

		await editor.output.getByText(contactId).first().waitFor();
		const [accepted, ...others] = bed.simulator.journal.all();
		expect(accepted).toMatchObject({
			contactId,
			type: 'agent',
			message: 'Hello from the editor!',
		});
		expect(others).toEqual([]);
		const output = await editor.output.innerText();
		for (const text of [accepted!.id, contactId, 'agent', 'sent']) expect(output).toContain(text);
	});

	it('asks for the fields that it needs, and sends nothing before', async () => {
		const bed = await openBed();
		const editor = await openWebMessage(bed);
		await editor.executeStep();

		await editor.page.getByText('Workflow execution cannot start').waitFor();
		for (const [parameter, name] of [
			['contactId', 'Contact ID'],
			['message', 'Message'],
		] as const) {
			expect(await editor.hint(parameter)).toContain(`Parameter "${name}" is required.`);
		}
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it('says what happened and what to do when a message was not sent', async () => {
		const bed = await openBed();
		const [contactId = ''] = contactIds(1);
		bed.open(contactId);
		bed.simulator.contacts.expire(contactId);
		const editor = await openWebMessage(bed);
		await editor.fill('contactId', contactId);
		await editor.fill('message', 'Hello?');
		await editor.executeStep();

		const message = await editor.part('node-error-message').innerText();
		expect(message).toBe("The 'Contact ID' is invalid or its session has expired");
		const remedy = await editor.part('node-error-description').innerText();
		expect(remedy).toContain('ask the customer to start a new chat');
		expect(bed.reached()).toEqual([]);
	});
});
