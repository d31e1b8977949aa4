import type { Locator } from 'playwright-core';

import { editors } from '../support/editors';

const openEditor = editors();

/** The file of the first picture within an element. */
async function pictureIn(element: Locator): Promise<string> {
	const source = await element.locator('img').first().getAttribute('src');
	return source?.split('/').at(-1) ?? '';
}

describe('the node on the canvas', () => {
	it('shows its operation in the words of its dropdowns', async () => {
		const editor = await openEditor();
		await editor.newWorkflow();
		await editor.addNode('Genesys', 'Get the delivery status of a message');
		await editor.closeNode();
		const text = await editor.node('Get the delivery status of a message').innerText();
		expect(text).toContain('Get Delivery Status: Message');
	});

	it('labels both outputs, once unreachable customers leave by their own', async () => {
		const editor = await openEditor();
		await editor.newWorkflow();
		const name = 'Send a web message';
		await editor.addNode('Genesys', name);
		expect(await editor.outputLabels(name)).toEqual(['']);
		await editor.choose('unreachable', "Send the Item to the 'Unreachable' Output");
		await editor.closeNode();
		expect(await editor.outputLabels(name)).toEqual(['Sent', 'Unreachable']);
	});

	it.each([
		['light', 'genesysCloud.svg'],
		['dark', 'genesysCloud.dark.svg'],
	] as const)('has its own icon in the %s theme', async (colorScheme, icon) => {
		const editor = await openEditor(colorScheme);
		await editor.newWorkflow();
		await editor.addNode('Genesys', 'Send a web message');
		expect(await pictureIn(editor.part('ndv'))).toBe(icon);
		await editor.closeNode();
		expect(await pictureIn(editor.node('Send a web message'))).toBe(icon);
	});

	it('is offered to an AI agent as a tool', async () => {
		const editor = await openEditor();
		await editor.newAgent();
		const found = await editor.searchNodes('Genesys', editor.inputPlus('AI Agent', 'ai_tool'));
		expect(await found.allInnerTexts()).toEqual(['Genesys Cloud Tool']);
		await found.click();
		await editor.closeNode();
		const tool = editor.node('Send a message by web messaging, SMS or WhatsApp in Genesys Cloud');
		expect(await pictureIn(tool)).toBe('genesysCloud.svg');
	});
});
