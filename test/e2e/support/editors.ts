import { Editor, type ColorScheme } from '../../../dev/scripts/editor/editor';
import { N8n } from './n8n';

/** A browser on a machine that is busy with other work. */
const TEST_TIMEOUT_MS = 180_000;

/**
 * Opens the suite's n8n in a browser, and closes each browser after its test.
 *
 * @returns opens an editor
 */
export function editors(): (colorScheme?: ColorScheme) => Promise<Editor> {
	jest.setTimeout(TEST_TIMEOUT_MS);
	const open: Editor[] = [];
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (editor) => await editor.close()));
	});
	return async (colorScheme) => {
		const editor = await Editor.open(N8n.connect().rest, colorScheme);
		open.push(editor);
		return editor;
	};
}
