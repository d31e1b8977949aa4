import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { CredentialForm } from './editor/credentialForm';
import { Editor } from './editor/editor';
import { exampleWorkflows } from '../playground/examples';
import { DEMO_CUSTOMERS } from '../simulator';
import { pictureComparison } from './pictures/comparison';
import { pictureDryRun } from './pictures/dryRun';
import { startHost } from './pictures/host';
import { pictureTrigger } from './pictures/trigger';

const IMAGES = path.join(__dirname, '../..', 'docs', 'images');
const EXAMPLE = 'send-proactive-message';

const image = (name: string): string => path.join(IMAGES, name);

/** The example workflow, executed, and its node with the results. */
async function pictureExample(editor: Editor): Promise<void> {
	await editor.openWorkflow(EXAMPLE);
	await editor.part('execute-workflow-button').last().click();
	await editor.page.getByText('Workflow executed successfully').waitFor();
	await editor.picture(image('canvas.png'));

	await editor.node('Send message').dblclick();
	await editor.part('ndv').waitFor();
	await editor.page.getByText('Unreachable Branch').waitFor();
	await editor.picture(image('node-panel.png'));
}

/** A new workflow whose only customer has left the chat. */
async function pictureError(editor: Editor): Promise<void> {
	const left = DEMO_CUSTOMERS.find(({ expected }) => expected === 'sessionExpired');
	if (!left) throw new Error('The demo has no customer who has left the chat.');
	await editor.newWorkflow();
	await editor.addNode('Genesys', 'Send a web message');
	await editor.fill('contactId', left.contactId);
	await editor.fill('message', left.message);
	await editor.executeStep();
	await editor.output.getByText('session has expired').first().waitFor();
	await editor.picture(image('error-panel.png'));
}

/** The canvas of each example, for docs/examples.md. */
async function pictureExamples(editor: Editor): Promise<void> {
	await mkdir(image('examples'), { recursive: true });
	for (const { id } of exampleWorkflows()) {
		await editor.openWorkflow(id);
		await editor.picture(image(`examples/${id}.png`), editor.part('canvas'));
	}
}

/** The credential's form, tested. */
async function pictureCredential(editor: Editor): Promise<void> {
	const form = await CredentialForm.open(editor);
	await form.verdict();
	await editor.picture(image('credential.png'), form.dialog);
}

/** Takes the README's pictures of n8n's editor. */
async function main(): Promise<void> {
	const host = await startHost();
	try {
		const editor = await Editor.open(host.client);
		try {
			await mkdir(IMAGES, { recursive: true });
			await pictureExample(editor);
			await pictureExamples(editor);
			const execution = image('trigger-execution.png');
			await pictureTrigger(editor, host, { panel: image('trigger-panel.png'), execution });
			await pictureError(editor);
			await editor.growTall();
			await pictureCredential(editor);
			await pictureDryRun(editor, host.client, image('dry-run.png'));
			await pictureComparison(editor, image('comparison.png'));
		} finally {
			await editor.close();
		}
	} finally {
		await host.stop();
	}
	console.log(`The pictures are in ${IMAGES}.`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
