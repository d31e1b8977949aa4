import { beds, type Bed } from '../support/bed';
import { editors } from '../support/editors';
import { Panel } from '../support/panel';

const SEND = 'Send a message by web messaging, SMS or WhatsApp';
const EVERYWHERE = ['If Customer Cannot Be Reached', 'Simplify', 'Options', 'Delivery Options'];

const openBed = beds();
const openEditor = editors();
let bed: Bed;

beforeAll(async () => {
	bed = await openBed();
});

/** Opens the panel of an action of the node. */
async function opened(action: string) {
	const editor = await openEditor();
	await editor.newWorkflow();
	await editor.addNode('Genesys', action);
	await editor.chooseCredential(bed.credential.id);
	return { editor, panel: new Panel(editor) };
}

describe('the panel of Message > Send', () => {
	it('has eight blocks below resource and operation', async () => {
		const { panel } = await opened(SEND);
		expect(await panel.labels()).toEqual([
			...['Resource', 'Operation'],
			...['Channel', 'From (Deployment)', 'External Contact', 'Message', ...EVERYWHERE],
		]);
	});

	it('takes a contact from a list, by ID, phone number or e-mail in one field', async () => {
		const { panel } = await opened(SEND);
		expect(await panel.ways('externalContactId')).toEqual([
			'From list',
			'By ID',
			'By Phone Number',
			'By E-Mail',
		]);
		await panel.take('By Phone Number');
		const input = panel.input('externalContactId');
		expect(await input.getAttribute('placeholder')).toBe('e.g. +13175555555');
	});

	it("shows a template's text in the list, and its placeholders as fields", async () => {
		const { editor, panel } = await opened('Send a WhatsApp template');
		const entries = await panel.entries('templateId');
		expect(entries).toContain('Order shipped - Hello {{1}}! Your order {{2}} has shipped.');
		await panel.pick('Order shipped');
		const placeholder = editor.part('input-label').filter({ hasText: 'Hello {{1}}! Your…' });
		await placeholder.waitFor();
		expect(await panel.labels()).toEqual([
			...['Resource', 'Operation', 'Channel', 'From (Integration)', 'To', 'Template'],
			...['Template Parameters Input', 'Template Values'],
			...['Hello {{1}}! Your…', '…Your order {{2}} has…', ...EVERYWHERE],
		]);
	});

	it('searches its lists for what is typed', async () => {
		const { editor, panel } = await opened(SEND);
		expect(await panel.entries('fromAddress')).toContain('Shop website');
		await editor.part('rlc-search').fill('portal');
		const shop = editor.part('rlc-item').filter({ hasText: 'Shop website' });
		await shop.waitFor({ state: 'detached' });
		await editor.part('rlc-item').first().waitFor();
		expect(await editor.part('rlc-item').allInnerTexts()).toEqual(['Customer portal']);
	});

	it('shows numbers as people write them', async () => {
		const { panel } = await opened(SEND);
		await panel.addDeliveryOption('Backoff');
		await panel.addDeliveryOption('Max Wait');
		expect(await panel.input('backoffSeconds').inputValue()).toBe('1');
		expect(await panel.input('maxWaitSeconds').inputValue()).toBe('180');
	});
});

describe('the panels of the other operations', () => {
	it('come in the order of use; Web Message is the last and says which way leads on', async () => {
		const { editor, panel } = await opened(SEND);
		const resources = await panel.choices('resource');
		const own = ['Message', 'Conversation', 'External Contact', 'Web Message'];
		// n8n's own is not of this node.
		expect(resources).toEqual([...own, 'Custom API Call']);
		await panel.take('Web Message');
		const notice = editor.part('ndv').getByText("is not part of Genesys Cloud's published API");
		expect(await notice.innerText()).toContain('choose the resource Message');
	});

	it('ask in Look Up for what was chosen', async () => {
		const { panel } = await opened('Look up an external contact');
		const placeholder = async () =>
			await panel.input('identifierValue').getAttribute('placeholder');
		await panel.choices('identifierType');
		await panel.take('Phone Number');
		expect(await panel.labels()).toContain('Phone Number');
		expect(await placeholder()).toBe('e.g. +13175555555');
		await panel.choices('identifierType');
		await panel.take('E-Mail Address');
		expect(await panel.labels()).toContain('E-Mail Address');
		expect(await placeholder()).toBe('e.g. ada@example.com');
	});

	it('show an AI agent nothing that has no effect there', async () => {
		const editor = await openEditor();
		await editor.newWorkflow();
		await (await editor.searchNodes('AI Agent')).getByText('AI Agent', { exact: true }).click();
		await editor.closeNode();
		const found = await editor.searchNodes('Genesys', editor.inputPlus('AI Agent', 'ai_tool'));
		await found.click();
		await editor.part('ndv').waitFor();
		const panel = new Panel(editor);
		expect(await panel.labels()).toEqual([
			...['Tool Description', 'Resource', 'Operation', 'Channel', 'From (Deployment)'],
			...['External Contact', 'Message', 'Simplify', 'Options', 'Delivery Options'],
		]);
		expect(await panel.input('resource').inputValue()).toBe('Message');
	});
});
