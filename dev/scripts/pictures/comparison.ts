import type { Editor } from '../editor/editor';

/** A messaging node of n8n's own, or this one: what is searched, and the action that is chosen. */
interface Panel {
	readonly node: string;
	readonly action: string;
}

const PANELS: readonly Panel[] = [
	{ node: 'Slack', action: 'Send a message' },
	{ node: 'WhatsApp Business Cloud', action: 'Send message' },
	{ node: 'Twilio', action: 'Send an SMS/MMS/WhatsApp message' },
	{ node: 'Genesys Cloud', action: 'Send a message by web messaging, SMS or WhatsApp' },
];

/** What a panel shows at first sight, as a picture for HTML. */
async function picturePanel(editor: Editor, { node, action }: Panel): Promise<string> {
	await editor.newWorkflow();
	await editor.addNode(node, action);
	await editor.page.mouse.move(0, 0);
	const picture = await editor.part('node-parameters').screenshot();
	return `data:image/png;base64,${picture.toString('base64')}`;
}

/** The panels of n8n's own messaging nodes and of this one, side by side. */
export async function pictureComparison(editor: Editor, file: string): Promise<void> {
	const figures: string[] = [];
	for (const panel of PANELS) {
		const picture = await picturePanel(editor, panel);
		figures.push(`<figure><figcaption>${panel.node}</figcaption><img src="${picture}"></figure>`);
	}
	await editor.page.setContent(`<style>
		body { display: inline-flex; gap: 16px; margin: 0; padding: 16px; font: 600 16px sans-serif; }
		figure { margin: 0; width: 320px; }
		img { width: 100%; border: 1px solid #ddd; border-radius: 4px; margin-top: 8px; }
	</style>${figures.join('')}`);
	await editor.picture(file, editor.page.locator('body'));
}
