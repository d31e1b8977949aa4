import { ItemReader } from '../../../nodes/GenesysCloud/resources/parameters';

/** A resource locator's value, as the editor saves it. */
export function located(mode: string, value: unknown): object {
	return { __rl: true, mode, value };
}

/** The reader of an item with these parameters; as in n8n, a locator's value is extracted when asked for. */
export function readerOf(
	parameters: Readonly<Record<string, unknown>>,
	timeZone = 'UTC',
): ItemReader {
	const source = {
		getNodeParameter: (
			name: string,
			_itemIndex: number,
			fallback?: unknown,
			options?: { readonly extractValue?: boolean },
		): unknown => {
			const value = parameters[name];
			const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
			if (options?.extractValue && isLocator) return (value as { value?: unknown }).value;
			return value === undefined ? fallback : value;
		},
	};
	return new ItemReader(source, 0, timeZone);
}
