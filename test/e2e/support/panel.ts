import type { Locator } from 'playwright-core';

import type { Editor } from '../../../dev/scripts/editor/editor';

/** The parameters of the open node, as a person sees them and fills them in. */
export class Panel {
	constructor(private readonly editor: Editor) {}

	/** The labels of all fields that are shown, from top to bottom. */
	async labels(): Promise<string[]> {
		const labels = this.editor.part('ndv').getByTestId('input-label').filter({ visible: true });
		// What follows in a line of its own are n8n's buttons.
		return (await labels.allInnerTexts()).map((text) => text.split('\n')[0] ?? '');
	}

	/** The input of a field. */
	input(parameter: string): Locator {
		return this.editor.field(parameter).locator('input').last();
	}

	/** The names in the dropdown of a field, which then stays open. */
	async choices(parameter: string): Promise<string[]> {
		await this.editor.field(parameter).click();
		return await this.names(this.open());
	}

	/** Picks from the dropdown that is open. */
	async take(choice: string): Promise<void> {
		await this.open().filter({ hasText: choice }).first().click();
	}

	/** The ways in which a value can be given: from a list, by ID. */
	async ways(parameter: string): Promise<string[]> {
		await this.editor.field(parameter).getByTestId('rlc-mode-selector').click();
		return await this.names(this.open());
	}

	/** The entries of the list of a field, which then stays open. */
	async entries(parameter: string): Promise<string[]> {
		await this.editor.field(parameter).getByTestId('rlc-input').click();
		return await this.names(this.editor.part('rlc-item'));
	}

	/** Picks from the list that is open. */
	async pick(entry: string): Promise<void> {
		await this.editor.part('rlc-item').filter({ hasText: entry }).first().click();
	}

	/** Adds an option to the last collection of the node. */
	async addDeliveryOption(name: string): Promise<void> {
		await this.editor.part('collection-parameter-add').last().click();
		await this.take(name);
	}

	private open(): Locator {
		const { page } = this.editor;
		const entries = page.getByRole('option').or(page.getByRole('menuitem'));
		return entries.filter({ visible: true, hasText: /\S/ });
	}

	private async names(entries: Locator): Promise<string[]> {
		await entries.first().waitFor();
		return (await entries.allInnerTexts()).map((text) => text.split('\n')[0] ?? '');
	}
}
