import { selectors, type Browser, type Locator, type Page } from 'playwright-core';

import type { RestClient } from '../../playground/n8n/restClient';
import { launchChromium } from './chromium';

const VIEWPORT = { width: 1280, height: 720 };
/** The credential's form is longer. */
const TALL_VIEWPORT = { width: 1280, height: 1080 };
const TIMEOUT_MS = 60_000;

/** The theme, which n8n takes from the browser. */
export type ColorScheme = 'light' | 'dark';

/** n8n's editor in a browser, as a person uses it. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/**
	 * Opens a browser.
	 *
	 * @param client n8n, with a session that the browser takes over: n8n allows few logins a minute
	 * @param colorScheme the theme
	 * @returns the editor
	 * @throws UserError when this machine has no Chromium
	 */
	static async open(
		{ url, session }: Pick<RestClient, 'url' | 'session'>,
		colorScheme: ColorScheme = 'light',
	): Promise<Editor> {
		selectors.setTestIdAttribute('data-test-id');
		const browser = await launchChromium();
		const context = await browser.newContext({
			viewport: VIEWPORT,
			colorScheme,
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(TIMEOUT_MS);
		await context.addCookies(
			session.split('; ').map((cookie) => {
				const [name = '', value = ''] = cookie.split('=');
				return { name, value, url };
			}),
		);
		return new Editor(browser, await context.newPage(), url);
	}

	/** An element by n8n's own test ID. */
	part(testId: string): Locator {
		return this.page.getByTestId(testId);
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.part('canvas-node').filter({ hasText: name }).first();
	}

	/** The plus on the canvas that adds a node to an input of another one: a model, a tool. */
	inputPlus(name: string, type: string): Locator {
		const handle = this.page.locator(`[data-node-name="${name}"][data-connection-type="${type}"]`);
		return handle.getByTestId('canvas-handle-plus');
	}

	/** The labels of a node's outputs on the canvas; empty where an output has none. */
	async outputLabels(name: string): Promise<string[]> {
		const handles = this.part('canvas-node-output-handle');
		return await handles.and(this.page.locator(`[data-node-name="${name}"]`)).allInnerTexts();
	}

	/** Opens a workflow that exists. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
		await this.part('zoom-to-fit').click();
	}

	/** Opens a new, empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-add-button').waitFor();
	}

	/** Opens a new workflow with an AI agent, to which tools can be added. */
	async newAgent(): Promise<void> {
		await this.newWorkflow();
		await (await this.searchNodes('AI Agent')).getByText('AI Agent', { exact: true }).click();
		await this.closeNode();
	}

	/**
	 * Searches the panel of nodes.
	 *
	 * @param words what is typed
	 * @param opener what opens the panel; the plus on the canvas if left out
	 * @returns the names of what is found, in the panel
	 */
	async searchNodes(
		words: string,
		opener: Locator = this.part('node-creator-plus-button').first(),
	): Promise<Locator> {
		await opener.click();
		await this.part('node-creator-search-bar').fill(words);
		const found = this.part('node-creator-item-name');
		await found.filter({ hasText: words }).first().waitFor();
		return found;
	}

	/** Adds a node: searches the panel, then picks one of the node's actions. Its panel opens. */
	async addNode(search: string, action: string): Promise<void> {
		const found = await this.searchNodes(search);
		await found.filter({ hasText: search }).first().click();
		await this.unfoldActions();
		await found.getByText(action, { exact: true }).click();
		await this.part('ndv').waitFor();
	}

	/** Shows the actions of the node in the panel: in an empty workflow, n8n folds them under its triggers. */
	async unfoldActions(): Promise<void> {
		await this.part('node-creator-category-item').filter({ hasText: 'Actions' }).click();
	}

	/** The field of a parameter of the open node, or of the open credential. */
	field(parameter: string): Locator {
		return this.part(`parameter-input-${parameter}`);
	}

	/** Types into such a field. */
	async fill(parameter: string, text: string): Promise<void> {
		await this.field(parameter).locator('input, textarea').first().fill(text);
	}

	/** Chooses from the dropdown of such a field. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.field(parameter).click();
		await this.page.getByRole('option').filter({ hasText: option }).click();
	}

	/** What a field that needs attention asks for. */
	async hint(parameter: string): Promise<string> {
		const tooltip = this.part('tooltip-content');
		await this.page.mouse.move(0, 0);
		await tooltip.waitFor({ state: 'detached' });
		await this.field(parameter).getByTestId('parameter-issues').hover();
		return await tooltip.innerText();
	}

	/** Chooses a credential, by its ID, for the open node. */
	async chooseCredential(id: string): Promise<void> {
		await this.part('node-credentials-select').click();
		await this.part(`node-credentials-select-item-${id}`).click();
	}

	/** Presses Execute step in the open node. */
	async executeStep(): Promise<void> {
		await this.part('node-execute-button').click();
	}

	/** The right side of the open node: its output, or its error. */
	get output(): Locator {
		return this.part('output-panel');
	}

	/** Closes the open node. */
	async closeNode(): Promise<void> {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'detached' });
	}

	/** Makes room for a long form. */
	async growTall(): Promise<void> {
		await this.page.setViewportSize(TALL_VIEWPORT);
	}

	/** Takes a picture without what n8n lays over the page by itself, once nothing moves any more. */
	async picture(file: string, what: Page | Locator = this.page): Promise<void> {
		const overlays = '.el-notification, [data-reka-popper-content-wrapper]';
		await this.page.addStyleTag({ content: `${overlays} { display: none !important; }` });
		await this.page.mouse.move(0, 0);
		await this.page.waitForTimeout(1_000);
		await what.screenshot({ path: file });
	}

	/** Opens another tab of the same browser, which has n8n's files at hand. */
	async openTab(): Promise<Editor> {
		return new Editor(this.browser, await this.page.context().newPage(), this.url);
	}

	/** Closes this tab, whatever was left unsaved in it. */
	async closeTab(): Promise<void> {
		await this.page.close();
	}

	/** Closes the browser. */
	async close(): Promise<void> {
		await this.browser.close();
	}
}
