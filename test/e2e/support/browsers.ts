import type { Browser, Page } from 'playwright-core';

import { launchChromium } from '../../../dev/scripts/editor/chromium';

/** A browser on a machine that is busy with other work. */
const TEST_TIMEOUT_MS = 120_000;

/**
 * Opens pages in a browser of the test file's own, which is closed after its tests.
 *
 * @returns opens a page
 */
export function browsers(): (url: string) => Promise<Page> {
	jest.setTimeout(TEST_TIMEOUT_MS);
	let browser: Promise<Browser> | undefined;
	afterAll(async () => {
		await (await browser)?.close();
	});
	return async (url) => {
		browser ??= launchChromium();
		const page = await (await browser).newPage();
		await page.goto(url);
		return page;
	};
}
