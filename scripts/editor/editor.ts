import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

import type { Owner } from '../playground/n8n/restClient';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const VIEWPORT = { width: 1280, height: 720 };
/** The credential's form is longer. */
const TALL_VIEWPORT = { width: 1280, height: 1080 };
const TIMEOUT_MS = 90_000;

/** n8n's editor in a browser. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/**
	 * Opens a browser and logs in.
	 *
	 * @param url n8n's URL
	 * @param owner who logs in
	 * @param colorScheme the theme, which n8n takes from the browser
	 * @returns the editor
	 */
	static async open(
		url: string,
		{ email, password }: Owner,
		colorScheme: 'light' | 'dark' = 'light',
	): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: FLAGS,
		});
		const options = { viewport: VIEWPORT, colorScheme, reducedMotion: 'reduce' } as const;
		const page = await browser.newPage(options);
		page.setDefaultTimeout(TIMEOUT_MS);
		await page.goto(`${url}/signin`);
		await page.locator('input[type=email]').fill(email);
		await page.locator('input[type=password]').fill(password);
		await page.locator('[data-test-id=form-submit-button]').click();
		await page.waitForURL(/\/(home|workflow)/);
		return new Editor(browser, page, url);
	}

	/** An element by n8n's own test ID. */
	part(testId: string): Locator {
		return this.page.locator(`[data-test-id=${testId}]`);
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.part('canvas-node').filter({ hasText: name }).first();
	}

	/** Opens a workflow that exists. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
		await this.part('zoom-to-fit').click();
	}

	/** Opens a new workflow, which has a trigger to press. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('node-creator-plus-button').first().click();
		await this.page.keyboard.type('manual');
		await this.page.getByText('Trigger manually').first().click();
		await this.part('canvas-node').first().waitFor();
	}

	/** Adds a node: searches the panel, then picks one of the node's actions. */
	async addNode(search: string, action: string): Promise<void> {
		await this.part('node-creator-plus-button').first().click();
		await this.part('node-creator-search-bar').waitFor();
		await this.page.keyboard.type(search);
		await this.part('node-creator-item-name').filter({ hasText: search }).first().click();
		await this.page.getByText(action, { exact: true }).click();
		await this.part('ndv').waitFor();
	}

	/** Types into a parameter of the open node. */
	async fill(parameter: string, text: string): Promise<void> {
		const field = this.part(`parameter-input-${parameter}`);
		await field.locator('input, textarea').first().fill(text);
	}

	/** Makes room for a long form. */
	async growTall(): Promise<void> {
		await this.page.setViewportSize(TALL_VIEWPORT);
	}

	/** Takes a picture without the messages in the corner, once nothing moves any more. */
	async picture(file: string, what: Page | Locator = this.page): Promise<void> {
		await this.page.addStyleTag({ content: '.el-notification { display: none !important; }' });
		await this.page.mouse.move(0, 0);
		await this.page.waitForTimeout(1_000);
		await what.screenshot({ path: file });
	}

	/** Closes the browser. */
	async close(): Promise<void> {
		await this.browser.close();
	}
}
