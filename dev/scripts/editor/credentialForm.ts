import type { Locator } from 'playwright-core';

import type { Editor } from './editor';

const PASSED = 'Connection tested successfully';
const FAILED = 'More details';

/** The form of a credential; its fields are filled in like those of a node. */
export class CredentialForm {
	/** The dialog. */
	readonly dialog: Locator;

	private constructor(private readonly editor: Editor) {
		this.dialog = editor.part('editCredential-modal');
	}

	/** Opens the form of the credential that the open node uses; n8n tests it at once. */
	static async open(editor: Editor): Promise<CredentialForm> {
		await editor.part('credential-edit-button').click();
		return new CredentialForm(editor);
	}

	/** Opens the form of a new credential for the open node. */
	static async openNew(editor: Editor): Promise<CredentialForm> {
		await editor.part('node-credentials-select').click();
		await editor.part('node-credentials-select-item-new').click();
		return new CredentialForm(editor);
	}

	/** Saves the credential, which n8n then tests. */
	async save(): Promise<void> {
		await this.editor.part('credential-save-button').click();
	}

	/** Waits for the end of the test and unfolds what it says. */
	async verdict(): Promise<string> {
		const failed = this.dialog.getByText(FAILED);
		const ended = this.dialog.getByText(PASSED).or(failed);
		await ended.filter({ visible: true }).waitFor();
		if (await failed.isVisible()) await failed.click();
		return await this.dialog.getByTestId('node-credentials-config-container').innerText();
	}
}
