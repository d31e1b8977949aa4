import { Editor, type ColorScheme } from '../../../dev/scripts/editor/editor';
import { N8n } from './n8n';

/** A browser on a machine that is busy with other work. */
const TEST_TIMEOUT_MS = 180_000;

/**
 * Opens the suite's n8n in browser tabs. One that a test opens is closed after it; one that is opened before the tests
 * serves them all, for loading n8n's editor takes longer than most tests. A test file has one browser for each theme.
 *
 * @returns opens an editor
 */
export function editors(): (colorScheme?: ColorScheme) => Promise<Editor> {
	jest.setTimeout(TEST_TIMEOUT_MS);
	const browsers = new Map<ColorScheme, Promise<Editor>>();
	const tabs: Editor[] = [];
	let isInTest = false;
	beforeEach(() => {
		isInTest = true;
	});
	afterEach(async () => {
		isInTest = false;
		await Promise.all(tabs.splice(0).map(async (tab) => await tab.closeTab()));
	});
	afterAll(async () => {
		const opened = await Promise.all(browsers.values());
		await Promise.all(opened.map(async (browser) => await browser.close()));
	});
	return async (colorScheme = 'light') => {
		const browser = browsers.get(colorScheme) ?? Editor.open(N8n.connect().rest, colorScheme);
		browsers.set(colorScheme, browser);
		const tab = await (await browser).openTab();
		if (isInTest) tabs.push(tab);
		return tab;
	};
}
