import type { Editor } from '../../../dev/scripts/editor/editor';
import { beds, type Bed } from '../support/bed';
import { editors } from '../support/editors';
import { Panel } from '../support/panel';

const EVERYWHERE = ['If Customer Cannot Be Reached', 'Simplify', 'Options', 'Delivery Options'];

const openBed = beds();
const openEditor = editors();
let bed: Bed;
let editor: Editor;
let panel: Panel;

beforeAll(async () => {
	bed = await openBed();
	editor = await openEditor();
	await editor.newWorkflow();
	await editor.addNode('Genesys', 'Send a message by web messaging, SMS or WhatsApp');
	await editor.chooseCredential(bed.credential.id);
	panel = new Panel(editor);
});

describe('the panel of Message > Send', () => {
	it('has eight blocks below resource and operation', async () => {
		expect(await panel.labels()).toEqual([
			...['Resource', 'Operation'],
			...['Channel', 'From (Deployment)', 'External Contact', 'Message', ...EVERYWHERE],
		]);
	});

	it('searches its lists for what is typed', async () => {
		expect(await panel.entries('fromAddress')).toContain('Shop website');
		await editor.part('rlc-search').fill('portal');
		const shop = editor.part('rlc-item').filter({ hasText: 'Shop website' });
		await shop.waitFor({ state: 'detached' });
		await editor.part('rlc-item').first().waitFor();
		expect(await editor.part('rlc-item').allInnerTexts()).toEqual(['Customer portal']);
		await panel.pick('Customer portal');
	});

	it('takes a contact from a list, by ID, phone number or e-mail in one field', async () => {
		const ways = ['From list', 'By ID', 'By Phone Number', 'By E-Mail'];
		expect(await panel.ways('externalContactId')).toEqual(ways);
		await panel.take('By Phone Number');
		const input = panel.input('externalContactId');
		expect(await input.getAttribute('placeholder')).toBe('e.g. +13175555555');
	});

	it('shows numbers as people write them', async () => {
		await panel.addDeliveryOption('Backoff');
		await panel.addDeliveryOption('Max Wait');
		expect(await panel.input('backoffSeconds').inputValue()).toBe('1');
		expect(await panel.input('maxWaitSeconds').inputValue()).toBe('180');
	});

	it("shows a template's text in the list, and its placeholders as fields", async () => {
		await editor.choose('channel', 'WhatsApp');
		const entries = await panel.entries('templateId');
		expect(entries).toContain('Order shipped - Hello {{1}}! Your order {{2}} has shipped.');
		await panel.pick('Order shipped');
		await editor.part('input-label').filter({ hasText: 'Hello {{1}}! Your…' }).waitFor();
		expect(await panel.labels()).toEqual(
			expect.arrayContaining([
				...['Channel', 'From (Integration)', 'To', 'Template', 'Template Values'],
				...['Hello {{1}}! Your…', '…Your order {{2}} has…'],
			]),
		);
	});
});

describe('the panels of the other operations', () => {
	it('come in the order of use; Web Message is the last and says which way leads on', async () => {
		const own = ['Message', 'Conversation', 'External Contact', 'Web Message'];
		// n8n's own is not of this node.
		expect(await panel.choices('resource')).toEqual([...own, 'Custom API Call']);
		await panel.take('Web Message');
		const notice = editor.part('ndv').getByText("is not part of Genesys Cloud's published API");
		expect(await notice.innerText()).toContain('choose the resource Message');
	});

	it('ask in Look Up for what was chosen', async () => {
		await editor.choose('resource', 'External Contact');
		const example = async () => await panel.input('identifierValue').getAttribute('placeholder');
		await editor.choose('identifierType', 'Phone Number');
		expect(await panel.labels()).toContain('Phone Number');
		expect(await example()).toBe('e.g. +13175555555');
		await editor.choose('identifierType', 'E-Mail Address');
		expect(await panel.labels()).toContain('E-Mail Address');
		expect(await example()).toBe('e.g. ada@example.com');
	});

	it('show an AI agent nothing that has no effect there', async () => {
		const canvas = await openEditor();
		await canvas.newAgent();
		const found = await canvas.searchNodes('Genesys', canvas.inputPlus('AI Agent', 'ai_tool'));
		await found.click();
		await canvas.part('ndv').waitFor();
		const tool = new Panel(canvas);
		expect(await tool.labels()).toEqual([
			...['Tool Description', 'Resource', 'Operation', 'Channel', 'From (Deployment)'],
			...['External Contact', 'Message', 'Simplify', 'Options', 'Delivery Options'],
		]);
		expect(await tool.input('resource').inputValue()).toBe('Message');
	});
});
